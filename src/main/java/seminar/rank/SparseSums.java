package seminar.rank;

import java.util.Arrays;

/** Sums of positive numbers for a few of many items; clearing costs what adding did. */
final class SparseSums {
  private final float[] sums;
  private final int[] touched;
  private int size;

  SparseSums(int items) {
    sums = new float[items + 1];
    touched = new int[items + 1];
  }

  /** Adds a number of at least 0; one so small that it is 0 does not touch the item. */
  void add(int item, float value) {
    if (value == 0) {
      return;
    }
    if (sums[item] == 0) {
      touched[size++] = item;
    }
    sums[item] += value;
  }

  float of(int item) {
    return sums[item];
  }

  /** The items that were added to, rising. */
  int[] items() {
    int[] items = Arrays.copyOf(touched, size);
    Arrays.sort(items);
    return items;
  }

  void clear() {
    for (int i = 0; i < size; i++) {
      sums[touched[i]] = 0;
    }
    size = 0;
  }
}
