package seminar.data;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A column of texts: offsets[size + 1] into UTF-8 bytes. */
final class Strings {
  private final String name;
  private final MemorySegment offsets;
  private final MemorySegment bytes;

  private Strings(String name, MemorySegment offsets, MemorySegment bytes) {
    this.name = name;
    this.offsets = offsets;
    this.bytes = bytes;
  }

  static Strings of(String name, List<String> texts) {
    Builder builder = new Builder();
    texts.forEach(builder::add);
    return builder.build(name);
  }

  static Strings read(String name, Columns.Source source) {
    return new Strings(name, source.column(name + ".offsets.i64"), source.column(name + ".utf8"));
  }

  /** Checks every offset. */
  void check() {
    Columns.offsets(name + ".offsets.i64", offsets, bytes.byteSize());
  }

  void write(Columns.Sink sink) {
    sink.column(name + ".offsets.i64", offsets);
    sink.column(name + ".utf8", bytes);
  }

  int size() {
    return (int) (offsets.byteSize() / Long.BYTES) - 1;
  }

  String get(int index) {
    Objects.checkIndex(index, size());
    return text(bytes, offsets, index);
  }

  private static String text(MemorySegment bytes, MemorySegment offsets, int index) {
    long from = offsets.getAtIndex(Columns.LONG, index);
    long to = offsets.getAtIndex(Columns.LONG, index + 1L);
    byte[] text = bytes.asSlice(from, to - from).toArray(Columns.BYTE);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Collects texts. */
  static final class Builder {
    private final Growing offsets = new Growing();
    private final Growing bytes = new Growing();
    private int size;

    Builder() {
      offsets.add(0L);
    }

    void add(String text) {
      add(text.getBytes(StandardCharsets.UTF_8));
    }

    void add(byte[] utf8) {
      bytes.add(utf8);
      offsets.add(bytes.bytes());
      size = Math.addExact(size, 1);
    }

    int size() {
      return size;
    }

    /** Whether the text at this index has these bytes. */
    boolean equals(int index, byte[] utf8) {
      MemorySegment ends = offsets.memory();
      long from = ends.getAtIndex(Columns.LONG, index);
      long to = ends.getAtIndex(Columns.LONG, index + 1L);
      return to - from == utf8.length
          && MemorySegment.mismatch(
                  bytes.memory(), from, to, MemorySegment.ofArray(utf8), 0, utf8.length)
              < 0;
    }

    String get(int index) {
      return text(bytes.memory(), offsets.memory(), index);
    }

    Strings build(String name) {
      return new Strings(name, offsets.column(), bytes.column());
    }
  }
}
