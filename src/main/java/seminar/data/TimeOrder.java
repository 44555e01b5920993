package seminar.data;

import java.lang.foreign.MemorySegment;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The order in time of the events of one history, ties in input order, and how columns are brought
 * into it.
 *
 * <p>Shapes: a history of n events; each column holds one number for each.
 */
final class TimeOrder {
  private final int[] order; // which event of the input comes i-th

  private TimeOrder(int[] order) {
    this.order = order;
  }

  /** The order of events at these times, empty where they are in it already. */
  static Optional<TimeOrder> of(long[] times) {
    if (IntStream.range(1, times.length).allMatch(i -> times[i - 1] <= times[i])) {
      return Optional.empty();
    }
    int[] order =
        IntStream.range(0, times.length)
            .boxed()
            .sorted(Comparator.comparingLong(i -> times[i]))
            .mapToInt(i -> i)
            .toArray();
    return Optional.of(new TimeOrder(order));
  }

  /** Arranges a column of 8-byte numbers. */
  void longs(MemorySegment column) {
    long[] old = column.toArray(Columns.LONG);
    for (int i = 0; i < order.length; i++) {
      column.setAtIndex(Columns.LONG, i, old[order[i]]);
    }
  }

  /** Arranges a column of 4-byte numbers. */
  void ints(MemorySegment column) {
    int[] old = column.toArray(Columns.INT);
    for (int i = 0; i < order.length; i++) {
      column.setAtIndex(Columns.INT, i, old[order[i]]);
    }
  }

  /** Arranges a column of bytes. */
  void bytes(MemorySegment column) {
    byte[] old = column.toArray(Columns.BYTE);
    for (int i = 0; i < order.length; i++) {
      column.setAtIndex(Columns.BYTE, i, old[order[i]]);
    }
  }
}
