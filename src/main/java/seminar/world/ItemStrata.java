package seminar.world;

import java.util.SplittableRandom;

/**
 * The items of a world in order of intent, warmth and brand. A stratum holds the items that agree
 * in all three; within it an item is drawn by its weight, in logarithmic time.
 *
 * <p>Stratum {@code (2 · intent + cold) · brands + brand}; the strata of an intent stand side by
 * side.
 */
final class ItemStrata {
  private final ItemTable table;
  private final int brands;
  private final int[] starts; // [strata + 1]
  private final int[] items; // [items], by stratum, rising within it
  private final double[] upTo; // [items], running sum of the weights of an intent

  /**
   * @param brands how many share an intent
   */
  ItemStrata(ItemTable table, int intents, int brands) {
    this.table = table;
    this.brands = brands;
    this.starts = new int[intents * 2 * brands + 1];
    this.items = new int[table.items()];
    this.upTo = new double[table.items()];
    for (int item = 1; item <= items.length; item++) {
      starts[of(item) + 1]++;
    }
    for (int stratum = 0; stratum < count(); stratum++) {
      starts[stratum + 1] += starts[stratum];
    }
    int[] next = starts.clone();
    for (int item = 1; item <= items.length; item++) {
      items[next[of(item)]++] = item;
    }
    for (int intent = 0; intent < intents; intent++) {
      double sum = 0;
      for (int at = starts[first(intent)]; at < starts[first(intent + 1)]; at++) {
        sum += table.weights()[items[at]];
        upTo[at] = sum;
      }
    }
  }

  /** How many brands share an intent. */
  int brands() {
    return brands;
  }

  /** How many strata there are. */
  int count() {
    return starts.length - 1;
  }

  /** The first stratum of an intent. */
  int first(int intent) {
    return intent * 2 * brands;
  }

  /** The first stratum of the warm or the cold items of an intent. */
  int first(int intent, boolean cold) {
    return (2 * intent + (cold ? 1 : 0)) * brands;
  }

  /** The stratum of an item. */
  int of(int item) {
    return first(table.intents()[item], table.cold()[item]) + table.brands()[item];
  }

  double weight(int item) {
    return table.weights()[item];
  }

  int intent(int item) {
    return table.intents()[item];
  }

  boolean cold(int item) {
    return table.cold()[item];
  }

  int brand(int item) {
    return table.brands()[item];
  }

  /** How many items lie in the strata {@code [from, to)}. */
  int size(int from, int to) {
    return starts[to] - starts[from];
  }

  /** The item at a place, counted from the first of the stratum. */
  int item(int stratum, int place) {
    return items[starts[stratum] + place];
  }

  /** The weights of all items of a stratum. */
  double mass(int stratum) {
    int end = starts[stratum + 1];
    return end == starts[stratum] ? 0 : upTo[end - 1] - before(stratum);
  }

  private double before(int stratum) {
    boolean first = starts[stratum] == starts[first(stratum / (2 * brands))];
    return first ? 0 : upTo[starts[stratum] - 1];
  }

  /** An item of the strata {@code [from, to)} of one intent, which hold some, by its weight. */
  int draw(SplittableRandom rng, int from, int to) {
    int low = starts[from];
    int high = starts[to] - 1;
    double base = before(from);
    double point = base + rng.nextDouble() * (upTo[high] - base);
    while (low < high) {
      int middle = low + high >>> 1;
      if (upTo[middle] > point) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return items[low];
  }
}
