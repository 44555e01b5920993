package seminar.data;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Columns of little-endian numbers, in memory or mapped from a file. */
final class Columns {
  static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Gives each column of a part of the corpus the name of its file. */
  @FunctionalInterface
  interface Sink {
    void column(String name, MemorySegment values);
  }

  /** Finds the column of that name. */
  @FunctionalInterface
  interface Source {
    MemorySegment column(String name);
  }

  private Columns() {}

  /** How many numbers of {@code width} bytes the column holds. */
  static long count(String name, MemorySegment column, int width) {
    if (column.byteSize() % width != 0) {
      throw new IllegalArgumentException(
          "column %s has %d bytes: not a whole number of %d-byte values"
              .formatted(name, column.byteSize(), width));
    }
    return column.byteSize() / width;
  }

  /** A column that must hold {@code expected} numbers. */
  static MemorySegment sized(String name, MemorySegment column, int width, long expected) {
    long count = count(name, column, width);
    if (count != expected) {
      throw new IllegalArgumentException(
          "column %s holds %d values: %d were expected".formatted(name, count, expected));
    }
    return column;
  }

  /** Offsets of ragged rows: from 0, never falling, ending at {@code values}. */
  static MemorySegment offsets(String name, MemorySegment column, long values) {
    long count = count(name, column, Long.BYTES);
    if (count == 0 || count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("column %s holds %d offsets".formatted(name, count));
    }
    long previous = 0;
    for (long i = 0; i < count; i++) {
      long offset = column.getAtIndex(LONG, i);
      if (offset < previous || (i == 0 && offset != 0)) {
        throw new IllegalArgumentException(
            "column %s: offset %d is %d after %d".formatted(name, i, offset, previous));
      }
      previous = offset;
    }
    if (previous != values) {
      throw new IllegalArgumentException(
          "column %s ends at %d: its values are %d".formatted(name, previous, values));
    }
    return column;
  }

  /** Checks that every number lies in {@code [low, high]}. */
  static MemorySegment within(String name, MemorySegment column, int low, int high) {
    long count = count(name, column, Integer.BYTES);
    for (long i = 0; i < count; i++) {
      int value = column.getAtIndex(INT, i);
      if (value < low || value > high) {
        throw new IllegalArgumentException(
            "column %s: value %d is %d, outside %d..%d".formatted(name, i, value, low, high));
      }
    }
    return column;
  }
}
