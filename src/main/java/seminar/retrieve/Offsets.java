package seminar.retrieve;

import java.util.Arrays;
import seminar.math.Checks;

/**
 * What is added to the scores of events by their position, the same on ranges of neighbours: the
 * recency bias of a head, for instance, which is constant on ranges of distance. Events behind the
 * last end get 0.
 *
 * <p>The sum is that of floats, {@code score + value}, as an attention adds its bias to the scores
 * of all events. Immutable: arrays are copied on their way in and out.
 *
 * @param ends the event behind the last of each range, rising; the first range begins at event 0
 * @param values what the events of each range get
 */
public record Offsets(int[] ends, float[] values) {
  /** Nothing for all. */
  public static final Offsets NONE = new Offsets(new int[0], new float[0]);

  /**
   * Checks and copies.
   *
   * @throws IllegalArgumentException if there are not as many values as ends, ends do not rise from
   *     1 on, or a value is not finite
   */
  public Offsets {
    Checks.sameLength("list of ends", ends.length, "list of offsets", values.length);
    ends = ends.clone();
    values = values.clone();
    for (int i = 0; i < ends.length; i++) {
      int before = i == 0 ? 0 : ends[i - 1];
      if (ends[i] <= before) {
        throw new IllegalArgumentException(
            "end %d of offsets is %d after %d: ends must rise".formatted(i, ends[i], before));
      }
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "offset of range %d is %s: it must be finite".formatted(i, values[i]));
      }
    }
  }

  @Override
  public int[] ends() {
    return ends.clone();
  }

  @Override
  public float[] values() {
    return values.clone();
  }

  /** Whether nothing is added to any score. */
  public boolean isNone() {
    return ends.length == 0;
  }

  /** What is added to the score of an event. */
  public float at(int event) {
    int range = range(event);
    return range < ends.length ? values[range] : 0;
  }

  /**
   * The largest that is added to one of the events {@code [from, to)}; minus infinity without
   * events.
   */
  public float largest(int from, int to) {
    return largest(from, to, range(from));
  }

  private float largest(int from, int to, int range) {
    float largest = Float.NEGATIVE_INFINITY;
    int at = from;
    for (int i = range; i < ends.length && at < to; i++) {
      largest = Math.max(largest, values[i]);
      at = ends[i];
    }
    return at < to ? Math.max(largest, 0) : largest;
  }

  /** The number of the range that an event is in; how many there are if it is behind the last. */
  private int range(int event) {
    int found = Arrays.binarySearch(ends, event);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** Goes through the ranges once, for events that rise. */
  static final class Walk {
    private Offsets offsets = NONE;
    private int range;

    /** Starts again. */
    void reset(Offsets offsets) {
      this.offsets = offsets;
      this.range = 0;
    }

    /** Adds to the scores {@code block[0, count)} of the events from {@code first} on. */
    void add(float[] block, int count, int first) {
      for (int i = 0; i < count && isWithin(first + i); ) {
        int end = Math.min(count, offsets.ends[range] - first);
        float value = offsets.values[range];
        for (; i < end; i++) {
          block[i] += value;
        }
      }
    }

    /** What is added to the score of an event. */
    float at(int event) {
      return isWithin(event) ? offsets.values[range] : 0;
    }

    /** The largest that is added to one of so many events from {@code first} on. */
    float largest(int first, int count) {
      isWithin(first);
      return offsets.largest(first, first + count, range);
    }

    /** Goes on to the range of an event; false behind the last. */
    private boolean isWithin(int event) {
      while (range < offsets.ends.length && offsets.ends[range] <= event) {
        range++;
      }
      return range < offsets.ends.length;
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Offsets that
        && Arrays.equals(ends, that.ends)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(ends) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Offsets" + Arrays.toString(ends) + " " + Arrays.toString(values);
  }
}
