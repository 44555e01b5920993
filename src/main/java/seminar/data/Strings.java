package seminar.data;

import java.io.ByteArrayOutputStream;
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
    this.offsets = Columns.offsets(name + ".offsets.i64", offsets, bytes.byteSize());
    this.bytes = bytes;
  }

  static Strings of(String name, List<String> texts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long[] offsets = new long[texts.size() + 1];
    for (int i = 0; i < texts.size(); i++) {
      bytes.writeBytes(texts.get(i).getBytes(StandardCharsets.UTF_8));
      offsets[i + 1] = bytes.size();
    }
    return new Strings(
        name,
        Columns.of(offsets, offsets.length),
        MemorySegment.ofArray(bytes.toByteArray()).asReadOnly());
  }

  static Strings read(String name, Columns.Source source) {
    return new Strings(name, source.column(name + ".offsets.i64"), source.column(name + ".utf8"));
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
    long from = offsets.getAtIndex(Columns.LONG, index);
    long to = offsets.getAtIndex(Columns.LONG, index + 1L);
    byte[] text = bytes.asSlice(from, to - from).toArray(Columns.BYTE);
    return new String(text, StandardCharsets.UTF_8);
  }
}
