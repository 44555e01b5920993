package seminar.quantize;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Lanes;

/**
 * The nearest centroid of each point by squared Euclidean distance; of equally near ones the lowest
 * number.
 *
 * <p>Centroids lie transposed, [dims][centroids], so the vector lanes run over centroids:
 * sub-vectors of one or eight dimensions fill them as well as long ones. Four points share each
 * load. Distances are sums of squared differences, never {@code ‖c‖² − 2x·c}, so a point that
 * equals a centroid has distance exactly 0.
 */
final class Nearest {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();

  private final int dims;

  /** Centroids rounded up to whole vectors; the padding is infinitely far. */
  private final int stride;

  private final float[] transposed;

  /** For centroids [count][dims] that start at {@code offset}. */
  Nearest(float[] centroids, int offset, int count, int dims) {
    this.dims = dims;
    this.stride = (count + LANES - 1) / LANES * LANES;
    this.transposed = new float[dims * stride];
    for (int j = 0; j < dims; j++) {
      for (int c = 0; c < stride; c++) {
        transposed[j * stride + c] =
            c < count ? centroids[offset + c * dims + j] : Float.POSITIVE_INFINITY;
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
    float[] best = new float[4 * LANES];
    float[] chunk = new float[4 * LANES];
    for (int p = from; p < to; p += 4) {
      // The last block repeats the last point.
      int last = to - 1;
      int[] at = {
        points.at(p),
        points.at(Math.min(p + 1, last)),
        points.at(Math.min(p + 2, last)),
        points.at(Math.min(p + 3, last))
      };
      block(points.values, at[0], at[1], at[2], at[3], best, chunk);
      for (int i = 0; i < 4 && p + i < to; i++) {
        reduce(best, chunk, i * LANES, p + i, nearest, distances);
      }
    }
  }

  /** Per lane: the smallest distance of four points and the chunk of centroids where it is. */
  private void block(float[] x, int p0, int p1, int p2, int p3, float[] best, float[] chunk) {
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector best0 = FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);
    FloatVector best1 = best0;
    FloatVector best2 = best0;
    FloatVector best3 = best0;
    FloatVector chunk0 = zero;
    FloatVector chunk1 = zero;
    FloatVector chunk2 = zero;
    FloatVector chunk3 = zero;
    for (int c = 0; c < stride; c += LANES) {
      FloatVector sum0 = zero;
      FloatVector sum1 = zero;
      FloatVector sum2 = zero;
      FloatVector sum3 = zero;
      for (int j = 0; j < dims; j++) {
        FloatVector centroid = FloatVector.fromArray(SPECIES, transposed, j * stride + c);
        FloatVector d0 = centroid.sub(x[p0 + j]);
        FloatVector d1 = centroid.sub(x[p1 + j]);
        FloatVector d2 = centroid.sub(x[p2 + j]);
        FloatVector d3 = centroid.sub(x[p3 + j]);
        sum0 = d0.fma(d0, sum0);
        sum1 = d1.fma(d1, sum1);
        sum2 = d2.fma(d2, sum2);
        sum3 = d3.fma(d3, sum3);
      }
      VectorMask<Float> nearer0 = sum0.lt(best0);
      VectorMask<Float> nearer1 = sum1.lt(best1);
      VectorMask<Float> nearer2 = sum2.lt(best2);
      VectorMask<Float> nearer3 = sum3.lt(best3);
      best0 = best0.blend(sum0, nearer0);
      best1 = best1.blend(sum1, nearer1);
      best2 = best2.blend(sum2, nearer2);
      best3 = best3.blend(sum3, nearer3);
      // Chunk starts are below 2^24, so a float holds them exactly.
      chunk0 = chunk0.blend(c, nearer0);
      chunk1 = chunk1.blend(c, nearer1);
      chunk2 = chunk2.blend(c, nearer2);
      chunk3 = chunk3.blend(c, nearer3);
    }
    best0.intoArray(best, 0);
    best1.intoArray(best, LANES);
    best2.intoArray(best, 2 * LANES);
    best3.intoArray(best, 3 * LANES);
    chunk0.intoArray(chunk, 0);
    chunk1.intoArray(chunk, LANES);
    chunk2.intoArray(chunk, 2 * LANES);
    chunk3.intoArray(chunk, 3 * LANES);
  }

  private static void reduce(
      float[] best, float[] chunk, int from, int point, int[] nearest, float[] distances) {
    float distance = best[from];
    int centroid = (int) chunk[from];
    for (int lane = 1; lane < LANES; lane++) {
      int other = (int) chunk[from + lane] + lane;
      float otherDistance = best[from + lane];
      if (otherDistance < distance || (otherDistance == distance && other < centroid)) {
        distance = otherDistance;
        centroid = other;
      }
    }
    nearest[point] = centroid;
    distances[point] = distance;
  }
}
