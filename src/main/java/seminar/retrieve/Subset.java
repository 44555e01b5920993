package seminar.retrieve;

import java.util.BitSet;
import java.util.function.IntPredicate;
import seminar.math.Checks;

/**
 * Some events of a history, among which is searched: a window of time, those of a kind, or those
 * that are still there.
 *
 * @param from the first event that may be among them
 * @param to the event behind the last
 * @param kept which of these are; asked for few events, but it must be quick
 */
public record Subset(int from, int to, IntPredicate kept) {
  private static final Subset ALL = window(0, Integer.MAX_VALUE);

  /** Checks the order. */
  public Subset {
    Checks.atLeast(0, "from", from);
    Checks.atLeast(from, "to", to);
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
    return new Subset(from, to, event -> true);
  }

  /** Those whose bits are set; to be left alone while it is used. */
  public static Subset of(BitSet events) {
    int first = Math.max(0, events.nextSetBit(0));
    return new Subset(first, Math.max(first, events.length()), events::get);
  }

  /** Whether an event is among them. */
  public boolean contains(int event) {
    return event >= from && event < to && kept.test(event);
  }

  boolean isAll() {
    return this == ALL;
  }
}
