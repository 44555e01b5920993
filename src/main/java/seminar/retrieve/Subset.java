package seminar.retrieve;

import java.util.BitSet;
import java.util.function.IntPredicate;
import seminar.math.Checks;

/**
 * Which events of a history compete in a search, and what is added to their scores: a window of
 * time, those of a kind, or those that are still there, perhaps with a bias for recent ones.
 *
 * @param from the first event that may be among them
 * @param to the event behind the last
 * @param kept which of these are; asked for few events, but it must be quick
 * @param offsets what is added to the scores of events, by their numbers in the history
 */
public record Subset(int from, int to, IntPredicate kept, Offsets offsets) {
  private static final IntPredicate EVERY = event -> true;
  private static final Subset ALL = window(0, Integer.MAX_VALUE);

  /** Checks the order. */
  public Subset {
    Checks.atLeast(0, "from", from);
    Checks.atLeast(from, "to", to);
  }

  /** By their scores alone. */
  public Subset(int from, int to, IntPredicate kept) {
    this(from, to, kept, Offsets.NONE);
  }

  /** All events. */
  public static Subset all() {
    return ALL;
  }

  /**
   * The events {@code [from, to)}; histories are in the order of time, so this is a window of it.
   *
   * @throws IllegalArgumentException if {@code from} is negative or above {@code to}
   */
  public static Subset window(int from, int to) {
    return new Subset(from, to, EVERY);
  }

  /** Those whose bits are set; to be left alone while it is used. */
  public static Subset of(BitSet events) {
    int first = Math.max(0, events.nextSetBit(0));
    return new Subset(first, Math.max(first, events.length()), events::get);
  }

  /**
   * The same events, with something added to their scores: they compete, and are found, by {@code
   * score + offset}.
   *
   * @throws IllegalArgumentException if something is added already
   */
  public Subset plus(Offsets offsets) {
    if (!this.offsets.isNone()) {
      throw new IllegalArgumentException(
          "scores have the offsets %s already: add %s to a subset without"
              .formatted(this.offsets, offsets));
    }
    return new Subset(from, to, kept, offsets);
  }

  /** Whether all of so many events from {@code first} on are among them, as far as is known. */
  boolean containsAll(int first, int count) {
    return kept == EVERY && first >= from && first + count <= to;
  }

  /** Whether an event is among them. */
  public boolean contains(int event) {
    return event >= from && event < to && kept.test(event);
  }
}
