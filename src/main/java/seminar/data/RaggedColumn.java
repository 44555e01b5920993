package seminar.data;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/** Rows of whole numbers of any length: offsets[rows + 1] into one column. */
final class RaggedColumn {
  private final String name;
  private final MemorySegment offsets;
  private final MemorySegment values;

  private RaggedColumn(String name, MemorySegment offsets, MemorySegment values) {
    this.name = name;
    this.offsets = offsets;
    this.values = values;
  }

  static RaggedColumn of(String name, List<int[]> rows) {
    Builder builder = new Builder();
    rows.forEach(builder::add);
    return builder.build(name);
  }

  static RaggedColumn read(String name, Columns.Source source) {
    return new RaggedColumn(
        name, source.column(name + ".offsets.i64"), source.column(name + ".i32"));
  }

  void write(Columns.Sink sink) {
    sink.column(name + ".offsets.i64", offsets);
    sink.column(name + ".i32", values);
  }

  /** Checks every offset, and that every value lies in {@code [low, high]}. */
  void check(int low, int high) {
    long count = Columns.count(name + ".i32", values, Integer.BYTES);
    Columns.offsets(name + ".offsets.i64", offsets, count);
    Columns.within(name + ".i32", values, low, high);
  }

  int rows() {
    return (int) (offsets.byteSize() / Long.BYTES) - 1;
  }

  int length(int row) {
    Objects.checkIndex(row, rows());
    long from = offsets.getAtIndex(Columns.LONG, row);
    return (int) (offsets.getAtIndex(Columns.LONG, row + 1L) - from);
  }

  int[] get(int row) {
    Objects.checkIndex(row, rows());
    long from = offsets.getAtIndex(Columns.LONG, row);
    long to = offsets.getAtIndex(Columns.LONG, row + 1L);
    int[] copy = new int[Math.toIntExact(to - from)];
    MemorySegment.copy(values, Columns.INT, from * Integer.BYTES, copy, 0, copy.length);
    return copy;
  }

  /** Collects rows. */
  static final class Builder {
    private final Growing offsets = new Growing();
    private final Growing values = new Growing();

    Builder() {
      offsets.add(0L);
    }

    void add(int[] row) {
      values.add(row);
      offsets.add(values.ints());
    }

    /** The values of all rows, one after the other. */
    MemorySegment values() {
      return values.memory();
    }

    RaggedColumn build(String name) {
      return new RaggedColumn(name, offsets.column(), values.column());
    }
  }
}
