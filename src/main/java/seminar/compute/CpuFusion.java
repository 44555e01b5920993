package seminar.compute;

import java.lang.foreign.MemorySegment;
import seminar.math.Checks;

/**
 * Bags, fusion of modalities and fusion of pairs on the CPU; see {@link Backend} for what each
 * computes.
 */
final class CpuFusion {
  void bag(Matrix table, Ragged lists, Matrix out) {
    int d = Checks.sameLength("table columns", table.cols(), "out columns", out.cols());
    Checks.sameLength("lists", lists.size(), "rows of out", out.rows());
    MemorySegment from = table.segment();
    MemorySegment to = out.segment();
    for (int i = 0; i < lists.size(); i++) {
      Rows.clear(to, (long) i * d, d);
      for (int j = lists.offsets()[i]; j < lists.offsets()[i + 1]; j++) {
        float share = 1f / lists.length(i);
        Rows.addScaled(share, from, (long) lists.ids()[j] * d, to, (long) i * d, d);
      }
    }
  }

  void bagBackward(Matrix dOut, Ragged lists, Matrix dTable) {
    int d = Checks.sameLength("table columns", dTable.cols(), "out columns", dOut.cols());
    MemorySegment from = dOut.segment();
    MemorySegment to = dTable.segment();
    for (int i = 0; i < lists.size(); i++) {
      for (int j = lists.offsets()[i]; j < lists.offsets()[i + 1]; j++) {
        float share = 1f / lists.length(i);
        Rows.addScaled(share, from, (long) i * d, to, (long) lists.ids()[j] * d, d);
      }
    }
  }

  void fuse(Matrix[] channels, boolean[][] present, Matrix gate, Matrix out) {
    Checks.sameLength("channels", channels.length, "gate", gate.length());
    int d = out.cols();
    float[] exponentials = exponentials(gate.toArray());
    float[] weights = new float[channels.length];
    MemorySegment to = out.segment();
    for (int i = 0; i < out.rows(); i++) {
      weigh(exponentials, present, i, weights);
      Rows.clear(to, (long) i * d, d);
      for (int m = 0; m < channels.length; m++) {
        if (weights[m] > 0) {
          Rows.addScaled(weights[m], channels[m].segment(), (long) i * d, to, (long) i * d, d);
        }
      }
    }
  }

  /**
   * With {@code b_m = dOut · x_m}: {@code dx_m += w_m dOut} and {@code dg_m += w_m (b_m − Σ_n w_n
   * b_n)}.
   */
  void fuseBackward(
      Matrix[] channels,
      boolean[][] present,
      Matrix gate,
      Matrix dOut,
      Matrix[] dChannels,
      Matrix dGate) {
    int modalities = Checks.sameLength("channels", channels.length, "gate", gate.length());
    int d = dOut.cols();
    float[] exponentials = exponentials(gate.toArray());
    float[] weights = new float[modalities];
    double[] gateSum = new double[modalities];
    MemorySegment gradient = dOut.segment();
    for (int i = 0; i < dOut.rows(); i++) {
      long at = (long) i * d;
      weigh(exponentials, present, i, weights);
      float[] dots = new float[modalities];
      float mean = 0;
      for (int m = 0; m < modalities; m++) {
        if (weights[m] > 0) {
          dots[m] = Rows.dot(gradient, at, channels[m].segment(), at, d);
          mean += weights[m] * dots[m];
          Rows.addScaled(weights[m], gradient, at, dChannels[m].segment(), at, d);
        }
      }
      for (int m = 0; m < modalities; m++) {
        gateSum[m] += weights[m] * (dots[m] - mean);
      }
    }
    for (int m = 0; m < modalities; m++) {
      Rows.add(dGate.segment(), m, (float) gateSum[m]);
    }
  }

  private static float[] exponentials(float[] gate) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float g : gate) {
      largest = Math.max(largest, g);
    }
    float[] e = new float[gate.length];
    for (int m = 0; m < gate.length; m++) {
      e[m] = (float) Math.exp(gate[m] - largest);
    }
    return e;
  }

  /** The weights of item i: softmax over the modalities it has; all zero where it has none. */
  private static void weigh(float[] exponentials, boolean[][] present, int i, float[] weights) {
    float sum = 0;
    for (int m = 0; m < weights.length; m++) {
      weights[m] = present[m][i] ? exponentials[m] : 0;
      sum += weights[m];
    }
    for (int m = 0; m < weights.length && sum > 0; m++) {
      weights[m] /= sum;
    }
  }

  void pairs(
      Matrix queries,
      int[] queryRows,
      Matrix items,
      int[] itemRows,
      float queryWeight,
      Matrix out) {
    int d = Checks.sameLength("item columns", items.cols(), "out columns", out.cols());
    Checks.sameLength("queryRows", queryRows.length, "itemRows", itemRows.length);
    Checks.sameLength("itemRows", itemRows.length, "rows of out", out.rows());
    MemorySegment query = queries.segment();
    MemorySegment item = items.segment();
    MemorySegment to = out.segment();
    for (int e = 0; e < itemRows.length; e++) {
      long at = (long) e * d;
      Rows.setScaled(1 - queryWeight, item, (long) itemRows[e] * d, to, at, d);
      if (queryRows[e] >= 0) {
        Rows.addScaled(queryWeight, query, (long) queryRows[e] * d, to, at, d);
      }
    }
  }

  void pairsBackward(
      Matrix dOut,
      int[] queryRows,
      int[] itemRows,
      float queryWeight,
      Matrix dQueries,
      Matrix dItems) {
    int d = dOut.cols();
    MemorySegment from = dOut.segment();
    MemorySegment query = dQueries.segment();
    MemorySegment item = dItems.segment();
    for (int e = 0; e < itemRows.length; e++) {
      long at = (long) e * d;
      Rows.addScaled(1 - queryWeight, from, at, item, (long) itemRows[e] * d, d);
      if (queryRows[e] >= 0) {
        Rows.addScaled(queryWeight, from, at, query, (long) queryRows[e] * d, d);
      }
    }
  }
}
