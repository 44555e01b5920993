package seminar.world;

import java.util.Arrays;

/** The items that a user has seen: numbers of 1 or more in a table with open addressing. */
final class SeenItems {
  private int[] table = new int[256];
  private int size;

  void clear() {
    Arrays.fill(table, 0);
    size = 0;
  }

  boolean contains(int item) {
    return table[slot(item)] == item;
  }

  void add(int item) {
    int slot = slot(item);
    if (table[slot] == 0) {
      table[slot] = item;
      size++;
      if (2 * size > table.length) {
        grow();
      }
    }
  }

  /** Where the item is, or would be; 0 marks a free place. */
  private int slot(int item) {
    int mask = table.length - 1;
    int product = item * 0x9E3779B9;
    int slot = (product ^ product >>> 16) & mask;
    while (table[slot] != 0 && table[slot] != item) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    int[] old = table;
    table = new int[2 * old.length];
    for (int item : old) {
      if (item != 0) {
        table[slot(item)] = item;
      }
    }
  }
}
