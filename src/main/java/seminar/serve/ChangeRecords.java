package seminar.serve;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;
import seminar.file.SectionFile;
import seminar.model.GivenItem;

/**
 * The records of a {@link ChangeLog} as bytes: how each is written, and one after the other read.
 */
final class ChangeRecords {
  static final byte[] NAME = "SMNRLOG1".getBytes(StandardCharsets.US_ASCII);

  /** Bytes of length and checksum before a record. */
  static final int PREFIX = 8;

  static final byte OF = 0;
  static final byte EVENT = 1;
  static final byte USER = 2;
  private static final byte ITEM = 3;
  private static final int MOST = 1 << 24; // bytes of a record
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final Path file;
  private final MemorySegment all;
  private long at;

  /**
   * Those of a file.
   *
   * @param all its bytes
   * @param first where the first record begins
   */
  ChangeRecords(Path file, MemorySegment all, long first) {
    this.file = file;
    this.all = all;
    this.at = first;
  }

  /** Where the last whole record ends. */
  long whole() {
    return at;
  }

  /** The next whole record; nothing behind the last. */
  Optional<ByteBuffer> next() throws IOException {
    long left = all.byteSize() - at;
    if (left < PREFIX) {
      return Optional.empty();
    }
    int length = all.get(INT, at);
    if (length < 1 || length > MOST || length > left - PREFIX) {
      return unfinished(length < 1 || length > MOST);
    }
    byte[] record = all.asSlice(at + PREFIX, length).toArray(ValueLayout.JAVA_BYTE);
    if (checksum(record) != all.get(INT, at + 4)) {
      return unfinished(length < left - PREFIX);
    }
    at += PREFIX + length;
    return Optional.of(ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN));
  }

  private Optional<ByteBuffer> unfinished(boolean damaged) throws IOException {
    if (damaged) {
      throw new IOException(
          ("%s: the record at byte %,d of %,d is damaged; keep a copy of the file, and cut it"
                  + " there to go on without what came after")
              .formatted(file, at, all.byteSize()));
    }
    return Optional.empty();
  }

  /** Tells what a record says. */
  static void tell(Path file, ByteBuffer record, ChangeLog.Reader reader) throws IOException {
    byte kind = record.get();
    switch (kind) {
      case EVENT ->
          reader.event(
              record.getInt(), new Event(record.getInt(), record.getInt(), record.getLong()));
      case USER -> reader.user(text(record));
      case ITEM ->
          reader.item(
              text(record),
              text(record),
              new GivenItem(floats(record), floats(record), numbers(record)));
      default -> throw SectionFile.broken(file, "it has a record of kind " + kind);
    }
  }

  /** The record of an item. */
  static byte[] item(String id, String title, GivenItem item) {
    byte[] name = id.getBytes(StandardCharsets.UTF_8);
    byte[] text = title.getBytes(StandardCharsets.UTF_8);
    int numbers = item.text().map(row -> row.length).orElse(0);
    numbers += item.image().map(row -> row.length).orElse(0) + item.attributes().length;
    ByteBuffer record = buffer(1 + 5 * 4 + name.length + text.length + 4 * numbers);
    record.put(ITEM);
    put(record, name);
    put(record, text);
    put(record, item.text());
    put(record, item.image());
    record.putInt(item.attributes().length);
    for (int attribute : item.attributes()) {
      record.putInt(attribute);
    }
    return record.array();
  }

  /** A record that is a text. */
  static byte[] bytes(byte kind, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteBuffer record = buffer(1 + 4 + utf8.length).put(kind);
    put(record, utf8);
    return record.array();
  }

  private static void put(ByteBuffer to, byte[] utf8) {
    to.putInt(utf8.length).put(utf8);
  }

  private static void put(ByteBuffer to, Optional<float[]> numbers) {
    to.putInt(numbers.map(row -> row.length).orElse(-1));
    numbers.ifPresent(
        row -> {
          for (float number : row) {
            to.putFloat(number);
          }
        });
  }

  private static String text(ByteBuffer from) {
    byte[] utf8 = new byte[from.getInt()];
    from.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static Optional<float[]> floats(ByteBuffer from) {
    int count = from.getInt();
    float[] numbers = new float[Math.max(0, count)];
    for (int i = 0; i < count; i++) {
      numbers[i] = from.getFloat();
    }
    return count < 0 ? Optional.empty() : Optional.of(numbers);
  }

  private static int[] numbers(ByteBuffer from) {
    int[] numbers = new int[from.getInt()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = from.getInt();
    }
    return numbers;
  }

  static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int checksum(byte[] record) {
    CRC32C sum = new CRC32C();
    sum.update(record);
    return (int) sum.getValue();
  }
}
