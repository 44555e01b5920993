package seminar.feature;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
 * @param width bytes per number: 4 for {@code <f4}, 2 for {@code <f2}
 * @param start where the numbers begin
 */
record NpyHeader(int rows, int dims, int width, long start) {
  private static final int LONGEST = 1 << 16;
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE =
      Pattern.compile("'shape'\\s*:\\s*\\(\\s*(\\d{1,10})\\s*,\\s*(\\d{1,10})\\s*,?\\s*\\)");

  static NpyHeader read(Path file, FileChannel channel) throws IOException {
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

  private static ByteBuffer bytes(Path file, FileChannel channel, long at, int count)
      throws IOException {
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
    int width =
        switch (type.group(1)) {
          case "<f4" -> Float.BYTES;
          case "<f2" -> Short.BYTES;
          default -> throw wrong(file, "holds '%s', not '<f4' or '<f2'".formatted(type.group(1)));
        };
    if (order.group(1).equals("True")) {
      throw wrong(file, "is stored column by column (fortran_order)");
    }
    long rows = Long.parseLong(shape.group(1));
    long dims = Long.parseLong(shape.group(2));
    if (rows > Integer.MAX_VALUE || dims > Integer.MAX_VALUE || dims < 1) {
      throw wrong(file, "has the shape %d × %d".formatted(rows, dims));
    }
    return new NpyHeader((int) rows, (int) dims, width, start);
  }

  private void checkSize(Path file, long size) throws IOException {
    // Both counts fit in 31 bits, so their product fits in 62.
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

  /** The head of a file of {@code <f4} numbers, version 1. */
  static byte[] encode(int rows, int dims) {
    String literal =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }".formatted(rows, dims);
    int padded = (10 + literal.length() + 1 + 63) / 64 * 64;
    ByteBuffer head = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
    head.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) (padded - 10));
    head.put(
        (literal + " ".repeat(padded - 11 - literal.length()) + "\n")
            .getBytes(StandardCharsets.US_ASCII));
    return head.array();
  }
}
