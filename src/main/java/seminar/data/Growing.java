package seminar.data;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A column that grows at its end: little-endian numbers outside the heap, more than 2 GB of them if
 * need be.
 */
final class Growing {
  private static final long SMALLEST = 256;

  private MemorySegment memory = Arena.ofAuto().allocate(SMALLEST, Long.BYTES);
  private long bytes;

  void add(byte value) {
    long at = reserve(Byte.BYTES);
    memory.set(Columns.BYTE, at, value);
  }

  void add(int value) {
    long at = reserve(Integer.BYTES);
    memory.set(Columns.INT, at, value);
  }

  void add(long value) {
    long at = reserve(Long.BYTES);
    memory.set(Columns.LONG, at, value);
  }

  void add(byte[] values) {
    long at = reserve(values.length);
    MemorySegment.copy(values, 0, memory, Columns.BYTE, at, values.length);
  }

  void add(int[] values) {
    long at = reserve((long) Integer.BYTES * values.length);
    MemorySegment.copy(values, 0, memory, Columns.INT, at, values.length);
  }

  private long reserve(long more) {
    long at = bytes;
    if (at + more > memory.byteSize()) {
      long grown = Math.max(at + more, memory.byteSize() / 2 * 3) + 7 & ~7L;
      MemorySegment larger = Arena.ofAuto().allocate(grown, Long.BYTES);
      MemorySegment.copy(memory, 0, larger, 0, at);
      memory = larger;
    }
    bytes += more;
    return at;
  }

  /** How many bytes were added. */
  long bytes() {
    return bytes;
  }

  /** How many numbers of 4 bytes were added. */
  long ints() {
    return bytes / Integer.BYTES;
  }

  /** What was added so far, for reading and writing; later additions do not change it. */
  MemorySegment memory() {
    return memory.asSlice(0, bytes);
  }

  /** What was added so far, for reading; later additions do not change it. */
  MemorySegment column() {
    return memory().asReadOnly();
  }
}
