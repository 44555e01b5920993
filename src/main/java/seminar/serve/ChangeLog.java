package seminar.serve;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import seminar.file.SectionFile;
import seminar.model.GivenItem;

/**
 * What has happened since an index was made: users and items that came, and events, in their order,
 * in a file that only grows.
 *
 * <pre>
 *   "SMNRLOG1"  8 bytes   of   16 + n bytes: which model and corpus (a record)
 *   record      length 4 bytes, CRC-32C 4 bytes, then its bytes: kind 1 byte and what belongs to it
 * </pre>
 *
 * <p>A record counts when it is whole. A process that is killed while it writes leaves the
 * beginning of one at most, which is cut off when the file is opened again; a record that is
 * damaged with others behind it is an error. A record that cannot be written, as on a full disk, is
 * taken back. What is written outlives the process; {@link #force} makes it outlive the machine.
 *
 * <p>Thread-safe. One process at a time has it open.
 */
final class ChangeLog implements Closeable {
  private static final byte[] NAME = "SMNRLOG1".getBytes(StandardCharsets.US_ASCII);
  private static final int PREFIX = 8;
  private static final int MOST = 1 << 24; // bytes of a record
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final byte OF = 0;
  private static final byte EVENT = 1;
  private static final byte USER = 2;
  private static final byte ITEM = 3;

  private final Path file;
  private final FileChannel channel;
  private final int cut;
  private final ByteBuffer event = buffer(PREFIX + 1 + 3 * Integer.BYTES + Long.BYTES);
  private long end;

  /** What is told of the records that are there, in their order. */
  interface Reader {
    void event(int user, Event event);

    void user(String id);

    void item(String id, String title, GivenItem item);
  }

  private ChangeLog(Path file, FileChannel channel, long end, int cut) {
    this.file = file;
    this.channel = channel;
    this.end = end;
    this.cut = cut;
  }

  /**
   * Opens a log, or begins one.
   *
   * @param of what it is of: an index made of another model or corpus has another
   * @param reader is told of every record
   * @throws IOException if it cannot be read or written, another process has it open, it is of
   *     something else, or a record before the last is damaged
   */
  static ChangeLog open(Path file, String of, Reader reader) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      lock(file, channel);
      byte[] mark = bytes(OF, of);
      long size = channel.size();
      if (size < NAME.length + PREFIX + mark.length) {
        channel.truncate(0); // begun, and never written to
        channel.write(ByteBuffer.wrap(NAME), 0);
        ChangeLog begun = new ChangeLog(file, channel, NAME.length, 0);
        begun.write(mark);
        return begun;
      }
      return replay(file, channel, size, mark, reader);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void lock(Path file, FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // this process has it open
    }
    throw new IOException(
        "%s is open elsewhere: one process at a time may change an index".formatted(file));
  }

  private static ChangeLog replay(
      Path file, FileChannel channel, long size, byte[] mark, Reader reader) throws IOException {
    long end;
    try (Arena arena = Arena.ofConfined()) {
      Records records =
          new Records(file, channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena));
      Optional<ByteBuffer> first = records.next();
      if (first.isEmpty() || !Arrays.equals(first.get().array(), mark)) {
        throw new IOException(
            "%s holds changes to another index: remove it, or open the index that it belongs to"
                .formatted(file));
      }
      Optional<ByteBuffer> record = records.next();
      while (record.isPresent()) {
        tell(file, record.get(), reader);
        record = records.next();
      }
      end = records.whole();
    }
    channel.truncate(end);
    return new ChangeLog(file, channel, end, (int) (size - end));
  }

  private static void tell(Path file, ByteBuffer record, Reader reader) throws IOException {
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

  /** Goes from record to record. */
  private static final class Records {
    private final Path file;
    private final MemorySegment all;
    private long at = NAME.length;

    Records(Path file, MemorySegment all) throws IOException {
      this.file = file;
      this.all = all;
      if (all.asSlice(0, NAME.length).mismatch(MemorySegment.ofArray(NAME)) >= 0) {
        throw SectionFile.broken(file, "it is no log of changes");
      }
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
  }

  /** How many bytes of a record that was not whole were cut off at opening. */
  int cut() {
    return cut;
  }

  /** An event of a user. */
  synchronized void event(int user, Event happened) throws IOException {
    event.clear().position(PREFIX);
    event.put(EVENT).putInt(user).putInt(happened.item()).putInt(happened.query());
    event.putLong(happened.time()).flip();
    write(event);
  }

  /** A user who was not there. */
  synchronized void user(String id) throws IOException {
    write(bytes(USER, id));
  }

  /** An item that was not there. */
  synchronized void item(String id, String title, GivenItem item) throws IOException {
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
    write(record.array());
  }

  private static byte[] bytes(byte kind, String text) {
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

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int checksum(byte[] record) {
    CRC32C sum = new CRC32C();
    sum.update(record);
    return (int) sum.getValue();
  }

  private void write(byte[] record) throws IOException {
    write(buffer(PREFIX + record.length).position(PREFIX).put(record).flip());
  }

  /** Writes a record, before which there is room for length and checksum. */
  private void write(ByteBuffer record) throws IOException {
    int length = record.limit() - PREFIX;
    CRC32C sum = new CRC32C();
    sum.update(record.slice(PREFIX, length));
    record.putInt(0, length).putInt(4, (int) sum.getValue()).position(0);
    try {
      for (long at = end; record.hasRemaining(); ) {
        at += channel.write(record, at);
      }
    } catch (IOException e) {
      channel.truncate(end);
      throw new IOException(
          "%s: %s; nothing of this change was kept".formatted(file, e.getMessage()), e);
    }
    end += PREFIX + length;
  }

  /**
   * Waits until everything is on the disk.
   *
   * @throws IOException if it cannot be written
   */
  synchronized void force() throws IOException {
    channel.force(false);
  }

  @Override
  public synchronized void close() throws IOException {
    channel.close();
  }
}
