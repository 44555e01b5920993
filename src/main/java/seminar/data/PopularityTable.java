package seminar.data;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * How often each item occurs in training, and a table that draws items in that proportion at two
 * random numbers each (Walker's alias method in whole numbers, so the proportions are exact).
 *
 * <p>With n items that occur and T occurrences in all, each of n cells holds the mass T; an item
 * has mass n · count. A cell gives its own item up to a threshold and one other item beyond it.
 * Cost: O(events + items) to build, O(1) to draw.
 *
 * <pre>
 * M. D. Vose. "A linear algorithm for generating random numbers with a given distribution". IEEE
 * Transactions on Software Engineering, 1991.</pre>
 */
final class PopularityTable {
  private final int[] counts;
  private final int[] items;
  private final long total;
  private final long[] threshold;
  private final int[] alias;

  private PopularityTable(int[] counts) {
    this.counts = counts;
    int n = 0;
    for (int count : counts) {
      n += count > 0 ? 1 : 0;
    }
    items = new int[n];
    long sum = 0;
    for (int item = 1, at = 0; item < counts.length; item++) {
      if (counts[item] > 0) {
        items[at++] = item;
        sum += counts[item];
      }
    }
    total = sum;
    threshold = new long[n];
    alias = new int[n];
    fill();
  }

  /** Counts the events that training may know: positions {@code [0, trainEnd)} of each history. */
  static PopularityTable of(Histories histories, Split split, int catalog) {
    TrainingClicks clicks = TrainingClicks.of(histories, split, catalog);
    int[] counts = new int[catalog + 1];
    Arrays.setAll(counts, clicks::of);
    return new PopularityTable(counts);
  }

  /** Poor cells are filled up by rich ones, each cell by one. */
  private void fill() {
    int n = items.length;
    int[] stack = new int[n];
    int poor = 0;
    int rich = n;
    for (int i = 0; i < n; i++) {
      threshold[i] = Math.multiplyExact((long) n, counts[items[i]]);
      alias[i] = i;
      if (threshold[i] < total) {
        stack[poor++] = i;
      } else {
        stack[--rich] = i;
      }
    }
    while (poor > 0 && rich < n) {
      int from = stack[--poor];
      int by = stack[rich];
      alias[from] = by;
      threshold[by] -= total - threshold[from];
      if (threshold[by] < total) {
        rich++;
        stack[poor++] = by;
      }
    }
  }

  /** How many items occur. */
  int occurring() {
    return items.length;
  }

  /** The item at an index of those that occur, rising. */
  int item(int index) {
    return items[index];
  }

  /** How often an item occurs. */
  int count(int item) {
    return counts[item];
  }

  /** An item in proportion to how often it occurs. */
  int draw(SplittableRandom rng) {
    int cell = rng.nextInt(items.length);
    return items[rng.nextLong(total) < threshold[cell] ? cell : alias[cell]];
  }
}
