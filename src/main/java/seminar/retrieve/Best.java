package seminar.retrieve;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Lanes;
import seminar.math.TopK;
import seminar.math.TopSet;

/**
 * The K best of scores that arrive block by block, in the order of the events. <b>Tie rule: of
 * equal scores the earlier event is kept</b>, as in {@link TopK}.
 *
 * <p>A block is compared with a threshold, eight or sixteen scores at a time, and only what passes
 * is written down. When the list is full its K best stay, in order, and the least of them is the
 * new threshold. For scores in random order about K·(1 + ln(L/K)) are written.
 *
 * <p>Scores must not be not-a-number. Not thread-safe; used again and again without allocation as
 * long as K does not grow.
 */
final class Best {
  private static final VectorSpecies<Float> FLOATS = Lanes.SPECIES;
  private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_PREFERRED;
  private static final int LEAST_CAPACITY = 256;

  private float[] scores = new float[0];
  private int[] events = new int[0];
  private int[] chosen = new int[0];
  private int k;
  private int capacity;
  private int size;
  private float threshold;

  /** Forgets everything; the next blocks are searched for their {@code k} best. */
  void reset(int k) {
    this.k = k;
    this.size = 0;
    this.threshold = Float.NEGATIVE_INFINITY;
    this.capacity = Math.max(LEAST_CAPACITY, 3 * k);
    int room = capacity + Long.SIZE;
    if (scores.length < room) {
      scores = new float[room];
      events = new int[room];
    }
    if (chosen.length < k) {
      chosen = new int[k];
    }
  }

  /** The scores {@code block[0, count)} of the events from {@code first} on. */
  void offer(float[] block, int count, int first) {
    int i = 0;
    for (; i <= count - FLOATS.length(); i += FLOATS.length()) {
      FloatVector score = FloatVector.fromArray(FLOATS, block, i);
      long better = score.compare(VectorOperators.GT, threshold).toLong();
      if (better != 0) {
        for (; better != 0; better &= better - 1) {
          int at = i + Long.numberOfTrailingZeros(better);
          add(first + at, block[at]);
        }
        shrinkIfFull();
      }
    }
    for (; i < count; i++) {
      if (block[i] > threshold) {
        add(first + i, block[i]);
        shrinkIfFull();
      }
    }
  }

  /** The scores {@code block[0, count)}, at least 0, of the events from {@code first} on. */
  void offer(short[] block, int count, int first) {
    short bound = (short) Math.max(-1, threshold);
    int i = 0;
    for (; i <= count - SHORTS.length(); i += SHORTS.length()) {
      ShortVector score = ShortVector.fromArray(SHORTS, block, i);
      long better = score.compare(VectorOperators.GT, bound).toLong();
      if (better != 0) {
        for (; better != 0; better &= better - 1) {
          int at = i + Long.numberOfTrailingZeros(better);
          add(first + at, block[at]);
        }
        shrinkIfFull();
        bound = (short) Math.max(-1, threshold);
      }
    }
    for (; i < count; i++) {
      if (block[i] > threshold) {
        add(first + i, block[i]);
        shrinkIfFull();
      }
    }
  }

  private void add(int event, float score) {
    events[size] = event;
    scores[size++] = score;
  }

  /** There is always room for the scores of one more vector. */
  private void shrinkIfFull() {
    if (size >= capacity) {
      shrink();
    }
  }

  private void shrink() {
    TopSet.choose(scores, size, chosen, k);
    float least = Float.POSITIVE_INFINITY;
    for (int i = 0; i < k; i++) {
      events[i] = events[chosen[i]];
      scores[i] = scores[chosen[i]];
      least = Math.min(least, scores[i]);
    }
    size = k;
    threshold = least;
  }

  /** Leaves the best alone, rising by event: their number, at most K. */
  int settle() {
    if (size > k) {
      shrink();
    }
    return size;
  }

  /** The events after {@link #settle}, rising; to be read only. */
  int[] events() {
    return events;
  }

  /** The best, best first. */
  TopK top() {
    int count = settle();
    int[] order = new int[count];
    float[] kept = new float[count];
    TopK.select(scores, 0, count, order, kept, count);
    for (int i = 0; i < count; i++) {
      order[i] = events[order[i]];
    }
    return new TopK(order, kept);
  }

  @Override
  public String toString() {
    return "Best[k=%d, %s]".formatted(k, Arrays.toString(Arrays.copyOf(events, size)));
  }
}
