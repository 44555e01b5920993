package seminar.compute;

import java.lang.foreign.MemorySegment;
import java.util.stream.Stream;
import seminar.math.Checks;
import seminar.math.VectorMath;

/** Fusion of modalities and of pairs on the CPU; see {@link Backend.Fusing}. */
final class CpuFusion implements Backend.Fusing {
  private final CpuLookup lookup;

  CpuFusion(CpuLookup lookup) {
    this.lookup = lookup;
  }

  @Override
  public void fuse(Matrix[] channels, boolean[][] present, Matrix gate, Matrix out) {
    checkGate(channels, gate, out.rows());
    int d = out.cols();
    float[] logits = gate.toArray();
    MemorySegment[] from = segments(channels);
    MemorySegment to = out.segment();
    lookup.ranges(
        out.rows(),
        d,
        (shard, first, end) -> {
          float[] weights = new float[channels.length];
          for (int i = first; i < end; i++) {
            long at = (long) i * d;
            weigh(logits, gateRow(gate, i), present, i, weights);
            RowKernels.clear(to, at, d);
            for (int m = 0; m < channels.length; m++) {
              if (weights[m] > 0) {
                RowKernels.addScaled(weights[m], from[m], at, to, at, d);
              }
            }
          }
        });
  }

  /**
   * With {@code b_m = dOut · x_m}: {@code dx_m += w_m dOut} and {@code dg_m += w_m (b_m − Σ_n w_n
   * b_n)}.
   */
  @Override
  public void fuseBackward(
      Matrix[] channels,
      boolean[][] present,
      Matrix gate,
      Matrix dOut,
      Matrix[] dChannels,
      Matrix dGate) {
    checkGate(channels, gate, dOut.rows());
    Checks.sameLength("rows of dGate", dGate.rows(), "rows of gate", gate.rows());
    int modalities = channels.length;
    int d = dOut.cols();
    float[] logits = gate.toArray();
    double[][] shared = new double[CpuLookup.shards(dOut.rows(), d)][modalities];
    MemorySegment gradient = dOut.segment();
    MemorySegment[] from = segments(channels);
    MemorySegment[] to = segments(dChannels);
    MemorySegment gates = dGate.segment();
    lookup.ranges(
        dOut.rows(),
        d,
        (shard, first, end) -> {
          float[] weights = new float[modalities];
          float[] dots = new float[modalities];
          for (int i = first; i < end; i++) {
            long at = (long) i * d;
            weigh(logits, gateRow(gate, i), present, i, weights);
            float mean = 0;
            for (int m = 0; m < modalities; m++) {
              dots[m] = 0;
              if (weights[m] > 0) {
                dots[m] = RowKernels.dot(gradient, at, from[m], at, d);
                mean += weights[m] * dots[m];
                RowKernels.addScaled(weights[m], gradient, at, to[m], at, d);
              }
            }
            for (int m = 0; m < modalities; m++) {
              float dLogit = weights[m] * (dots[m] - mean);
              if (gate.rows() == 1) {
                shared[shard][m] += dLogit;
              } else {
                RowKernels.add(gates, (long) i * modalities + m, dLogit);
              }
            }
          }
        });
    if (gate.rows() == 1) {
      addShared(shared, dGate);
    }
  }

  private static MemorySegment[] segments(Matrix[] matrices) {
    return Stream.of(matrices).map(Matrix::segment).toArray(MemorySegment[]::new);
  }

  private static void checkGate(Matrix[] channels, Matrix gate, int n) {
    Checks.sameLength("channels", channels.length, "columns of gate", gate.cols());
    if (gate.rows() != 1) {
      Checks.sameLength("rows of gate", gate.rows(), "rows", n);
    }
  }

  private static void addShared(double[][] parts, Matrix dGate) {
    for (int m = 0; m < dGate.cols(); m++) {
      double sum = 0;
      for (double[] part : parts) {
        sum += part[m];
      }
      RowKernels.add(dGate.segment(), m, (float) sum);
    }
  }

  /** Where the logits of item i start: one row for all, or one for each. */
  private static int gateRow(Matrix gate, int i) {
    return gate.rows() == 1 ? 0 : i * gate.cols();
  }

  /** The weights of item i: softmax over the modalities it has; all zero where it has none. */
  private static void weigh(float[] logits, int from, boolean[][] present, int i, float[] weights) {
    float largest = Float.NEGATIVE_INFINITY;
    for (int m = 0; m < weights.length; m++) {
      if (present[m][i]) {
        largest = Math.max(largest, logits[from + m]);
      }
    }
    float sum = 0;
    for (int m = 0; m < weights.length; m++) {
      weights[m] = present[m][i] ? VectorMath.exp(logits[from + m] - largest) : 0;
      sum += weights[m];
    }
    for (int m = 0; m < weights.length && sum > 0; m++) {
      weights[m] /= sum;
    }
  }

  @Override
  public void pairs(
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
    lookup.ranges(
        itemRows.length,
        d,
        (shard, first, end) -> {
          for (int e = first; e < end; e++) {
            long at = (long) e * d;
            RowKernels.setScaled(1 - queryWeight, item, (long) itemRows[e] * d, to, at, d);
            if (queryRows[e] >= 0) {
              RowKernels.addScaled(queryWeight, query, (long) queryRows[e] * d, to, at, d);
            }
          }
        });
  }

  @Override
  public void pairsBackward(
      Matrix dOut,
      int[] queryRows,
      int[] itemRows,
      float queryWeight,
      Matrix dQueries,
      Matrix dItems) {
    lookup.scatterAdd(1 - queryWeight, dOut, itemRows, dItems);
    lookup.scatterAdd(queryWeight, dOut, queryRows, dQueries);
  }
}
