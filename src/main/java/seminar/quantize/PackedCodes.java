package seminar.quantize;

/**
 * Codes as few bytes: two codes of at most {@value #NIBBLE} centroids in one, the even column in
 * the low half, each row beginning with a byte of its own; other codes as {@link Codes#toBytes}
 * writes them. Scales are not among them.
 */
public final class PackedCodes {
  private static final int NIBBLE = 16;

  private PackedCodes() {}

  /** How many bytes so many rows take. */
  public static long bytes(int rows, int columns, int centroids) {
    long row =
        centroids <= NIBBLE ? (columns + 1) / 2 : (long) columns * (centroids <= 256 ? 1 : 2);
    return rows * row;
  }

  /** The bytes of codes. */
  public static byte[] of(Codes codes) {
    if (codes.centroids() > NIBBLE) {
      return codes.toBytes();
    }
    int columns = codes.columns();
    byte[] packed = new byte[Math.toIntExact(bytes(codes.rows(), columns, codes.centroids()))];
    for (int l = 0, at = 0; l < codes.rows(); l++) {
      for (int s = 0; s < columns; s += 2) {
        int odd = s + 1 < columns ? codes.get(l, s + 1) : 0;
        packed[at++] = (byte) (codes.get(l, s) | odd << 4);
      }
    }
    return packed;
  }

  /**
   * The codes of bytes.
   *
   * @throws IllegalArgumentException if the last row is not whole or a code is out of range
   */
  public static Codes codes(byte[] packed, int columns, int centroids) {
    if (centroids > NIBBLE) {
      return Codes.ofBytes(packed, columns, centroids);
    }
    int row = (columns + 1) / 2;
    if (packed.length % row != 0) {
      throw new IllegalArgumentException(
          "codes take %d bytes: it must be a multiple of the %d of %d columns"
              .formatted(packed.length, row, columns));
    }
    Codes codes = new Codes(packed.length / row, columns, centroids);
    for (int l = 0, at = 0; l < codes.rows(); l++, at += row) {
      for (int s = 0; s < columns; s++) {
        int code = (packed[at + s / 2] & 0xFF) >> s % 2 * 4 & NIBBLE - 1;
        if (code >= centroids) {
          throw new IllegalArgumentException(
              "code is %d in row %d, column %d: it must be below centroids C=%d"
                  .formatted(code, l, s, centroids));
        }
        codes.set(l * columns + s, code);
      }
    }
    return codes;
  }
}
