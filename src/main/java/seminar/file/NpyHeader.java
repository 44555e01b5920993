package seminar.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of a {@code .npy} file: eight bytes of magic and version, the length of a Python
 * literal, and the literal itself, padded to a multiple of 64 bytes. See:
 *
 * <pre>
 * R. Kern. "NEP 1 — A simple file format for NumPy arrays". 2007.</pre>
 *
 * @param rows how many rows the matrix has
 * @param dims how many numbers a row has
 * @param precision how each number is stored
 * @param start where the numbers begin
 */
public record NpyHeader(int rows, int dims, Precision precision, long start) {
  /** The length of every head that {@link #encode} makes, whatever the shape. */
  static final int LENGTH = 128;

  private static final int LONGEST = 1 << 16;
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile("'shape'\\s*:\\s*\\(\\s*(\\d{1,10})\\s*,\\s*(\\d{1,10})\\s*,?\\s*\\)");

  /**
   * Reads the head of a file and compares it with the file's length.
   *
   * @throws IOException if it is no such matrix, or is truncated; the message says what to do
   */
  public static NpyHeader read(Path file, FileChannel channel) throws IOException {
    ByteBuffer head = bytes(file, channel, 0, 12);
    for (byte expected : MAGIC) {
      if (head.get() != expected) {
        throw wrong(file, "does not begin as a .npy file does");
      }
    }
    int version = head.get();
    head.get();
    if (version != 1 && version != 2) {
      throw wrong(file, "has version %d of the .npy format, not 1 or 2".formatted(version));
    }
    int length = version == 1 ? Short.toUnsignedInt(head.getShort()) : head.getInt();
    int begin = version == 1 ? 10 : 12;
    if (length < 1 || length > LONGEST) {
      throw wrong(file, "has a header of %d bytes".formatted(length));
    }
    ByteBuffer text = bytes(file, channel, begin, length);
    NpyHeader header =
        parse(file, new String(text.array(), StandardCharsets.ISO_8859_1), begin + length);
    header.checkSize(file, channel.size());
    return header;
  }

  static ByteBuffer bytes(Path file, FileChannel channel, long at, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, at + buffer.position()) < 0) {
        throw wrong(file, "ends within its header");
      }
    }
    return buffer.flip();
  }

  private static NpyHeader parse(Path file, String text, long start) throws IOException {
    Matcher type = TYPE.matcher(text);
    Matcher order = ORDER.matcher(text);
    Matcher shape = SHAPE.matcher(text);
    if (!type.find() || !order.find() || !shape.find()) {
      throw wrong(file, "is no matrix: its header is " + text.trim());
    }
    Optional<Precision> precision = Precision.byType(type.group(1));
    if (precision.isEmpty()) {
      throw wrong(file, "holds '%s', not '<f4', '<f2' or '<f8'".formatted(type.group(1)));
    }
    if (order.group(1).equals("True")) {
      throw wrong(file, "is stored column by column (fortran_order)");
    }
    long rows = Long.parseLong(shape.group(1));
    long dims = Long.parseLong(shape.group(2));
    if (rows > Integer.MAX_VALUE || dims > Integer.MAX_VALUE || dims < 1) {
      throw wrong(file, "has the shape %d × %d".formatted(rows, dims));
    }
    return new NpyHeader((int) rows, (int) dims, precision.get(), start);
  }

  private void checkSize(Path file, long size) throws IOException {
    // Both counts fit in 31 bits, so their product fits in 62.
    int width = precision.bytes();
    long numbers = (long) rows * dims;
    long bytes = size - start;
    if (bytes / width != numbers || bytes % width != 0) {
      throw wrong(
          file,
          "has %d bytes of numbers, its header says %d × %d numbers of %d bytes: it is %s"
              .formatted(
                  bytes, rows, dims, width, bytes / width < numbers ? "truncated" : "damaged"));
    }
  }

  static IOException wrong(Path file, String how) {
    return new IOException(
        "%s %s; save it again with numpy.save(file, matrix.astype('<f4'))".formatted(file, how));
  }

  /** The head of a file, version 1, {@value #LENGTH} bytes long. */
  static byte[] encode(int rows, int dims, Precision precision) {
    String literal =
        "{'descr': '%s', 'fortran_order': False, 'shape': (%d, %d), }"
            .formatted(precision.type(), rows, dims);
    ByteBuffer head = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    head.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (LENGTH - 10));
    head.put(
        (literal + " ".repeat(LENGTH - 11 - literal.length()) + "\n")
            .getBytes(StandardCharsets.US_ASCII));
    return head.array();
  }
}
