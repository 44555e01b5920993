package seminar.compute;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Lanes;

/**
 * Scores of requests that have only a few queries each, {@code R Kᵀ}.
 *
 * <p>A general product packs its operands first, which costs more than the product where each key
 * meets only a few queries. Here the queries are turned over, so that each has a lane, and every
 * number of a key meets all of them in one instruction; nothing is packed and no lanes are added.
 *
 * <p>Neighbouring requests of a history that see nearly the same events are scored together, as far
 * as two vectors have lanes for their queries: the keys are then read once for all of them. Each
 * score is the same sum in the same order as alone.
 *
 * <p>The scores lie in memory of the thread that is used again: 2 lanes · n floats.
 */
final class FewQueries {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final ThreadLocal<float[]> ROOM = ThreadLocal.withInitial(() -> new float[0]);

  /** The most queries of a request. */
  static final int MOST = LANES;

  /** Keys whose scores are under way at once, before they are turned back. */
  private static final int TILE = 64;

  /** How many more scores than those asked for are worth reading the keys once. */
  private static final double SPARE = 1.25;

  private final AttentionInput input;
  private final int toGroup;
  private final int d;
  private final MemorySegment keys;
  private final MemorySegment queries;
  private final float[] turned;
  private final float[] tile = new float[TILE * 2 * LANES];
  private int width;
  private int first;
  private int end; // groups [first, end) are scored
  private int from;
  private int to; // with the keys [from, to)
  private float[] products = new float[0]; // [rows, to − from]

  /** For the groups before {@code toGroup}, in their order. */
  FewQueries(AttentionInput input, int toGroup) {
    this.input = input;
    this.toGroup = toGroup;
    d = input.dims();
    keys = input.search().keys().segment();
    queries = input.search().folded().segment();
    turned = new float[d * 2 * LANES];
  }

  /** Whether a group has few queries. */
  boolean takes(int g) {
    return rows(g, g + 1) <= MOST;
  }

  private int rows(int a, int b) {
    return input.rowOf(b) - input.rowOf(a);
  }

  /** The scores, without bias, of a row of group g with the events that it sees. */
  void scores(int g, int row, float[] scores) {
    if (g < first || g >= end) {
      join(g);
      multiply();
    }
    int place = row - input.rowOf(first);
    int at = place * (to - from) + input.groups().keyFrom()[g] - from;
    System.arraycopy(products, at, scores, 0, input.groups().events(g));
  }

  /** Takes group g and those after it that are worth scoring with it. */
  private void join(int g) {
    Groups groups = input.groups();
    first = g;
    end = g + 1;
    from = groups.keyFrom()[g];
    to = groups.keyTo()[g];
    long asked = (long) rows(g, end) * groups.events(g);
    for (int next = end; next < toGroup && takes(next); next++) {
      int union = rows(g, next + 1);
      int low = Math.min(from, groups.keyFrom()[next]);
      int high = Math.max(to, groups.keyTo()[next]);
      asked += (long) rows(next, next + 1) * groups.events(next);
      if (union > 2 * LANES || (double) union * (high - low) > SPARE * asked) {
        return;
      }
      from = low;
      to = high;
      end = next + 1;
    }
  }

  private void multiply() {
    int rows = rows(first, end);
    int n = to - from;
    width = rows <= LANES ? LANES : 2 * LANES;
    products = room(Math.multiplyExact(rows, n));
    turn((long) input.rowOf(first) * d, rows);
    for (int start = 0; start < n; start += TILE) {
      int count = Math.min(TILE, n - start);
      tile(from + start, count);
      for (int q = 0; q < rows; q++) {
        for (int l = 0, at = q * n + start; l < count; l++) {
          products[at + l] = tile[l * width + q];
        }
      }
    }
  }

  private static float[] room(int size) {
    float[] held = ROOM.get();
    if (held.length < size) {
      held = new float[size + size / 4];
      ROOM.set(held);
    }
    return held;
  }

  private void turn(long at, int count) {
    Arrays.fill(turned, 0);
    for (int q = 0; q < count; q++) {
      for (int c = 0; c < d; c++) {
        turned[c * width + q] = RowKernels.get(queries, at + (long) q * d + c);
      }
    }
  }

  /** Products of all queries and {@code count} keys. */
  private void tile(int key, int count) {
    int atOnce = width == LANES ? 8 : 4;
    int l = 0;
    for (; l <= count - atOnce; l += atOnce) {
      if (width == LANES) {
        eight((long) (key + l) * d, l * width);
      } else {
        four((long) (key + l) * d, l * width);
      }
    }
    for (; l < count; l++) {
      for (int lane = 0; lane < width; lane += LANES) {
        one((long) (key + l) * d, l * width, lane);
      }
    }
  }

  /** Eight keys and one vector of queries: as many sums hide how long one addition takes. */
  private void eight(long at, int out) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector s4 = s0;
    FloatVector s5 = s0;
    FloatVector s6 = s0;
    FloatVector s7 = s0;
    for (int c = 0; c < d; c++) {
      FloatVector query = FloatVector.fromArray(SPECIES, turned, c * LANES);
      s0 = query.fma(number(at + c), s0);
      s1 = query.fma(number(at + d + c), s1);
      s2 = query.fma(number(at + 2L * d + c), s2);
      s3 = query.fma(number(at + 3L * d + c), s3);
      s4 = query.fma(number(at + 4L * d + c), s4);
      s5 = query.fma(number(at + 5L * d + c), s5);
      s6 = query.fma(number(at + 6L * d + c), s6);
      s7 = query.fma(number(at + 7L * d + c), s7);
    }
    s0.intoArray(tile, out);
    s1.intoArray(tile, out + LANES);
    s2.intoArray(tile, out + 2 * LANES);
    s3.intoArray(tile, out + 3 * LANES);
    s4.intoArray(tile, out + 4 * LANES);
    s5.intoArray(tile, out + 5 * LANES);
    s6.intoArray(tile, out + 6 * LANES);
    s7.intoArray(tile, out + 7 * LANES);
  }

  /** Four keys and two vectors of queries. */
  private void four(long at, int out) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    FloatVector t0 = s0;
    FloatVector t1 = s0;
    FloatVector t2 = s0;
    FloatVector t3 = s0;
    for (int c = 0; c < d; c++) {
      FloatVector a = FloatVector.fromArray(SPECIES, turned, 2 * c * LANES);
      FloatVector b = FloatVector.fromArray(SPECIES, turned, (2 * c + 1) * LANES);
      FloatVector k0 = number(at + c);
      FloatVector k1 = number(at + d + c);
      FloatVector k2 = number(at + 2L * d + c);
      FloatVector k3 = number(at + 3L * d + c);
      s0 = a.fma(k0, s0);
      t0 = b.fma(k0, t0);
      s1 = a.fma(k1, s1);
      t1 = b.fma(k1, t1);
      s2 = a.fma(k2, s2);
      t2 = b.fma(k2, t2);
      s3 = a.fma(k3, s3);
      t3 = b.fma(k3, t3);
    }
    s0.intoArray(tile, out);
    t0.intoArray(tile, out + LANES);
    s1.intoArray(tile, out + 2 * LANES);
    t1.intoArray(tile, out + 3 * LANES);
    s2.intoArray(tile, out + 4 * LANES);
    t2.intoArray(tile, out + 5 * LANES);
    s3.intoArray(tile, out + 6 * LANES);
    t3.intoArray(tile, out + 7 * LANES);
  }

  private void one(long at, int out, int lane) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int c = 0; c < d; c++) {
      sum = FloatVector.fromArray(SPECIES, turned, c * width + lane).fma(number(at + c), sum);
    }
    sum.intoArray(tile, out + lane);
  }

  private FloatVector number(long at) {
    return FloatVector.broadcast(SPECIES, RowKernels.get(keys, at));
  }
}
