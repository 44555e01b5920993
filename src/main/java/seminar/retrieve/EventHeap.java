package seminar.retrieve;

import java.util.Arrays;

/**
 * Events with how near they are, as numbers that are the larger the nearer; <b>of equally near
 * events the earlier is nearer</b>, and not-a-number is farther than all numbers. The least number
 * is on top.
 */
final class EventHeap {
  private long[] keys = new long[64];
  private int size;

  /** An event and how near it is, in one number. */
  static long key(float nearness, int event) {
    float ranked = Float.isNaN(nearness) ? Float.NEGATIVE_INFINITY : nearness + 0f; // -0 is 0
    int bits = Float.floatToRawIntBits(ranked);
    int rising = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    return ((long) rising << 32) | (~event & 0xFFFFFFFFL);
  }

  static int event(long key) {
    return ~(int) key;
  }

  static float nearness(long key) {
    int rising = (int) (key >> 32);
    return Float.intBitsToFloat(rising ^ ((rising >> 31) & Integer.MAX_VALUE));
  }

  /** Sorts the first keys, the nearest first. */
  static void sortNearestFirst(long[] keys, int count) {
    Arrays.sort(keys, 0, count);
    for (int i = 0, j = count - 1; i < j; i++, j--) {
      long kept = keys[i];
      keys[i] = keys[j];
      keys[j] = kept;
    }
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** The number at a place of the heap, in no order. */
  long get(int place) {
    return keys[place];
  }

  long least() {
    return keys[0];
  }

  void add(long key) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
    }
    int at = size++;
    while (at > 0 && key < keys[(at - 1) >> 1]) {
      keys[at] = keys[(at - 1) >> 1];
      at = (at - 1) >> 1;
    }
    keys[at] = key;
  }

  /** Takes the least away. */
  long take() {
    long least = keys[0];
    long last = keys[--size];
    if (size > 0) {
      sink(last);
    }
    return least;
  }

  void replaceLeast(long key) {
    sink(key);
  }

  /** Puts a number in place of the least. */
  private void sink(long key) {
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && keys[child + 1] < keys[child]) {
        child++;
      }
      if (keys[child] >= key) {
        break;
      }
      keys[at] = keys[child];
      at = child;
    }
    keys[at] = key;
  }
}
