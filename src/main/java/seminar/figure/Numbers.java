package seminar.figure;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as a chart needs them: six digits are more than a screen shows. */
final class Numbers {
  private static final MathContext DIGITS = new MathContext(6);

  private Numbers() {}

  /** Six digits of it. */
  static double rounded(double value) {
    return new BigDecimal(value).round(DIGITS).doubleValue();
  }

  /** Without a point where it is whole. */
  static String text(double value) {
    String plain = new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
    return plain.equals("-0") ? "0" : plain;
  }
}
