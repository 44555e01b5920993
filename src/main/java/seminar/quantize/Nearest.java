package seminar.quantize;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Lanes;

/**
 * The nearest centroid of each point by squared Euclidean distance; of equally near ones the lowest
 * number.
 *
 * <p>Centroids lie in chunks of one vector, [chunk][dims][lanes], so the vector lanes run over
 * centroids: sub-vectors of one or eight dimensions fill them as well as long ones. A point's
 * numbers stay in registers while all centroids pass by. Distances are sums of squared differences,
 * never {@code ‖c‖² − 2x·c}, so a point that equals a centroid has distance exactly 0; they are
 * summed from the first dimension to the last, whatever the machine.
 */
final class Nearest {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();

  private final int dims;

  /** Centroids rounded up to whole vectors; the padding is infinitely far. */
  private final int stride;

  private final float[] lanes; // [stride / LANES, dims, LANES]

  /** For centroids [count][dims] that start at {@code offset}. */
  Nearest(float[] centroids, int offset, int count, int dims) {
    this.dims = dims;
    this.stride = (count + LANES - 1) / LANES * LANES;
    this.lanes = new float[dims * stride];
    Arrays.fill(lanes, Float.POSITIVE_INFINITY);
    for (int c = 0; c < count; c++) {
      for (int j = 0; j < dims; j++) {
        lanes[(c / LANES * dims + j) * LANES + c % LANES] = centroids[offset + c * dims + j];
      }
    }
  }

  /** Where points lie in a larger matrix: point p starts at {@code offset + p · step}. */
  record Points(float[] values, int offset, int step) {
    int at(int point) {
      return offset + point * step;
    }
  }

  /**
   * Finds the centroids of points {@code [from, to)}.
   *
   * @param nearest receives centroid numbers at {@code [from, to)}
   * @param distances receives squared distances at {@code [from, to)}
   */
  void search(Points points, int from, int to, int[] nearest, float[] distances) {
    Cursor cursor = new Cursor();
    for (int p = from; p < to; p++) {
      cursor.find(points.values, points.at(p));
      nearest[p] = cursor.centroid;
      distances[p] = cursor.distance;
    }
  }

  /** Finds the centroid of one point after the other; for one thread. */
  final class Cursor {
    private final float[] row = new float[stride];
    private final float[] best = new float[LANES];
    private final float[] chunk = new float[LANES];

    /** The nearest centroid of the point found last. */
    int centroid;

    /** Its squared distance. */
    float distance;

    /** Finds the centroid of the point at {@code x[at]}. */
    void find(float[] x, int at) {
      if (dims == 8) {
        leastOf8(x, at, best, chunk);
      } else {
        distances(x, at, row);
        least(row, best, chunk);
      }
      distance = best[0];
      centroid = (int) chunk[0] * LANES;
      for (int lane = 1; lane < LANES; lane++) {
        int other = (int) chunk[lane] * LANES + lane;
        if (best[lane] < distance || (best[lane] == distance && other < centroid)) {
          distance = best[lane];
          centroid = other;
        }
      }
    }
  }

  /** Per lane: the smallest distance and the number of the chunk where it is first. */
  private void leastOf8(float[] x, int at, float[] best, float[] chunk) {
    FloatVector x0 = broadcast(x[at]);
    FloatVector x1 = broadcast(x[at + 1]);
    FloatVector x2 = broadcast(x[at + 2]);
    FloatVector x3 = broadcast(x[at + 3]);
    FloatVector x4 = broadcast(x[at + 4]);
    FloatVector x5 = broadcast(x[at + 5]);
    FloatVector x6 = broadcast(x[at + 6]);
    FloatVector x7 = broadcast(x[at + 7]);
    FloatVector least = FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);
    FloatVector where = FloatVector.zero(SPECIES);
    FloatVector number = where;
    for (int c = 0; c < lanes.length; c += 8 * LANES) {
      FloatVector d0 = x0.sub(FloatVector.fromArray(SPECIES, lanes, c));
      FloatVector d1 = x1.sub(FloatVector.fromArray(SPECIES, lanes, c + LANES));
      FloatVector d2 = x2.sub(FloatVector.fromArray(SPECIES, lanes, c + 2 * LANES));
      FloatVector d3 = x3.sub(FloatVector.fromArray(SPECIES, lanes, c + 3 * LANES));
      FloatVector sum = d3.fma(d3, d2.fma(d2, d1.fma(d1, d0.mul(d0))));
      FloatVector d4 = x4.sub(FloatVector.fromArray(SPECIES, lanes, c + 4 * LANES));
      FloatVector d5 = x5.sub(FloatVector.fromArray(SPECIES, lanes, c + 5 * LANES));
      FloatVector d6 = x6.sub(FloatVector.fromArray(SPECIES, lanes, c + 6 * LANES));
      FloatVector d7 = x7.sub(FloatVector.fromArray(SPECIES, lanes, c + 7 * LANES));
      sum = d7.fma(d7, d6.fma(d6, d5.fma(d5, d4.fma(d4, sum))));
      where = where.blend(number, sum.lt(least));
      least = least.min(sum);
      number = number.add(1); // below 2^24: a float holds it exactly
    }
    least.intoArray(best, 0);
    where.intoArray(chunk, 0);
  }

  /** The squared distances [stride] of the point at {@code x[at]} to all centroids. */
  private void distances(float[] x, int at, float[] row) {
    Arrays.fill(row, 0);
    int j = 0;
    for (; j <= dims - 4; j += 4) {
      add4(x, at, j, row);
    }
    for (; j < dims; j++) {
      add1(x, at, j, row);
    }
  }

  private void add4(float[] x, int at, int j, float[] row) {
    FloatVector x0 = broadcast(x[at + j]);
    FloatVector x1 = broadcast(x[at + j + 1]);
    FloatVector x2 = broadcast(x[at + j + 2]);
    FloatVector x3 = broadcast(x[at + j + 3]);
    for (int c = 0, i = j * LANES; c < stride; c += LANES, i += dims * LANES) {
      FloatVector d0 = x0.sub(FloatVector.fromArray(SPECIES, lanes, i));
      FloatVector d1 = x1.sub(FloatVector.fromArray(SPECIES, lanes, i + LANES));
      FloatVector d2 = x2.sub(FloatVector.fromArray(SPECIES, lanes, i + 2 * LANES));
      FloatVector d3 = x3.sub(FloatVector.fromArray(SPECIES, lanes, i + 3 * LANES));
      FloatVector sum = d0.fma(d0, FloatVector.fromArray(SPECIES, row, c));
      d3.fma(d3, d2.fma(d2, d1.fma(d1, sum))).intoArray(row, c);
    }
  }

  private void add1(float[] x, int at, int j, float[] row) {
    FloatVector x0 = broadcast(x[at + j]);
    for (int c = 0, i = j * LANES; c < stride; c += LANES, i += dims * LANES) {
      FloatVector d0 = x0.sub(FloatVector.fromArray(SPECIES, lanes, i));
      d0.fma(d0, FloatVector.fromArray(SPECIES, row, c)).intoArray(row, c);
    }
  }

  private void least(float[] row, float[] best, float[] chunk) {
    FloatVector least = FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);
    FloatVector where = FloatVector.zero(SPECIES);
    FloatVector number = where;
    for (int c = 0; c < stride; c += LANES) {
      FloatVector distance = FloatVector.fromArray(SPECIES, row, c);
      where = where.blend(number, distance.lt(least));
      least = least.min(distance);
      number = number.add(1);
    }
    least.intoArray(best, 0);
    where.intoArray(chunk, 0);
  }

  /** How many numbers {@link #products} writes: C, rounded up to whole vectors. */
  int room() {
    return stride;
  }

  /** The inner products of all centroids with the point at {@code x[at]}. */
  void products(float[] x, int at, float[] products) {
    for (int c = 0, i = 0; c < stride; c += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int j = 0; j < dims; j++, i += LANES) {
        sum = FloatVector.fromArray(SPECIES, lanes, i).fma(broadcast(x[at + j]), sum);
      }
      sum.intoArray(products, c);
    }
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
