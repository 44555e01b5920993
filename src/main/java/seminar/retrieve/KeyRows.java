package seminar.retrieve;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import seminar.file.SectionFile;
import seminar.math.Capacity;

/**
 * Keys [L, d] outside of the heap, in a mapped file or in memory with room for more, as
 * little-endian floats.
 *
 * <p>Keys to which others were added share their memory with those they grew from, which read none
 * of the rows behind their own: adding one after the other copies each a few times in all.
 */
final class KeyRows {
  /** What native code likes best. */
  private static final int ALIGNMENT = 64;

  private final MemorySegment room; // [L or more, d]
  private final int rows;
  private final int dims;
  private final AtomicInteger taken; // rows of the memory that some keys have

  private KeyRows(MemorySegment room, int rows, int dims, AtomicInteger taken) {
    this.room = room;
    this.rows = rows;
    this.dims = dims;
    this.taken = taken;
  }

  /** A copy of keys [L, d]. */
  static KeyRows of(float[] keys, int dims) {
    return with(MemorySegment.ofArray(new byte[0]), keys, 0, keys.length / dims, dims);
  }

  /** Keys in a mapped file [L, d], of whole rows. */
  static KeyRows mapped(MemorySegment keys, int dims) {
    int rows = Math.toIntExact(keys.byteSize() / 4 / dims);
    return new KeyRows(keys, rows, dims, new AtomicInteger(rows));
  }

  private static KeyRows with(MemorySegment first, float[] later, int rows, int room, int dims) {
    MemorySegment all = Arena.ofAuto().allocate(4L * room * dims, ALIGNMENT);
    MemorySegment.copy(first, 0, all, 0, 4L * rows * dims);
    int count = rows + later.length / dims;
    MemorySegment.copy(later, 0, all, SectionFile.FLOAT, 4L * rows * dims, later.length);
    return new KeyRows(all, count, dims, new AtomicInteger(count));
  }

  /** These keys and others [n, d]. */
  KeyRows plus(float[] later) {
    if (later.length == 0) {
      return this;
    }
    int all = Math.addExact(rows, later.length / dims);
    if (4L * all * dims <= room.byteSize() && taken.compareAndSet(rows, all)) {
      MemorySegment.copy(later, 0, room, SectionFile.FLOAT, 4L * rows * dims, later.length);
      return new KeyRows(room, all, dims, taken);
    }
    return with(room, later, rows, Capacity.of(all, 1), dims);
  }

  int rows() {
    return rows;
  }

  /** The memory of these keys, [L, d] little-endian floats, to be read only. */
  MemorySegment segment() {
    return room.asSlice(0, 4L * rows * dims).asReadOnly();
  }
}
