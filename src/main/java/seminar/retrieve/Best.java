package seminar.retrieve;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import seminar.math.Lanes;
import seminar.math.TopK;
import seminar.math.TopSet;

/**
 * The K best of scores that arrive block by block, in the order of the events. <b>Tie rule: of
 * equal scores the earlier event is kept</b>, as in {@link TopK}.
 *
 * <p>The K best of the first 8·K scores are kept, and the least of them is a threshold. Later
 * blocks are compared with it, a vector of scores at a time, and only what passes is written down.
 * When the list is full its K best stay, in order, and the threshold rises. For scores in random
 * order little more than K·ln(L/K) are written.
 *
 * <p>What a {@link Subset} adds to scores is added to each block, so what is kept, and what a score
 * is compared with, are sums.
 *
 * <p>Scores must not be not-a-number. Not thread-safe; used again and again without allocation as
 * long as K does not grow.
 */
final class Best {
  private static final VectorSpecies<Float> FLOATS = Lanes.SPECIES;

  private static final int LEAST_ROOM = 64;

  /** Of so many times K scores the K best are found at once; their least is a useful threshold. */
  private static final int START = 8;

  /** Where one of so many events is asked for, all scores are kept until the end. */
  private static final int ALL = 40;

  /**
   * How many scores are looked at before the list is shortened: all blocks but the last have so
   * many.
   */
  private static final int GROUP = 32;

  private float[] scores = new float[0];
  private int[] events = new int[0];
  private int[] chosen = new int[0];
  private float[] spare = new float[0];
  private int k;
  private int capacity;
  private int start;
  private int size;
  private float threshold;
  private Subset among = Subset.all();
  private final Offsets.Walk offsets = new Offsets.Walk();

  /** Forgets everything; the next blocks are searched for their {@code k} best. */
  void reset(int k) {
    reset(k, Subset.all());
  }

  /** As {@link #reset(int)}, among some events only, with what is added to their scores. */
  void reset(int k, Subset among) {
    reset(k, among, Integer.MAX_VALUE);
  }

  /**
   * As {@link #reset(int, Subset)}.
   *
   * @param total of how many events scores will come; where many of them are asked for, all are
   *     kept until the end, which is less work
   */
  void reset(int k, Subset among, int total) {
    this.k = k;
    this.among = among;
    offsets.reset(among.offsets());
    this.size = 0;
    this.threshold = Float.NEGATIVE_INFINITY;
    boolean isAll = (long) ALL * k >= total;
    this.start = (int) Math.min(Integer.MAX_VALUE, isAll ? Integer.MAX_VALUE : (long) START * k);
    this.capacity = k + Math.max(LEAST_ROOM, k);
    grow(capacity + GROUP);
    if (chosen.length < k) {
      chosen = new int[k];
    }
  }

  /**
   * From the beginning, only scores of at least this much are kept; K events are known to reach it.
   */
  void raise(float floor) {
    if (floor > Float.NEGATIVE_INFINITY) {
      threshold = Math.nextDown(floor);
      start = 0;
    }
  }

  /** The K-th best score so far; minus infinity where there are fewer. */
  float least() {
    if (size < k) {
      return Float.NEGATIVE_INFINITY;
    }
    if (size > k || threshold == Float.NEGATIVE_INFINITY) {
      shrink();
    }
    return threshold;
  }

  /** Whether all of so many scores are kept until the end. */
  boolean wantsAll(int total) {
    return start >= total;
  }

  /** Whether any score is kept, for there is no threshold yet. */
  boolean wantsAll() {
    return size < start;
  }

  /**
   * What the score of one of so many events must exceed to be kept: the threshold, or less where
   * something is added.
   *
   * @param first no earlier than those of blocks before
   */
  float threshold(int first, int count) {
    if (among.offsets().isNone()) {
      return threshold;
    }
    // rounded down: a sum of floats is above the threshold only if the exact one is
    double exact = Math.nextDown((double) threshold - offsets.largest(first, count));
    float rounded = (float) exact;
    return rounded > exact ? Math.nextDown(rounded) : rounded;
  }

  private void grow(int room) {
    if (scores.length < room) {
      scores = Arrays.copyOf(scores, room);
      events = Arrays.copyOf(events, room);
    }
  }

  /**
   * The scores {@code block[0, count)} of the events from {@code first} on, in rising blocks; what
   * is added to them is in the block afterwards.
   */
  void offer(float[] block, int count, int first) {
    offsets.add(block, count, first);
    if (wantsAll()) {
      addAll(block, count, first);
      return;
    }
    int i = 0;
    for (; i <= count - GROUP; i += GROUP) {
      int better = better(block, i, threshold);
      if (better != 0) {
        for (; better != 0; better &= better - 1) {
          int at = i + Integer.numberOfTrailingZeros(better);
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

  private void addAll(float[] block, int count, int first) {
    grow(size + count + GROUP);
    if (among.containsAll(first, count)) {
      System.arraycopy(block, 0, scores, size, count);
      for (int i = 0; i < count; i++) {
        events[size + i] = first + i;
      }
      size += count;
    } else {
      for (int i = 0; i < count; i++) {
        add(first + i, block[i]);
      }
    }
    if (size >= start) {
      shrink();
      start = 0;
    }
  }

  /** Bit b says whether {@code block[i + b]} is above the bound, for {@link #GROUP} scores. */
  private static int better(float[] block, int i, float bound) {
    FloatVector threshold = FloatVector.broadcast(FLOATS, bound);
    int bits = 0;
    for (int v = 0; v < GROUP; v += FLOATS.length()) {
      FloatVector scores = FloatVector.fromArray(FLOATS, block, i + v);
      bits |= (int) scores.compare(VectorOperators.GT, threshold).toLong() << v;
    }
    return bits;
  }

  private void add(int event, float score) {
    if (among.contains(event)) {
      events[size] = event;
      scores[size++] = score;
    }
  }

  /** There is always room for the scores of one more vector. */
  private void shrinkIfFull() {
    if (size >= capacity) {
      shrink();
    }
  }

  private void shrink() {
    if (spare.length < size / 4) {
      spare = new float[size / 4];
    }
    TopSet.choose(scores, size, chosen, k, spare);
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

  /** Adds to other scores of the events after {@link #settle} what was added to theirs. */
  void addOffsets(float[] others) {
    offsets.reset(among.offsets());
    for (int i = 0; i < size && !among.offsets().isNone(); i++) {
      others[i] += offsets.at(events[i]);
    }
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
