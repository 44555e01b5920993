package seminar.math;

/** Checks of arguments whose messages name the symbol and both values. */
public final class Checks {
  private Checks() {}

  /**
   * Two lengths that must agree.
   *
   * @return the common length
   * @throws IllegalArgumentException if they differ
   */
  public static int sameLength(String name, int length, String otherName, int otherLength) {
    if (length != otherLength) {
      throw new IllegalArgumentException(
          "%s has length %d, %s has %d: they must agree"
              .formatted(name, length, otherName, otherLength));
    }
    return length;
  }

  /**
   * A whole number that must be at least {@code least}.
   *
   * @return the number
   * @throws IllegalArgumentException if it is smaller
   */
  public static int atLeast(int least, String name, int value) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s is %d: it must be at least %d".formatted(name, value, least));
    }
    return value;
  }

  /**
   * A whole number that must lie in {@code [low, high]}.
   *
   * @return the number
   * @throws IllegalArgumentException if it lies outside
   */
  public static int within(int low, int high, String name, int value) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          "%s is %d: it must be between %d and %d".formatted(name, value, low, high));
    }
    return value;
  }

  /**
   * A real number that must lie in {@code [low, high]}.
   *
   * @return the number
   * @throws IllegalArgumentException if it lies outside or is not a number
   */
  public static double within(double low, double high, String name, double value) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "%s is %s: it must be between %s and %s".formatted(name, value, low, high));
    }
    return value;
  }
}
