package seminar.file;

import java.util.Optional;
import java.util.stream.Stream;

/** How a matrix file stores each number. */
public enum Precision {
  /** {@code <f4}: 4 bytes, IEEE 754 single precision. */
  SINGLE("<f4", Float.BYTES),
  /**
   * {@code <f2}: 2 bytes, IEEE 754 half precision; 11 significant bits, magnitudes up to 65504. A
   * number of a vector of length 1 is off by at most 2⁻¹² = 0.00024.
   */
  HALF("<f2", Short.BYTES),
  /** {@code <f8}: 8 bytes, IEEE 754 double precision; read as the nearest single. */
  DOUBLE("<f8", Double.BYTES);

  private final String type;
  private final int bytes;

  Precision(String type, int bytes) {
    this.type = type;
    this.bytes = bytes;
  }

  /** The type as NumPy writes it. */
  public String type() {
    return type;
  }

  /** How many bytes a number takes. */
  public int bytes() {
    return bytes;
  }

  /** What becomes of a number that is written and read again. */
  public float kept(float number) {
    return this == HALF ? Float.float16ToFloat(Float.floatToFloat16(number)) : number;
  }

  static Optional<Precision> byType(String type) {
    return Stream.of(values()).filter(precision -> precision.type.equals(type)).findFirst();
  }
}
