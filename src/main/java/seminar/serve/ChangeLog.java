package seminar.serve;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
  private final FileChannel channel;
  private final int cut;
  private final ByteBuffer event =
      ChangeRecords.buffer(ChangeRecords.PREFIX + 1 + 3 * Integer.BYTES + Long.BYTES);
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
      byte[] mark = ChangeRecords.bytes(ChangeRecords.OF, of);
      long size = channel.size();
      if (size < ChangeRecords.NAME.length + ChangeRecords.PREFIX + mark.length) {
        channel.truncate(0); // begun, and never written to
        channel.write(ByteBuffer.wrap(ChangeRecords.NAME), 0);
        ChangeLog begun = new ChangeLog(file, channel, ChangeRecords.NAME.length, 0);
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
      ChangeRecords records =
          new ChangeRecords(file, channel.map(FileChannel.MapMode.READ_ONLY, 0, size, arena));
      Optional<ByteBuffer> first = records.next();
      if (first.isEmpty() || !Arrays.equals(first.get().array(), mark)) {
        throw new IOException(
            "%s holds changes to another index: remove it, or open the index that it belongs to"
                .formatted(file));
      }
      Optional<ByteBuffer> record = records.next();
      while (record.isPresent()) {
        ChangeRecords.tell(file, record.get(), reader);
        record = records.next();
      }
      end = records.whole();
    }
    channel.truncate(end);
    return new ChangeLog(file, channel, end, (int) (size - end));
  }

  /** How many bytes of a record that was not whole were cut off at opening. */
  int cut() {
    return cut;
  }

  /** An event of a user. */
  synchronized void event(int user, Event happened) throws IOException {
    event.clear().position(ChangeRecords.PREFIX);
    event.put(ChangeRecords.EVENT).putInt(user).putInt(happened.item()).putInt(happened.query());
    event.putLong(happened.time()).flip();
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
    write(
        ChangeRecords.buffer(ChangeRecords.PREFIX + record.length)
            .position(ChangeRecords.PREFIX)
            .put(record)
            .flip());
  }

  /** Writes a record, before which there is room for length and checksum. */
  private void write(ByteBuffer record) throws IOException {
    int length = record.limit() - ChangeRecords.PREFIX;
    CRC32C sum = new CRC32C();
    sum.update(record.slice(ChangeRecords.PREFIX, length));
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
    end += ChangeRecords.PREFIX + length;
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
