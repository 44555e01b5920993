package seminar.serve;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
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
  private final Path file;
  private final RandomAccessFile out; // a channel would close when a thread is interrupted
  private final long cut;
  private final ByteBuffer event =
      ChangeRecords.buffer(ChangeRecords.PREFIX + 1 + 3 * Integer.BYTES + Long.BYTES);
  private long end;

  /** What is told of the records that are there, in their order. */
  interface Reader {
    void event(int user, Event event);

    void user(String id);

    void item(String id, String title, GivenItem item);
  }

  private ChangeLog(Path file, RandomAccessFile out, long end, long cut) {
    this.file = file;
    this.out = out;
    this.end = end;
    this.cut = cut;
  }

  /**
   * Opens a log, or begins one.
   *
   * @param of what it is of: an index made of another model or corpus has another
   * @param reader is told of every record
   * @throws IOException if it cannot be read or written, another process has it open, it is of
   *     something else, which stays as it is, or a record before the last is damaged
   */
  static ChangeLog open(Path file, String of, Reader reader) throws IOException {
    RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw");
    try {
      lock(file, out.getChannel());
      byte[] beginning = beginning(of);
      byte[] there = new byte[(int) Math.min(beginning.length, out.length())];
      out.readFully(there);
      if (!Arrays.equals(there, Arrays.copyOf(beginning, there.length))) {
        throw new IOException(
            "%s is no log of changes to this index: remove it, or open the index that it belongs to"
                .formatted(file));
      }
      if (there.length == beginning.length) {
        return replay(file, out, beginning.length, reader);
      }
      out.seek(0); // it was begun, and nothing was written to it
      out.write(beginning);
      return new ChangeLog(file, out, beginning.length, 0);
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  /** What every log of an index begins with. */
  private static byte[] beginning(String of) {
    ByteBuffer mark = sealed(ChangeRecords.bytes(ChangeRecords.OF, of));
    return ByteBuffer.allocate(ChangeRecords.NAME.length + mark.remaining())
        .put(ChangeRecords.NAME)
        .put(mark)
        .array();
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

  private static ChangeLog replay(Path file, RandomAccessFile out, int first, Reader reader)
      throws IOException {
    long size = out.length();
    long end;
    try (Arena arena = Arena.ofConfined()) {
      FileChannel channel = out.getChannel();
      ChangeRecords records =
          new ChangeRecords(
              file, channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena), first);
      Optional<ByteBuffer> record = records.next();
      while (record.isPresent()) {
        ChangeRecords.tell(file, record.get(), reader);
        record = records.next();
      }
      end = records.whole();
    }
    out.setLength(end);
    return new ChangeLog(file, out, end, size - end);
  }

  /** How many bytes of a record that was not whole were cut off at opening. */
  long cut() {
    return cut;
  }

  /** An event of a user. */
  synchronized void event(int user, Event happened) throws IOException {
    event.clear().position(ChangeRecords.PREFIX);
    event.put(ChangeRecords.EVENT).putInt(user).putInt(happened.item()).putInt(happened.query());
    event.putLong(happened.time()).flip();
    seal(event);
    write(event);
  }

  /** A user who was not there. */
  synchronized void user(String id) throws IOException {
    write(ChangeRecords.bytes(ChangeRecords.USER, id));
  }

  /** An item that was not there. */
  synchronized void item(String id, String title, GivenItem item) throws IOException {
    write(ChangeRecords.item(id, title, item));
  }

  private void write(byte[] record) throws IOException {
    write(sealed(record));
  }

  /** A record behind its length and checksum. */
  private static ByteBuffer sealed(byte[] record) {
    ByteBuffer sealed =
        ChangeRecords.buffer(ChangeRecords.PREFIX + record.length)
            .position(ChangeRecords.PREFIX)
            .put(record)
            .flip();
    seal(sealed);
    return sealed;
  }

  /** Writes length and checksum before a record, where there is room for them. */
  private static void seal(ByteBuffer record) {
    int length = record.limit() - ChangeRecords.PREFIX;
    CRC32C sum = new CRC32C();
    sum.update(record.slice(ChangeRecords.PREFIX, length));
    record.putInt(0, length).putInt(4, (int) sum.getValue()).position(0);
  }

  private void write(ByteBuffer sealed) throws IOException {
    try {
      out.seek(end);
      out.write(sealed.array(), 0, sealed.limit());
    } catch (IOException e) {
      out.setLength(end);
      throw new IOException(
          "%s: %s; nothing of this change was kept".formatted(file, e.getMessage()), e);
    }
    end += sealed.limit();
  }

  /**
   * Waits until everything is on the disk.
   *
   * @throws IOException if it cannot be written
   */
  synchronized void force() throws IOException {
    out.getFD().sync();
  }

  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
