package seminar.compute;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import seminar.math.Checks;

/** Losses of a positive against its negatives with ND4J alone; see {@link Backend.Contrasts}. */
final class Nd4jContrast implements Backend.Contrasts {
  @Override
  public double binaryContrast(
      Matrix positives,
      Matrix negatives,
      int[] same,
      double p,
      double q,
      Matrix dPositives,
      Matrix dNegatives) {
    check(positives, negatives, same);
    double loss = 0;
    if (positives.length() > 0) {
      INDArray less = positives.array().neg();
      loss += p * total(softplus(less));
      dPositives.array().assign(Transforms.sigmoid(less, true).muli(-p));
    }
    if (negatives.length() > 0) {
      INDArray y = negatives.array();
      INDArray others = others(same, negatives.cols());
      loss += q * total(softplus(y).muli(others));
      dNegatives.array().assign(Transforms.sigmoid(y, true).muli(others).muli(q));
    }
    return loss;
  }

  @Override
  public double softmaxContrast(
      Matrix positives,
      Matrix negatives,
      int[] same,
      double weight,
      Matrix dPositives,
      Matrix dNegatives) {
    check(positives, negatives, same);
    if (negatives.length() == 0) {
      dPositives.clear();
      return 0;
    }
    INDArray z = positives.array();
    INDArray others = others(same, negatives.cols());
    // A softmax passes over what is not there.
    INDArray y = negatives.array().mul(others).addi(others.sub(1).muli(Float.MAX_VALUE));
    INDArray most = Nd4j.hstack(z, y).max(true, 1);
    INDArray powers = Transforms.exp(y.subiColumnVector(most), false);
    INDArray own = Transforms.exp(z.sub(most), false);
    INDArray rest = powers.sum(true, 1);
    INDArray sum = own.add(rest);
    INDArray terms = most.sub(z).addi(Transforms.log(sum, true));
    double loss = weight * total(terms);
    dPositives.array().assign(rest.div(sum).muli(-weight));
    dNegatives.array().assign(powers.diviColumnVector(sum).muli(weight));
    return loss;
  }

  private static void check(Matrix positives, Matrix negatives, int[] same) {
    Checks.sameLength("positives", positives.length(), "negatives", negatives.rows());
    Checks.sameLength("same", same.length, "positives", positives.length());
    for (int column : same) {
      Checks.within(Integer.MIN_VALUE, negatives.cols() - 1, "same[i]", column);
    }
  }

  /** Ones, and a zero in each row where a negative is the positive [n, m]. */
  private static INDArray others(int[] same, int m) {
    float[] others = new float[same.length * m];
    Arrays.fill(others, 1);
    for (int i = 0; i < same.length; i++) {
      if (same[i] >= 0) {
        others[i * m + same[i]] = 0;
      }
    }
    return Matrix.of(same.length, m, others).array();
  }

  /** Rows are added up in floats, their sums in double precision. */
  private static double total(INDArray x) {
    return x.sum(true, 1).castTo(DataType.DOUBLE).sumNumber().doubleValue();
  }

  /** {@code log(1 + eˣ)}. */
  private static INDArray softplus(INDArray x) {
    INDArray soft = Transforms.exp(Transforms.abs(x, true).negi(), false);
    return Transforms.relu(x, true).addi(Transforms.log(soft.addi(1), false));
  }
}
