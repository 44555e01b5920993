package seminar.math;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The K largest of a list of scores as a set, in the order of their indices. <b>Tie rule: of equal
 * scores the lower index is kept</b>, as in {@link TopK}; {@code -0.0} and {@code 0.0} are equal.
 *
 * <p>Where a quarter of all candidates is kept, as in attention, putting them in order costs more
 * than finding them. A threshold is enough: it is bisected between the smallest and the largest
 * score, and what counts the scores at or above it is a few vector instructions for each eight or
 * sixteen of them. Bisection ends as soon as K scores are above the threshold, after about nine
 * steps for 256 distinct scores; where equal scores make that impossible it ends at their value.
 * After {@value #BY_VALUE} halvings of the values the floats between them are halved instead, so
 * one far-off score costs no more than 32 steps more.
 *
 * <p>Once few scores are left above the lower bound, the steps that follow look at copies of these
 * alone, where there is room for them: of 10,000 scores most are passed three times instead of
 * fifteen.
 *
 * <p>Of many scores a sample says where bisection begins: a little below the score that is looked
 * for, as far as the sample knows, so that few are left after the first step, also where a few
 * far-off scores or a bias by position make halves of the range useless.
 *
 * <p>Cost: O(n) for each step; next to nothing is allocated. Thread safety: no state.
 */
public final class TopSet {
  private static final VectorSpecies<Float> SPECIES = Lanes.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final int BY_VALUE = 14;
  private static final int SAMPLE = 128;
  private static final int MANY = 1024;
  private static final float[] NO_ROOM = new float[0];

  private TopSet() {}

  /**
   * Finds the {@code size} largest of {@code scores[0, n)}.
   *
   * @param chosen receives {@code size} indices, rising
   * @param size how many to keep; at most {@code n}
   * @throws IllegalArgumentException if a score is not a number
   */
  public static void choose(float[] scores, int n, int[] chosen, int size) {
    choose(scores, n, chosen, size, NO_ROOM);
  }

  /**
   * The same, faster where n is large.
   *
   * @param room for a part of the scores, a quarter of n or less; its contents are lost
   */
  public static void choose(float[] scores, int n, int[] chosen, int size, float[] room) {
    FloatVector least = FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);
    FloatVector most = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      FloatVector score = FloatVector.fromArray(SPECIES, scores, i);
      least = least.min(score); // not a number where one is not
      most = most.max(score);
    }
    float low = Lanes.min(least);
    float high = Lanes.max(most);
    for (; i < n; i++) {
      low = Math.min(low, scores[i]);
      high = Math.max(high, scores[i]);
    }
    if (Float.isNaN(low)) {
      throw notANumber(scores, n);
    }
    if (size == n) {
      for (i = 0; i < n; i++) {
        chosen[i] = i;
      }
    } else if (size > 0) {
      chooseAbove(scores, n, chosen, size, low, high, room);
    }
  }

  private static IllegalArgumentException notANumber(float[] scores, int n) {
    int i = 0;
    while (!Float.isNaN(scores[i])) {
      i++;
    }
    return new IllegalArgumentException(
        "score %d of %d is not a number: it has no rank".formatted(i, n));
  }

  /**
   * Invariant: at least {@code size} scores are at or above the float of key {@code low}, fewer at
   * or above that of key {@code high}.
   */
  private static void chooseAbove(
      float[] scores, int n, int[] chosen, int size, float least, float most, float[] room) {
    long low = key(least);
    long high = key(most) + 1;
    int above = 0; // scores at or above high
    float[] left = scores; // those at or above low, and perhaps others
    int leftCount = n;
    boolean isSampled = n >= MANY && size <= n / 8;
    for (int step = isSampled ? -1 : 0; high - low > 1; step++) {
      long middle = key(step < 0 ? below(scores, n, size) : 0.5f * value(low) + 0.5f * value(high));
      if (step >= BY_VALUE || middle <= low || middle >= high) {
        middle = (low + high) >> 1;
      }
      int count = countFrom(left, leftCount, value(middle));
      if (count == size) {
        collect(scores, n, chosen, size, value(middle));
        return;
      }
      if (count > size) {
        low = middle;
        if (count <= leftCount / 4 && count <= room.length) {
          copyFrom(left, leftCount, value(middle), room);
          left = room;
          leftCount = count;
        }
      } else {
        high = middle;
        above = count;
      }
    }
    collectTied(scores, chosen, size, value(low), size - above);
  }

  /** A score of which a sample says that somewhat more than {@code size} are at or above it. */
  private static float below(float[] scores, int n, int size) {
    double expected = (double) size * SAMPLE / n;
    int rank = (int) (expected + 2 * Math.sqrt(expected) + 2); // at most 27
    float[] best = new float[rank]; // falling
    Arrays.fill(best, Float.NEGATIVE_INFINITY);
    for (int s = 0; s < SAMPLE; s++) {
      float score = scores[(int) ((long) s * n / SAMPLE)];
      int place = rank - 1;
      if (score > best[place]) {
        for (; place > 0 && best[place - 1] < score; place--) {
          best[place] = best[place - 1];
        }
        best[place] = score;
      }
    }
    return best[rank - 1];
  }

  /** Floats as whole numbers of the same order; both zeros are 0. */
  private static int key(float score) {
    int bits = Float.floatToRawIntBits(score + 0f);
    return bits < 0 ? Integer.MIN_VALUE - bits : bits;
  }

  private static float value(long key) {
    int bits = (int) key;
    return Float.intBitsToFloat(bits < 0 ? Integer.MIN_VALUE - bits : bits);
  }

  /** How many scores are at or above {@code threshold}. */
  private static int countFrom(float[] scores, int n, float threshold) {
    FloatVector bound = FloatVector.broadcast(SPECIES, threshold);
    int count = 0;
    int i = 0;
    for (; i <= n - LANES; i += LANES) {
      count +=
          FloatVector.fromArray(SPECIES, scores, i).compare(VectorOperators.GE, bound).trueCount();
    }
    for (; i < n; i++) {
      count += scores[i] >= threshold ? 1 : 0;
    }
    return count;
  }

  /** Copies the scores at or above {@code threshold}, perhaps within the same array. */
  private static void copyFrom(float[] scores, int n, float threshold, float[] room) {
    int at = 0;
    for (int i = 0; i < n; i += Long.SIZE) {
      long found = from(scores, i, Math.min(n, i + Long.SIZE), threshold);
      while (found != 0) {
        room[at++] = scores[i + Long.numberOfTrailingZeros(found)];
        found &= found - 1;
      }
    }
  }

  /** The indices of the {@code size} scores at or above {@code threshold}. */
  private static void collect(float[] scores, int n, int[] chosen, int size, float threshold) {
    int at = 0;
    for (int i = 0; at < size; i += Long.SIZE) {
      long found = from(scores, i, Math.min(n, i + Long.SIZE), threshold);
      while (found != 0) {
        chosen[at++] = i + Long.numberOfTrailingZeros(found);
        found &= found - 1;
      }
    }
  }

  /** Bit b says whether {@code scores[start + b]} is at or above {@code threshold}. */
  private static long from(float[] scores, int start, int end, float threshold) {
    long bits = 0;
    int i = start;
    for (; i <= end - LANES; i += LANES) {
      FloatVector score = FloatVector.fromArray(SPECIES, scores, i);
      bits |= score.compare(VectorOperators.GE, threshold).toLong() << (i - start);
    }
    for (; i < end; i++) {
      bits |= (scores[i] >= threshold ? 1L : 0) << (i - start);
    }
    return bits;
  }

  /** The scores above {@code threshold} and the first so many of those that equal it. */
  private static void collectTied(
      float[] scores, int[] chosen, int size, float threshold, int equal) {
    int left = equal;
    int at = 0;
    for (int i = 0; at < size; i++) {
      boolean tie = scores[i] == threshold;
      chosen[at] = i;
      at += scores[i] > threshold || (tie && left > 0) ? 1 : 0;
      left -= tie ? 1 : 0;
    }
  }
}
