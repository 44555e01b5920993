package seminar.compute;

import java.lang.foreign.MemorySegment;
import seminar.math.Checks;

/** Each number, or each row, by itself on the CPU; see {@link Backend.Rowwise}. */
final class CpuRowwise implements Backend.Rowwise {
  /** The third powers of longer and of shorter rows leave the range of a float. */
  private static final double LONG = 1e12;

  private static final double SHORT = 1e-12;

  private final CpuLookup lookup;
  private final CpuNorm norm;

  CpuRowwise(CpuLookup lookup) {
    this.lookup = lookup;
    norm = new CpuNorm(lookup);
  }

  @Override
  public void relu(Matrix x) {
    lookup.ranges(
        x.rows(),
        x.cols(),
        (shard, first, end) -> {
          Matrix part = x.rows(first, end);
          RowKernels.relu(part.segment(), part.length());
        });
  }

  @Override
  public void reluBackward(Matrix y, Matrix dx) {
    checkSame("y", y, "dx", dx);
    lookup.ranges(
        y.rows(),
        y.cols(),
        (shard, first, end) -> {
          Matrix part = y.rows(first, end);
          RowKernels.reluBackward(part.segment(), dx.rows(first, end).segment(), part.length());
        });
  }

  @Override
  public void scale(float factor, Matrix x) {
    MemorySegment numbers = x.segment();
    int d = x.cols();
    lookup.ranges(
        x.rows(),
        d,
        (shard, first, end) -> {
          long at = (long) first * d;
          RowKernels.setScaled(factor, numbers, at, numbers, at, (end - first) * d);
        });
  }

  @Override
  public void add(Matrix x, Matrix y) {
    checkSame("x", x, "y", y);
    int d = x.cols();
    MemorySegment from = x.segment();
    MemorySegment to = y.segment();
    lookup.ranges(
        x.rows(),
        d,
        (shard, first, end) -> {
          long at = (long) first * d;
          RowKernels.addScaled(1, from, at, to, at, (end - first) * d);
        });
  }

  private static void checkSame(String name, Matrix x, String otherName, Matrix y) {
    Checks.sameLength("rows of " + name, x.rows(), "rows of " + otherName, y.rows());
    Checks.sameLength("columns of " + name, x.cols(), "columns of " + otherName, y.cols());
  }

  @Override
  public void rowDots(Matrix a, Matrix b, Matrix out) {
    int d = Checks.sameLength("columns of a", a.cols(), "columns of b", b.cols());
    MemorySegment x = a.segment();
    MemorySegment y = b.segment();
    MemorySegment dots = out.segment();
    lookup.ranges(
        a.rows(),
        d,
        (shard, first, end) -> {
          for (int i = first; i < end; i++) {
            RowKernels.set(dots, i, RowKernels.dot(x, (long) i * d, y, (long) i * d, d));
          }
        });
  }

  @Override
  public void rowDotsBackward(Matrix a, Matrix b, Matrix dOut, Matrix da, Matrix db) {
    int d = Checks.sameLength("columns of a", a.cols(), "columns of b", b.cols());
    MemorySegment x = a.segment();
    MemorySegment y = b.segment();
    MemorySegment dx = da.segment();
    MemorySegment dy = db.segment();
    MemorySegment gradient = dOut.segment();
    lookup.ranges(
        a.rows(),
        d,
        (shard, first, end) -> {
          for (int i = first; i < end; i++) {
            long at = (long) i * d;
            float g = RowKernels.get(gradient, i);
            RowKernels.addScaled(g, y, at, dx, at, d);
            RowKernels.addScaled(g, x, at, dy, at, d);
          }
        });
  }

  @Override
  public double binaryCrossEntropy(Matrix logits, float[] labels, float[] weights, Matrix dLogits) {
    Checks.sameLength("labels", labels.length, "logits", logits.length());
    Checks.sameLength("weights", weights.length, "logits", logits.length());
    MemorySegment z = logits.segment();
    MemorySegment dz = dLogits.segment();
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      double x = RowKernels.get(z, i);
      loss += weights[i] * (Math.max(x, 0) - x * labels[i] + Math.log1p(Math.exp(-Math.abs(x))));
      RowKernels.set(dz, i, (float) (weights[i] * (1 / (1 + Math.exp(-x)) - labels[i])));
    }
    return loss;
  }

  @Override
  public void unitRows(Matrix x, Matrix out) {
    int d = Checks.sameLength("columns of x", x.cols(), "columns of out", out.cols());
    Checks.sameLength("rows of x", x.rows(), "rows of out", out.rows());
    MemorySegment from = x.segment();
    MemorySegment to = out.segment();
    lookup.ranges(
        x.rows(),
        d,
        (shard, first, end) -> {
          for (int i = first; i < end; i++) {
            long at = (long) i * d;
            double norm = Math.sqrt(RowKernels.dot(from, at, from, at, d));
            if (norm > SHORT && norm < LONG) {
              RowKernels.setScaled((float) (1 / norm), from, at, to, at, d);
            } else {
              unitOfExtreme(from, to, at, d);
            }
          }
        });
  }

  private static void unitOfExtreme(MemorySegment x, MemorySegment out, long at, int d) {
    double norm = wideNorm(x, at, d);
    for (int i = 0; i < d; i++) {
      RowKernels.set(out, at + i, norm == 0 ? 0 : (float) (RowKernels.get(x, at + i) / norm));
    }
  }

  /** With {@code u = x / ‖x‖}: {@code dx += (g − (g · u) u) / ‖x‖}. */
  @Override
  public void unitRowsBackward(Matrix x, Matrix dOut, Matrix dx) {
    int d = Checks.sameLength("columns of x", x.cols(), "columns of dOut", dOut.cols());
    Checks.sameLength("rows of x", x.rows(), "rows of dOut", dOut.rows());
    Checks.sameLength("x", x.length(), "dx", dx.length());
    MemorySegment from = x.segment();
    MemorySegment g = dOut.segment();
    MemorySegment to = dx.segment();
    lookup.ranges(
        x.rows(),
        d,
        (shard, first, end) -> {
          for (int i = first; i < end; i++) {
            long at = (long) i * d;
            double norm = Math.sqrt(RowKernels.dot(from, at, from, at, d));
            if (norm > SHORT && norm < LONG) {
              float back = (float) (-RowKernels.dot(g, at, from, at, d) / (norm * norm * norm));
              RowKernels.addScaledPair((float) (1 / norm), g, at, back, from, at, to, at, d);
            } else {
              backwardOfExtreme(from, g, to, at, d);
            }
          }
        });
  }

  private static void backwardOfExtreme(
      MemorySegment x, MemorySegment g, MemorySegment dx, long at, int d) {
    double norm = wideNorm(x, at, d);
    double along = 0;
    for (int i = 0; i < d && norm > 0; i++) {
      along += RowKernels.get(g, at + i) * (RowKernels.get(x, at + i) / norm);
    }
    for (int i = 0; i < d && norm > 0; i++) {
      double across = RowKernels.get(g, at + i) - along * (RowKernels.get(x, at + i) / norm);
      RowKernels.add(dx, at + i, (float) (across / norm));
    }
  }

  /** {@code ‖x‖} in double precision. */
  private static double wideNorm(MemorySegment x, long at, int d) {
    double sum = 0;
    for (int i = 0; i < d; i++) {
      double value = RowKernels.get(x, at + i);
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  @Override
  public void layerNorm(Matrix x, Matrix gain, Matrix bias, Matrix out) {
    norm.forward(x, gain, bias, out);
  }

  @Override
  public void layerNormBackward(
      Matrix x, Matrix gain, Matrix dOut, Matrix dx, Matrix dGain, Matrix dBias) {
    norm.backward(x, gain, dOut, dx, dGain, dBias);
  }

  @Override
  public void dropout(Dropout drop, Matrix x) {
    if (drop.rate() > 0) {
      MemorySegment numbers = x.segment();
      long d = x.cols();
      lookup.ranges(
          x.rows(),
          x.cols(),
          (shard, first, end) -> drop.apply(numbers, first * d, (end - first) * d, first * d));
    }
  }
}
