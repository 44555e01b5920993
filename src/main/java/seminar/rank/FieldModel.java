package seminar.rank;

import org.tribuo.ImmutableFeatureMap;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.math.la.DenseMatrix;

/**
 * A trained linear model or factorization machine of Tribuo with its weights in plain arrays, so
 * that the context of a request is multiplied once and not for every candidate:
 *
 * <pre>
 *   z(x) = b + Σ_i w_i x_i + ½ Σ_k [ (Σ_i v_ik x_i)² − Σ_i v_ik² x_i² ]     for each label
 *   score = z(taken) − z(not taken)</pre>
 *
 * <p>Shapes: weights[features], the difference of both labels; factors[features][2 · F], first
 * those of <i>taken</i>; F = 0 for a linear model. A feature that training never saw has weight 0,
 * as in Tribuo.
 */
final class FieldModel {
  private final SparseFields fields;
  private final double bias;
  private final double[] weights;
  private final double[][] factors;
  private final int width;

  /**
   * Copies the weights.
   *
   * @param bias of each label
   * @param linear [labels × features of Tribuo]
   * @param factors for each label [F × features of Tribuo]; empty for a linear model
   */
  FieldModel(
      SparseFields fields,
      Model<Label> model,
      double[] bias,
      DenseMatrix linear,
      DenseMatrix[] factors) {
    this.fields = fields;
    int taken = model.getOutputIDInfo().getID(FieldExamples.TAKEN);
    int not = model.getOutputIDInfo().getID(FieldExamples.NOT);
    this.bias = bias[taken] - bias[not];
    ImmutableFeatureMap known = model.getFeatureIDMap();
    int count = factors.length == 0 ? 0 : factors[0].getDimension1Size();
    width = 2 * count;
    weights = new double[fields.size()];
    this.factors = new double[fields.size()][width];
    for (int feature = 0; feature < weights.length; feature++) {
      int id = known.getID(fields.name(feature));
      if (id >= 0) {
        weights[feature] = linear.get(taken, id) - linear.get(not, id);
        for (int k = 0; k < count; k++) {
          this.factors[feature][k] = factors[taken].get(k, id);
          this.factors[feature][count + k] = factors[not].get(k, id);
        }
      }
    }
  }

  float[][] score(Ranker.Requests requests) {
    return EachRequest.score(requests, () -> this::score);
  }

  private void score(int user, int position, int[] candidates, float[] scores) {
    int[] latest = fields.latest(user, position);
    boolean[] met = fields.met(latest);
    Sums context = new Sums(width);
    context.add(fields.context(user, position));
    for (int c = 0; c < scores.length; c++) {
      Sums all = new Sums(context);
      all.add(fields.candidate(user, position, candidates[c], latest, met));
      scores[c] = (float) all.score();
    }
  }

  /** The sums over features that a score is made of. */
  private final class Sums {
    private double linear;
    private final double[] sum;
    private final double[] squares;

    Sums(int width) {
      sum = new double[width];
      squares = new double[width];
    }

    Sums(Sums other) {
      linear = other.linear;
      sum = other.sum.clone();
      squares = other.squares.clone();
    }

    void add(SparseFields.Vector vector) {
      for (int i = 0; i < vector.features().length; i++) {
        double value = vector.values()[i];
        double[] row = factors[vector.features()[i]];
        linear += weights[vector.features()[i]] * value;
        for (int k = 0; k < width; k++) {
          double product = row[k] * value;
          sum[k] += product;
          squares[k] += product * product;
        }
      }
    }

    double score() {
      double score = bias + linear;
      for (int k = 0; k < width; k++) {
        double pairs = (sum[k] * sum[k] - squares[k]) / 2;
        score += k < width / 2 ? pairs : -pairs;
      }
      return score;
    }
  }
}
