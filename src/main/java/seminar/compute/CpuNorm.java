package seminar.compute;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import seminar.math.Checks;
import seminar.math.Vectors;

/**
 * Layer normalisation on the CPU; see {@link Backend.Rowwise#layerNorm}.
 *
 * <p>The mean is computed twice, the second time of what the first leaves, so that a row of equal
 * numbers has no variance at all: ε is far below what a float's rounding would put there.
 */
final class CpuNorm {
  private final CpuLookup lookup;

  CpuNorm(CpuLookup lookup) {
    this.lookup = lookup;
  }

  void forward(Matrix x, Matrix gain, Matrix bias, Matrix out) {
    int d = checkRow(x, gain);
    Checks.sameLength("bias", bias.length(), "columns of x", d);
    Checks.sameLength("rows of out", out.rows(), "rows of x", x.rows());
    Checks.sameLength("columns of out", out.cols(), "columns of x", d);
    MemorySegment from = x.segment();
    float[] factors = gain.toArray();
    float[] shifts = bias.toArray();
    MemorySegment to = out.segment();
    lookup.ranges(
        x.rows(),
        d,
        (shard, first, end) -> {
          Row row = new Row(from, d);
          for (int i = first; i < end; i++) {
            row.at((long) i * d);
            row.normalise(factors, shifts, to, (long) i * d);
          }
        });
  }

  /**
   * With u the normalised row, s its factor 1/√(var + ε) and {@code g = gain ∘ dOut}: {@code dx +=
   * s (g − mean(g) − u mean(g ∘ u))}, {@code dGain += Σ dOut ∘ u}, {@code dBias += Σ dOut}.
   */
  void backward(Matrix x, Matrix gain, Matrix dOut, Matrix dx, Matrix dGain, Matrix dBias) {
    int d = checkRow(x, gain);
    Checks.sameLength("dOut", dOut.length(), "x", x.length());
    Checks.sameLength("dx", dx.length(), "x", x.length());
    Checks.sameLength("dGain", dGain.length(), "columns of x", d);
    Checks.sameLength("dBias", dBias.length(), "columns of x", d);
    MemorySegment from = x.segment();
    float[] factors = gain.toArray();
    MemorySegment gradient = dOut.segment();
    MemorySegment to = dx.segment();
    int shards = CpuLookup.shards(x.rows(), d);
    float[][] gains = new float[shards][d];
    float[][] shifts = new float[shards][d];
    lookup.ranges(
        x.rows(),
        d,
        (shard, first, end) -> {
          Row row = new Row(from, d);
          for (int i = first; i < end; i++) {
            row.at((long) i * d);
            row.backward(factors, gradient, to, (long) i * d, gains[shard], shifts[shard]);
          }
        });
    addAll(gains, dGain);
    addAll(shifts, dBias);
  }

  private static void addAll(float[][] parts, Matrix sum) {
    float[] all = sum.toArray();
    for (float[] part : parts) {
      Vectors.addScaled(1, part, 0, all, 0, all.length);
    }
    sum.set(all);
  }

  private static int checkRow(Matrix x, Matrix gain) {
    return Checks.sameLength("gain", gain.length(), "columns of x", x.cols());
  }

  /**
   * One row after the other, in arrays: its mean and factor, and what follows from them. Loops over
   * arrays are vectors once compiled; the same loops over memory with several vectors in flight
   * sometimes passed the compiler's limit of inlining, and then took twelve times as long.
   */
  private static final class Row {
    private final MemorySegment x;
    private final int d;
    private final float[] ones;
    private final float[] unit; // the row, normalised
    private final float[] gradient;
    private final float[] scaled;
    private final float[] line;
    private float factor;

    Row(MemorySegment x, int d) {
      this.x = x;
      this.d = d;
      ones = new float[d];
      Arrays.fill(ones, 1);
      unit = new float[d];
      gradient = new float[d];
      scaled = new float[d];
      line = new float[d];
    }

    void at(long row) {
      read(x, row, unit);
      float mean = Vectors.dot(unit, ones) / d;
      shift(unit, -mean);
      float rest = Vectors.dot(unit, ones) / d;
      shift(unit, -rest);
      double variance = (double) Vectors.dot(unit, unit) / d;
      factor = (float) (1 / Math.sqrt(variance + Backend.Rowwise.NORM_EPSILON));
      scale(unit, factor);
    }

    void normalise(float[] gain, float[] bias, MemorySegment out, long row) {
      for (int c = 0; c < d; c++) {
        line[c] = unit[c] * gain[c] + bias[c];
      }
      write(line, out, row);
    }

    /** Adds to dx, and to dGain and dBias. */
    void backward(
        float[] gain,
        MemorySegment dOut,
        MemorySegment dx,
        long row,
        float[] dGain,
        float[] dBias) {
      read(dOut, row, gradient);
      multiply(gradient, gain, scaled);
      addProduct(gradient, unit, dGain);
      Vectors.addScaled(1, gradient, 0, dBias, 0, d);
      float plain = Vectors.dot(scaled, ones) / d;
      float along = Vectors.dot(scaled, unit) / d;
      read(dx, row, line);
      for (int c = 0; c < d; c++) {
        line[c] += factor * (scaled[c] - plain - unit[c] * along);
      }
      write(line, dx, row);
    }

    private static void shift(float[] row, float by) {
      for (int c = 0; c < row.length; c++) {
        row[c] += by;
      }
    }

    private static void scale(float[] row, float by) {
      for (int c = 0; c < row.length; c++) {
        row[c] *= by;
      }
    }

    private static void multiply(float[] a, float[] b, float[] out) {
      for (int c = 0; c < out.length; c++) {
        out[c] = a[c] * b[c];
      }
    }

    private static void addProduct(float[] a, float[] b, float[] out) {
      for (int c = 0; c < out.length; c++) {
        out[c] += a[c] * b[c];
      }
    }

    private static void read(MemorySegment from, long at, float[] row) {
      MemorySegment.copy(from, ValueLayout.JAVA_FLOAT, at * Float.BYTES, row, 0, row.length);
    }

    private static void write(float[] row, MemorySegment to, long at) {
      MemorySegment.copy(row, 0, to, ValueLayout.JAVA_FLOAT, at * Float.BYTES, row.length);
    }
  }
}
