package seminar.loss;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import seminar.compute.Ragged;
import seminar.math.Checks;

/**
 * Queries, the items that they led to, and other items: n positions, rows of a matrix of queries
 * and of a matrix of items.
 *
 * @param queryRows query of each position [n]; negative for the empty query, which is left out
 * @param itemRows item of each position [n]
 * @param negatives for each position the rows of other items
 * @param repeats whether an item may be among its own negatives, as in the released code
 */
public record RelevancePairs(int[] queryRows, int[] itemRows, Ragged negatives, boolean repeats) {
  /** Checks that the lists belong together and, unless repeats may be, no item is its negative. */
  public RelevancePairs {
    Checks.sameLength("queryRows", queryRows.length, "itemRows", itemRows.length);
    Checks.sameLength("queryRows", queryRows.length, "negatives", negatives.size());
    for (int i = 0; i < itemRows.length && !repeats; i++) {
      for (int at = negatives.offsets()[i]; at < negatives.offsets()[i + 1]; at++) {
        if (negatives.ids()[at] == itemRows[i]) {
          throw new IllegalArgumentException(
              "item %d of position %d is among its own negatives".formatted(itemRows[i], i));
        }
      }
    }
  }

  /** No item may be its own negative. */
  public RelevancePairs(int[] queryRows, int[] itemRows, Ragged negatives) {
    this(queryRows, itemRows, negatives, false);
  }

  /** Items may be among their own negatives (released code; L6). */
  public static RelevancePairs withRepeats(int[] queryRows, int[] itemRows, Ragged negatives) {
    return new RelevancePairs(queryRows, itemRows, negatives, true);
  }

  /**
   * Draws {@code count} other items for each position with a real query, uniformly and with
   * repetition; none where there is no other item.
   *
   * @param itemCount how many rows of items there are; a row is another item than any other row
   * @throws IllegalArgumentException if {@code count < 1}
   */
  public static RelevancePairs draw(
      int[] queryRows, int[] itemRows, int itemCount, int count, SplittableRandom rng) {
    Checks.atLeast(1, "negatives of a query", count);
    int[] offsets = new int[queryRows.length + 1];
    for (int i = 0; i < queryRows.length; i++) {
      offsets[i + 1] = offsets[i] + (queryRows[i] < 0 || itemCount < 2 ? 0 : count);
    }
    int[] ids = new int[offsets[queryRows.length]];
    for (int i = 0; i < queryRows.length; i++) {
      for (int at = offsets[i]; at < offsets[i + 1]; at++) {
        int row = rng.nextInt(itemCount - 1);
        ids[at] = row < itemRows[i] ? row : row + 1;
      }
    }
    return new RelevancePairs(queryRows, itemRows, new Ragged(offsets, ids));
  }

  /**
   * Draws other items that a query leads to at no position, each of them once: an item that the
   * same query has found elsewhere is no mismatched pair. Fewer than {@code count} where there are
   * no more.
   *
   * @param itemCount how many rows of items there are
   * @throws IllegalArgumentException if {@code count < 1}
   */
  public static RelevancePairs drawUnrelated(
      int[] queryRows, int[] itemRows, int itemCount, int count, SplittableRandom rng) {
    Checks.atLeast(1, "negatives of a query", count);
    Map<Integer, BitSet> related = new HashMap<>();
    for (int i = 0; i < queryRows.length; i++) {
      related.computeIfAbsent(queryRows[i], query -> new BitSet(itemCount)).set(itemRows[i]);
    }
    int[] offsets = new int[queryRows.length + 1];
    int[] ids = new int[queryRows.length * count];
    for (int i = 0; i < queryRows.length; i++) {
      BitSet taken = (BitSet) related.get(queryRows[i]).clone();
      int free = queryRows[i] < 0 ? 0 : itemCount - taken.cardinality();
      offsets[i + 1] = offsets[i];
      while (offsets[i + 1] - offsets[i] < Math.min(count, free)) {
        int item = rng.nextInt(itemCount);
        if (!taken.get(item)) {
          taken.set(item);
          ids[offsets[i + 1]++] = item;
        }
      }
    }
    int[] used = Arrays.copyOf(ids, offsets[queryRows.length]);
    return new RelevancePairs(queryRows, itemRows, new Ragged(offsets, used));
  }
}
