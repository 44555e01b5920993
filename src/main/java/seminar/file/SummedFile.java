package seminar.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

/**
 * A file of little-endian numbers that ends with the SHA-256 of all bytes before, written and read
 * in order through one buffer.
 */
public final class SummedFile implements AutoCloseable {
  /** Length of the checksum. */
  public static final int SUM_BYTES = 32;

  private final FileChannel channel;
  private final Sha256.Running sum = new Sha256.Running();
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);

  private SummedFile(FileChannel channel) {
    this.channel = channel;
  }

  /** Begins a file, or one anew. */
  public static SummedFile writing(Path file) throws IOException {
    return new SummedFile(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING));
  }

  /** Opens a file at its beginning. */
  public static SummedFile reading(Path file) throws IOException {
    return new SummedFile(FileChannel.open(file, StandardOpenOption.READ));
  }

  /** Writes bytes. */
  public void put(byte[] bytes) throws IOException {
    for (int at = 0; at < bytes.length; at += buffer.capacity()) {
      flush(buffer.clear().put(bytes, at, Math.min(buffer.capacity(), bytes.length - at)));
    }
  }

  /** Writes a whole number of 64 bits. */
  public void put(long number) throws IOException {
    flush(buffer.clear().putLong(number));
  }

  /** Writes real numbers of 32 bits. */
  public void put(float[] values) throws IOException {
    int most = buffer.capacity() / Float.BYTES;
    for (int at = 0; at < values.length; at += most) {
      int n = Math.min(most, values.length - at);
      buffer.clear().asFloatBuffer().put(values, at, n);
      flush(buffer.position(n * Float.BYTES));
    }
  }

  private void flush(ByteBuffer filled) throws IOException {
    filled.flip();
    sum.update(filled.array(), 0, filled.limit());
    while (filled.hasRemaining()) {
      channel.write(filled);
    }
  }

  /** Writes the checksum; nothing may follow. */
  public void end() throws IOException {
    put(HexFormat.of().parseHex(sum.hex()));
  }

  /** How long the file is. */
  public long bytes() throws IOException {
    return channel.size();
  }

  /** Passes over bytes. */
  public void skip(long bytes) throws IOException {
    channel.position(channel.position() + bytes);
  }

  /** Whether the file ends with the checksum of what stands before; goes back to the beginning. */
  public boolean whole() throws IOException {
    long left = bytes() - SUM_BYTES;
    channel.position(0);
    while (left > 0) {
      int n = (int) Math.min(buffer.capacity(), left);
      fill(n);
      sum.update(buffer.array(), 0, n);
      left -= n;
    }
    String expected = sum.hex();
    fill(SUM_BYTES);
    channel.position(0);
    return HexFormat.of().formatHex(buffer.array(), 0, SUM_BYTES).equals(expected);
  }

  /** The next 64 bits as a whole number. */
  public long number() throws IOException {
    return fill(Long.BYTES).getLong();
  }

  /** The next bytes as text; the caller knows that the file has so many. */
  public String text(int bytes) throws IOException {
    byte[] text = new byte[bytes];
    for (int at = 0; at < bytes; at += buffer.capacity()) {
      int n = Math.min(buffer.capacity(), bytes - at);
      fill(n).get(text, at, n);
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  /** Fills an array with the next numbers. */
  public void read(float[] values) throws IOException {
    int most = buffer.capacity() / Float.BYTES;
    for (int at = 0; at < values.length; at += most) {
      int n = Math.min(most, values.length - at);
      fill(n * Float.BYTES).asFloatBuffer().get(values, at, n);
    }
  }

  private ByteBuffer fill(int bytes) throws IOException {
    buffer.clear().limit(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new IOException("the file ends too early");
      }
    }
    return buffer.flip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
