package seminar.compute;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import seminar.math.Checks;

/**
 * Fusion of modalities and of pairs with ND4J alone; see {@link Backend.Fusing} for what each
 * method computes.
 *
 * <pre>
 *   out = Σ_m w_m x_m,   w = softmax of the gate over the modalities that are present
 *   dx_m = w_m dOut,     dGate_m = w_m (δ_m − Σ_m' w_m' δ_m'),   δ_m = dOut · x_m
 * </pre>
 */
final class Nd4jFusion implements Backend.Fusing {
  @Override
  public void fuse(Matrix[] channels, boolean[][] present, Matrix gate, Matrix out) {
    if (out.rows() == 0) {
      return;
    }
    INDArray weights = weights(present, gate);
    INDArray sum = Nd4j.zeros(DataType.FLOAT, out.rows(), out.cols());
    for (int m = 0; m < channels.length; m++) {
      sum.addi(channels[m].array().mulColumnVector(weights.getColumn(m, true)));
    }
    out.array().assign(sum);
  }

  @Override
  public void fuseBackward(
      Matrix[] channels,
      boolean[][] present,
      Matrix gate,
      Matrix dOut,
      Matrix[] dChannels,
      Matrix dGate) {
    if (dOut.rows() == 0) {
      return;
    }
    INDArray weights = weights(present, gate);
    INDArray dots = Nd4j.zeros(DataType.FLOAT, dOut.rows(), channels.length);
    for (int m = 0; m < channels.length; m++) {
      INDArray weight = weights.getColumn(m, true);
      dChannels[m].array().addi(dOut.array().mulColumnVector(weight));
      dots.putColumn(m, dOut.array().mul(channels[m].array()).sum(true, 1));
    }
    INDArray mean = weights.mul(dots).sum(true, 1);
    INDArray gradient = weights.mul(dots.subColumnVector(mean));
    boolean shared = dGate.rows() == 1;
    dGate.array().addi(shared ? gradient.sum(true, 0) : gradient);
  }

  /**
   * [n, M]: softmax of the gate over the modalities that each item has; zeros where it has none.
   */
  private static INDArray weights(boolean[][] present, Matrix gate) {
    int modalities = Checks.sameLength("channels", present.length, "gate", gate.cols());
    int n = present[0].length;
    float[][] mask = new float[n][modalities];
    float[][] penalty = new float[n][modalities]; // keeps absent modalities out of the largest
    for (int m = 0; m < modalities; m++) {
      for (int i = 0; i < n; i++) {
        mask[i][m] = present[m][i] ? 1 : 0;
        penalty[i][m] = present[m][i] ? 0 : -1e30f;
      }
    }
    INDArray has = Nd4j.createFromArray(mask);
    INDArray all = gate.rows() == 1 ? has.mulRowVector(gate.array()) : has.mul(gate.array());
    all.addi(Nd4j.createFromArray(penalty));
    INDArray weights = Transforms.exp(all.subiColumnVector(all.max(true, 1)), false).muli(has);
    INDArray sums = weights.sum(true, 1);
    return weights.diviColumnVector(sums.addi(sums.eq(0).castTo(DataType.FLOAT)));
  }

  @Override
  public void pairs(
      Matrix queries,
      int[] queryRows,
      Matrix items,
      int[] itemRows,
      float queryWeight,
      Matrix out) {
    if (itemRows.length > 0) {
      INDArray query = Nd4jLookup.gathered(queries, queryRows).muli(queryWeight);
      out.array().assign(query.addi(Nd4jLookup.gathered(items, itemRows).muli(1 - queryWeight)));
    }
  }

  @Override
  public void pairsBackward(
      Matrix dOut,
      int[] queryRows,
      int[] itemRows,
      float queryWeight,
      Matrix dQueries,
      Matrix dItems) {
    if (itemRows.length > 0) {
      Nd4jLookup.scatterAdd(dOut.array().mul(1 - queryWeight), itemRows, dItems);
      Nd4jLookup.scatterAdd(dOut.array().mul(queryWeight), queryRows, dQueries);
    }
  }
}
