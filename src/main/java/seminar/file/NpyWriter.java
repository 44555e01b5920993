package seminar.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Writes a matrix row by row into a {@code .npy} file whose number of rows is not known beforehand.
 *
 * <p>Rows go to {@code FILE.part} beside the target; {@link #finish} writes the header and moves
 * the file into place, so that the target is either the old file or the whole new one. A writer
 * that is closed before it is finished leaves the target as it was. The part is locked: a second
 * writer of the same file is refused. For one thread.
 */
public final class NpyWriter implements AutoCloseable {
  private static final int HALF_EXPONENT = 0x7C00;

  private final Path target;
  private final Path part;
  private final int dims;
  private final Precision precision;
  private final FileChannel channel;
  private final boolean kept;
  private final CRC32C checksum = new CRC32C();
  private int rows;

  private NpyWriter(Path file, int dims, Precision precision, boolean kept) throws IOException {
    if (dims < 1) {
      throw new IllegalArgumentException("dims is %d: it must be at least 1".formatted(dims));
    }
    this.dims = dims;
    this.precision = precision;
    this.kept = kept;
    target = file.toAbsolutePath();
    part = part(target);
    Files.createDirectories(target.getParent());
    channel =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      lock();
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Where the rows of a file lie until it is finished. */
  static Path part(Path file) {
    return file.resolveSibling(file.getFileName() + ".part");
  }

  private void lock() throws IOException {
    boolean locked;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false;
    }
    if (!locked) {
      throw new IOException(part + " is being written by somebody else: wait until it is done");
    }
  }

  /**
   * Begins a new file.
   *
   * @param dims how many numbers a row has
   * @throws IOException if the part cannot be written, or somebody else writes it
   */
  public static NpyWriter create(Path file, int dims, Precision precision) throws IOException {
    NpyWriter writer = new NpyWriter(file, dims, precision, false);
    writer.restart();
    return writer;
  }

  /**
   * Opens the part of a file as an earlier writer left it; it stays if this writer, too, is closed
   * before it is finished. {@link #keep} or {@link #restart} must follow.
   */
  public static NpyWriter reopen(Path file, int dims, Precision precision) throws IOException {
    return new NpyWriter(file, dims, precision, true);
  }

  /** Begins anew: no row is kept. */
  public void restart() throws IOException {
    channel.truncate(0);
    writeAt(ByteBuffer.wrap(NpyHeader.encode(0, dims, precision)), 0);
    rows = 0;
    checksum.reset();
  }

  /**
   * Keeps the first {@code count} rows of the part and drops what follows them.
   *
   * @param expected what {@link #checksum} was after these rows
   * @return whether the rows are there and unharmed; if not, nothing has changed
   */
  public boolean keep(int count, long expected) throws IOException {
    checksum.reset();
    if (!update(checksum, channel, bytes(count)) || checksum.getValue() != expected) {
      return false;
    }
    channel.truncate(NpyHeader.LENGTH + bytes(count));
    rows = count;
    return true;
  }

  /**
   * Whether a file is what a writer would have made of rows with this checksum.
   *
   * @param rows how many it must have
   * @param expected what {@link #checksum} was after them
   */
  public static boolean wrote(Path file, int rows, int dims, Precision precision, long expected)
      throws IOException {
    long bytes = (long) rows * dims * precision.bytes();
    CRC32C checksum = new CRC32C();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      byte[] head = NpyHeader.encode(rows, dims, precision);
      return channel.size() == NpyHeader.LENGTH + bytes
          && Arrays.equals(head, NpyHeader.bytes(file, channel, 0, NpyHeader.LENGTH).array())
          && update(checksum, channel, bytes)
          && checksum.getValue() == expected;
    }
  }

  /** Adds the numbers of a file to a checksum; whether there were enough. */
  private static boolean update(CRC32C checksum, FileChannel channel, long bytes)
      throws IOException {
    ByteBuffer block = ByteBuffer.allocate(1 << 20);
    long at = 0;
    while (at < bytes) {
      block.clear().limit((int) Math.min(block.capacity(), bytes - at));
      int n = channel.read(block, NpyHeader.LENGTH + at);
      if (n < 0) {
        return false;
      }
      checksum.update(block.flip());
      at += n;
    }
    return true;
  }

  private long bytes(int count) {
    return (long) count * dims * precision.bytes();
  }

  private void writeAt(ByteBuffer bytes, long position) throws IOException {
    while (bytes.hasRemaining()) {
      position += channel.write(bytes, position);
    }
  }

  /** How many rows were written so far. */
  public int rows() {
    return rows;
  }

  /** The CRC-32C of all numbers written so far, as bytes. */
  public long checksum() {
    return checksum.getValue();
  }

  /**
   * Appends whole rows.
   *
   * @param values count × dims, row-major; what follows them is ignored
   * @throws IllegalArgumentException if {@code values} holds fewer rows, or a number lies beyond
   *     the range of the precision; then nothing is appended
   * @throws IOException if the disk is full or gone, or the file has 2³¹ rows
   */
  public void append(float[] values, int count) throws IOException {
    if (count < 0 || (long) count * dims > values.length) {
      throw new IllegalArgumentException(
          "values has length %d: it cannot hold %d rows of %d numbers"
              .formatted(values.length, count, dims));
    }
    if ((long) rows + count > Integer.MAX_VALUE) {
      throw new IOException("%s: more than %d rows".formatted(target, Integer.MAX_VALUE));
    }
    ByteBuffer bytes = encode(values, count);
    writeAt(bytes, NpyHeader.LENGTH + bytes(rows));
    checksum.update(bytes.flip());
    rows += count;
  }

  /** The bytes of some rows as the file holds them. */
  private ByteBuffer encode(float[] values, int count) {
    int numbers = count * dims;
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(numbers, precision.bytes()))
            .order(ByteOrder.LITTLE_ENDIAN);
    switch (precision) {
      case SINGLE -> bytes.asFloatBuffer().put(values, 0, numbers);
      case HALF -> {
        for (int i = 0; i < numbers; i++) {
          bytes.putShort(2 * i, half(values[i], i));
        }
      }
      case DOUBLE -> {
        for (int i = 0; i < numbers; i++) {
          bytes.putDouble(8 * i, values[i]);
        }
      }
    }
    return bytes;
  }

  private short half(float value, int index) {
    short half = Float.floatToFloat16(value);
    if ((half & HALF_EXPONENT) == HALF_EXPONENT) {
      throw new IllegalArgumentException(
          "row %d of %s has %s at number %d: half precision ends at 65504; write single precision"
              .formatted(rows + index / dims, target.getFileName(), value, index % dims));
    }
    return half;
  }

  /** Writes the header and puts the file in place. */
  public void finish() throws IOException {
    writeAt(ByteBuffer.wrap(NpyHeader.encode(rows, dims, precision)), 0);
    channel.force(true);
    AtomicFiles.place(part, target);
    channel.close();
  }

  /** Drops the part unless the file was finished. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      if (!kept) {
        Files.deleteIfExists(part);
      }
    }
  }
}
