package seminar.compute;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import seminar.math.Checks;
import seminar.math.Lanes;

/**
 * Layer normalisation on the CPU; see {@link Backend.Rowwise#layerNorm}.
 *
 * <p>The mean is computed twice, the second time of what the first leaves, so that a row of equal
 * numbers has no variance at all: ε is far below what a float's rounding would put there.
 */
final class CpuNorm {
  private static final int LANES = Lanes.SPECIES.length();

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
    MemorySegment factors = gain.segment();
    MemorySegment shifts = bias.segment();
    MemorySegment to = out.segment();
    lookup.ranges(
        x.rows(),
        d,
        (shard, first, end) -> {
          Row row = new Row(from, d);
          for (int i = first; i < end; i++) {
            row.at((long) i * d);
            row.normalise(factors, shifts, to);
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
    MemorySegment factors = gain.segment();
    MemorySegment gradient = dOut.segment();
    MemorySegment to = dx.segment();
    Matrix gains = Matrix.zeros(CpuLookup.shards(x.rows(), d), d);
    Matrix shifts = Matrix.zeros(gains.rows(), d);
    MemorySegment gainParts = gains.segment();
    MemorySegment shiftParts = shifts.segment();
    lookup.ranges(
        x.rows(),
        d,
        (shard, first, end) -> {
          Row row = new Row(from, d);
          for (int i = first; i < end; i++) {
            row.at((long) i * d);
            row.backward(factors, gradient, to, gainParts, shiftParts, (long) shard * d);
          }
        });
    for (int shard = 0; shard < gains.rows(); shard++) {
      RowKernels.addScaled(1, gainParts, (long) shard * d, dGain.segment(), 0, d);
      RowKernels.addScaled(1, shiftParts, (long) shard * d, dBias.segment(), 0, d);
    }
  }

  private static int checkRow(Matrix x, Matrix gain) {
    return Checks.sameLength("gain", gain.length(), "columns of x", x.cols());
  }

  /** One row after the other: its mean and factor, and what follows from them. */
  private static final class Row {
    private final MemorySegment x;
    private final int d;
    private long at;
    private float mean;
    private float rest; // the mean of what the first mean leaves
    private float factor;

    Row(MemorySegment x, int d) {
      this.x = x;
      this.d = d;
    }

    void at(long row) {
      at = row;
      mean = sum() / d;
      FloatVector sums = FloatVector.zero(Lanes.SPECIES);
      FloatVector squares = sums;
      int c = 0;
      for (; c <= d - LANES; c += LANES) {
        FloatVector left = RowKernels.load(x, at + c).sub(mean);
        sums = sums.add(left);
        squares = left.fma(left, squares);
      }
      double sum = Lanes.sum(sums);
      double square = Lanes.sum(squares);
      for (; c < d; c++) {
        float left = RowKernels.get(x, at + c) - mean;
        sum += left;
        square += left * left;
      }
      double more = sum / d;
      rest = (float) more;
      double variance = Math.max(0, square / d - more * more);
      factor = (float) (1 / Math.sqrt(variance + Backend.Rowwise.NORM_EPSILON));
    }

    private float sum() {
      FloatVector sums = FloatVector.zero(Lanes.SPECIES);
      int c = 0;
      for (; c <= d - LANES; c += LANES) {
        sums = sums.add(RowKernels.load(x, at + c));
      }
      float sum = Lanes.sum(sums);
      for (; c < d; c++) {
        sum += RowKernels.get(x, at + c);
      }
      return sum;
    }

    private FloatVector unit(int c) {
      return RowKernels.load(x, at + c).sub(mean).sub(rest).mul(factor);
    }

    private float unitAt(int c) {
      return (RowKernels.get(x, at + c) - mean - rest) * factor;
    }

    void normalise(MemorySegment gain, MemorySegment bias, MemorySegment out) {
      int c = 0;
      for (; c <= d - LANES; c += LANES) {
        FloatVector scaled = unit(c).fma(RowKernels.load(gain, c), RowKernels.load(bias, c));
        RowKernels.store(scaled, out, at + c);
      }
      for (; c < d; c++) {
        float scaled = Math.fma(unitAt(c), RowKernels.get(gain, c), RowKernels.get(bias, c));
        RowKernels.set(out, at + c, scaled);
      }
    }

    /** Adds to dx, and to the parts of the other gradients that start at {@code part}. */
    void backward(
        MemorySegment gain,
        MemorySegment dOut,
        MemorySegment dx,
        MemorySegment dGain,
        MemorySegment dBias,
        long part) {
      FloatVector plain = FloatVector.zero(Lanes.SPECIES);
      FloatVector along = plain;
      int c = 0;
      for (; c <= d - LANES; c += LANES) {
        FloatVector u = unit(c);
        FloatVector y = RowKernels.load(dOut, at + c);
        FloatVector g = y.mul(RowKernels.load(gain, c));
        plain = plain.add(g);
        along = g.fma(u, along);
        RowKernels.store(y.fma(u, RowKernels.load(dGain, part + c)), dGain, part + c);
        RowKernels.store(y.add(RowKernels.load(dBias, part + c)), dBias, part + c);
      }
      float plainSum = Lanes.sum(plain);
      float alongSum = Lanes.sum(along);
      for (; c < d; c++) {
        float u = unitAt(c);
        float y = RowKernels.get(dOut, at + c);
        float g = y * RowKernels.get(gain, c);
        plainSum += g;
        alongSum = Math.fma(g, u, alongSum);
        RowKernels.add(dGain, part + c, y * u);
        RowKernels.add(dBias, part + c, y);
      }
      addAcross(gain, dOut, dx, plainSum / d, alongSum / d);
    }

    /** {@code dx += s (g − plain − u along)}. */
    private void addAcross(
        MemorySegment gain, MemorySegment dOut, MemorySegment dx, float plain, float along) {
      int c = 0;
      FloatVector back = FloatVector.broadcast(Lanes.SPECIES, -along);
      FloatVector by = FloatVector.broadcast(Lanes.SPECIES, factor);
      for (; c <= d - LANES; c += LANES) {
        FloatVector g = RowKernels.load(dOut, at + c).mul(RowKernels.load(gain, c)).sub(plain);
        FloatVector across = unit(c).fma(back, g);
        RowKernels.store(across.fma(by, RowKernels.load(dx, at + c)), dx, at + c);
      }
      for (; c < d; c++) {
        float g = RowKernels.get(dOut, at + c) * RowKernels.get(gain, c) - plain;
        RowKernels.add(dx, at + c, factor * Math.fma(unitAt(c), -along, g));
      }
    }
  }
}
