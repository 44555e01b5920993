package seminar.loss;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import seminar.compute.Matrix;
import seminar.math.Lanes;
import seminar.math.Workers;

/**
 * Weighted sums of rows over links: {@code out[u] = Σ weight · table[from]} over the links to u.
 *
 * <p>Links are sorted by where they lead to, so each row of the result belongs to one shard and is
 * the sum of its links in the order in which they were given, whatever the number of threads.
 *
 * <p>Thread safety: none; its memory is used again by every call.
 */
final class LinkSums {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();

  private final Workers workers;
  private int rows;
  private int[] ends = {}; // behind the last link of each row, in the sorted order
  private int[] order = {};
  private float[] sums = {};

  LinkSums(Workers workers) {
    this.workers = workers;
  }

  /**
   * Sorts links by row, by counting.
   *
   * @param to row of each link
   * @param count how many links there are
   * @param rows how many rows there are
   */
  void sort(int[] to, int count, int rows) {
    this.rows = rows;
    if (ends.length < rows) {
      ends = new int[rows];
    }
    if (order.length < count) {
      order = new int[count];
    }
    Arrays.fill(ends, 0, rows, 0);
    for (int link = 0; link < count; link++) {
      ends[to[link]]++;
    }
    int before = 0;
    for (int row = 0; row < rows; row++) {
      int links = ends[row];
      ends[row] = before;
      before += links;
    }
    for (int link = 0; link < count; link++) {
      order[ends[to[link]]++] = link;
    }
  }

  /**
   * The sums of all rows.
   *
   * @param from row of {@code table} at the other side of each link
   * @param weights weight of each link
   * @param table rows of d numbers
   * @param out receives the sums [rows, d]
   */
  void of(int[] from, float[] weights, float[] table, Matrix out) {
    int d = out.cols();
    if (sums.length < out.length()) {
      sums = new float[out.length()];
    }
    workers.forEach(
        rows,
        (shard, first, end) -> {
          int at = first == 0 ? 0 : ends[first - 1];
          for (int row = first; row < end; row++) {
            sum(from, weights, table, at, ends[row], row * d, d);
            at = ends[row];
          }
          out.rows(first, end).copyFrom(sums, first * d);
        });
  }

  /** The sum over the sorted links {@code [at, end)}, four vectors of columns at a time. */
  private void sum(int[] from, float[] weights, float[] table, int at, int end, int out, int d) {
    int c = 0;
    for (; c <= d - 4 * LANES; c += 4 * LANES) {
      FloatVector s0 = FloatVector.zero(SPECIES);
      FloatVector s1 = s0;
      FloatVector s2 = s0;
      FloatVector s3 = s0;
      for (int i = at; i < end; i++) {
        int link = order[i];
        FloatVector weight = FloatVector.broadcast(SPECIES, weights[link]);
        int row = from[link] * d + c;
        s0 = FloatVector.fromArray(SPECIES, table, row).fma(weight, s0);
        s1 = FloatVector.fromArray(SPECIES, table, row + LANES).fma(weight, s1);
        s2 = FloatVector.fromArray(SPECIES, table, row + 2 * LANES).fma(weight, s2);
        s3 = FloatVector.fromArray(SPECIES, table, row + 3 * LANES).fma(weight, s3);
      }
      s0.intoArray(sums, out + c);
      s1.intoArray(sums, out + c + LANES);
      s2.intoArray(sums, out + c + 2 * LANES);
      s3.intoArray(sums, out + c + 3 * LANES);
    }
    for (; c < d; c++) {
      float sum = 0;
      for (int i = at; i < end; i++) {
        sum = Math.fma(weights[order[i]], table[from[order[i]] * d + c], sum);
      }
      sums[out + c] = sum;
    }
  }
}
