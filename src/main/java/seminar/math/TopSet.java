package seminar.math;

/**
 * The K largest of a list of scores as a set, in the order of their indices. <b>Tie rule: of equal
 * scores the lower index is kept</b>, as in {@link TopK}.
 *
 * <p>Where a quarter of all candidates is kept, as in attention, putting them in order costs more
 * than finding them. Here a score and its index become one 64-bit key, quickselect finds the K-th
 * largest key, and a scan collects what is not smaller.
 *
 * <p>Cost: O(n) expected, no allocation after the first use of a size. Thread safety: none; the
 * scratch belongs to the caller, one object for each thread.
 */
public final class TopSet {
  private long[] keys = new long[64];

  /**
   * Finds the {@code size} largest of {@code scores[0, n)}.
   *
   * @param chosen receives {@code size} indices, rising
   * @param size how many to keep; at most {@code n}
   * @throws IllegalArgumentException if a score is not a number
   */
  public void choose(float[] scores, int n, int[] chosen, int size) {
    if (size == n) {
      for (int i = 0; i < n; i++) {
        chosen[i] = i;
      }
      return;
    }
    if (keys.length < n) {
      keys = new long[Math.max(n, 2 * keys.length)];
    }
    for (int i = 0; i < n; i++) {
      keys[i] = key(scores[i], i);
    }
    long smallest = size == 0 ? Long.MAX_VALUE : largest(n, size);
    int at = 0;
    for (int i = 0; at < size; i++) {
      if (key(scores[i], i) >= smallest) {
        chosen[at++] = i;
      }
    }
  }

  /** Larger for larger scores, and of equal scores for the lower index; no two are equal. */
  private static long key(float score, int index) {
    if (Float.isNaN(score)) {
      throw new IllegalArgumentException(
          "score %d is not a number: it has no rank".formatted(index));
    }
    int bits = Float.floatToRawIntBits(score + 0f); // −0 becomes 0
    int ordered = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    return ((long) ordered << 32) | (Integer.MAX_VALUE - index);
  }

  /** The {@code rank}-th largest of the first n keys, by quickselect; the keys are reordered. */
  private long largest(int n, int rank) {
    int from = 0;
    int to = n - 1;
    int wanted = rank - 1;
    while (from < to) {
      long pivot = medianOfThree(keys[from], keys[(from + to) >>> 1], keys[to]);
      int i = from;
      int j = to;
      while (i <= j) {
        while (keys[i] > pivot) {
          i++;
        }
        while (keys[j] < pivot) {
          j--;
        }
        if (i <= j) {
          long key = keys[i];
          keys[i++] = keys[j];
          keys[j--] = key;
        }
      }
      if (wanted <= j) {
        to = j;
      } else if (wanted >= i) {
        from = i;
      } else {
        return keys[wanted];
      }
    }
    return keys[wanted];
  }

  private static long medianOfThree(long a, long b, long c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
