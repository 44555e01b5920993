package seminar.compute;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Lanes;

/**
 * Arithmetic on rows of floats in memory segments, with the Vector API; positions are counted in
 * floats.
 */
final class RowKernels {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private RowKernels() {}

  static float get(MemorySegment memory, long index) {
    return memory.getAtIndex(ValueLayout.JAVA_FLOAT, index);
  }

  static void set(MemorySegment memory, long index, float value) {
    memory.setAtIndex(ValueLayout.JAVA_FLOAT, index, value);
  }

  static void add(MemorySegment memory, long index, float value) {
    memory.setAtIndex(
        ValueLayout.JAVA_FLOAT, index, memory.getAtIndex(ValueLayout.JAVA_FLOAT, index) + value);
  }

  static FloatVector load(MemorySegment memory, long index) {
    return FloatVector.fromMemorySegment(SPECIES, memory, index * Float.BYTES, ORDER);
  }

  static void store(FloatVector vector, MemorySegment memory, long index) {
    vector.intoMemorySegment(memory, index * Float.BYTES, ORDER);
  }

  static void clear(MemorySegment x, long at, int d) {
    x.asSlice(at * Float.BYTES, (long) d * Float.BYTES).fill((byte) 0);
  }

  /** {@code y = x}; for rows of a few hundred bytes faster than a bulk copy. */
  static void copy(MemorySegment x, long from, MemorySegment y, long to, int d) {
    int i = 0;
    for (; i <= d - 4 * LANES; i += 4 * LANES) {
      FloatVector v0 = load(x, from + i);
      FloatVector v1 = load(x, from + i + LANES);
      FloatVector v2 = load(x, from + i + 2 * LANES);
      FloatVector v3 = load(x, from + i + 3 * LANES);
      store(v0, y, to + i);
      store(v1, y, to + i + LANES);
      store(v2, y, to + i + 2 * LANES);
      store(v3, y, to + i + 3 * LANES);
    }
    for (; i <= d - LANES; i += LANES) {
      store(load(x, from + i), y, to + i);
    }
    for (; i < d; i++) {
      set(y, to + i, get(x, from + i));
    }
  }

  /** {@code x · y}. */
  static float dot(MemorySegment x, long xAt, MemorySegment y, long yAt, int d) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= d - 4 * LANES; i += 4 * LANES) {
      s0 = load(x, xAt + i).fma(load(y, yAt + i), s0);
      s1 = load(x, xAt + i + LANES).fma(load(y, yAt + i + LANES), s1);
      s2 = load(x, xAt + i + 2 * LANES).fma(load(y, yAt + i + 2 * LANES), s2);
      s3 = load(x, xAt + i + 3 * LANES).fma(load(y, yAt + i + 3 * LANES), s3);
    }
    for (; i <= d - LANES; i += LANES) {
      s0 = load(x, xAt + i).fma(load(y, yAt + i), s0);
    }
    float total = Lanes.sum(s0.add(s1).add(s2.add(s3)));
    for (; i < d; i++) {
      total = Math.fma(get(x, xAt + i), get(y, yAt + i), total);
    }
    return total;
  }

  /** {@code y += a x}. */
  static void addScaled(float a, MemorySegment x, long xAt, MemorySegment y, long yAt, int d) {
    FloatVector factor = FloatVector.broadcast(SPECIES, a);
    int i = 0;
    for (; i <= d - LANES; i += LANES) {
      store(load(x, xAt + i).fma(factor, load(y, yAt + i)), y, yAt + i);
    }
    for (; i < d; i++) {
      set(y, yAt + i, Math.fma(a, get(x, xAt + i), get(y, yAt + i)));
    }
  }

  /** {@code y = a x}. */
  static void setScaled(float a, MemorySegment x, long xAt, MemorySegment y, long yAt, int d) {
    int i = 0;
    for (; i <= d - LANES; i += LANES) {
      store(load(x, xAt + i).mul(a), y, yAt + i);
    }
    for (; i < d; i++) {
      set(y, yAt + i, a * get(x, xAt + i));
    }
  }

  /** {@code z += a x + b y}: two updates of z for one pass over it. */
  static void addScaledPair(
      float a,
      MemorySegment x,
      long xAt,
      float b,
      MemorySegment y,
      long yAt,
      MemorySegment z,
      long zAt,
      int d) {
    FloatVector first = FloatVector.broadcast(SPECIES, a);
    FloatVector second = FloatVector.broadcast(SPECIES, b);
    int i = 0;
    for (; i <= d - LANES; i += LANES) {
      FloatVector sum = load(x, xAt + i).fma(first, load(z, zAt + i));
      store(load(y, yAt + i).fma(second, sum), z, zAt + i);
    }
    for (; i < d; i++) {
      float sum = Math.fma(a, get(x, xAt + i), get(z, zAt + i));
      set(z, zAt + i, Math.fma(b, get(y, yAt + i), sum));
    }
  }

  /** {@code x = max(0, x)} over n floats. */
  static void relu(MemorySegment x, long n) {
    long i = 0;
    for (; i <= n - LANES; i += LANES) {
      store(load(x, i).max(0), x, i);
    }
    for (; i < n; i++) {
      set(x, i, Math.max(0, get(x, i)));
    }
  }

  /** {@code dx = 0} where {@code y ≤ 0}, over n floats. */
  static void reluBackward(MemorySegment y, MemorySegment dx, long n) {
    long i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector gradient = load(dx, i);
      store(
          FloatVector.zero(SPECIES).blend(gradient, load(y, i).compare(VectorOperators.GT, 0)),
          dx,
          i);
    }
    for (; i < n; i++) {
      if (!(get(y, i) > 0)) {
        set(dx, i, 0);
      }
    }
  }

  /** One row of Adam: moments m and v, then the value, d floats each. */
  static void adam(
      MemorySegment value,
      MemorySegment mean,
      MemorySegment variance,
      long at,
      MemorySegment gradient,
      long gradientAt,
      int d,
      Backend.AdamStep step) {
    float b1 = (float) step.beta1();
    float b2 = (float) step.beta2();
    float c1 = (float) (1 - step.beta1());
    float c2 = (float) (1 - step.beta2());
    float rate = (float) step.rate();
    float root = (float) (1 / Math.sqrt(step.correction()));
    float epsilon = (float) step.epsilon();
    int i = 0;
    for (; i <= d - LANES; i += LANES) {
      FloatVector g = load(gradient, gradientAt + i);
      FloatVector m = load(mean, at + i).mul(b1).add(g.mul(c1));
      FloatVector v = load(variance, at + i).mul(b2).add(g.mul(g).mul(c2));
      store(m, mean, at + i);
      store(v, variance, at + i);
      FloatVector move = m.mul(rate).div(v.sqrt().mul(root).add(epsilon));
      store(load(value, at + i).sub(move), value, at + i);
    }
    for (; i < d; i++) {
      float g = get(gradient, gradientAt + i);
      float m = b1 * get(mean, at + i) + c1 * g;
      float v = b2 * get(variance, at + i) + c2 * g * g;
      set(mean, at + i, m);
      set(variance, at + i, v);
      float move = rate * m / ((float) Math.sqrt(v) * root + epsilon);
      set(value, at + i, get(value, at + i) - move);
    }
  }
}
