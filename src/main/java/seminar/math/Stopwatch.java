package seminar.math;

/**
 * Wall time since something began.
 *
 * @param start when that was, on the clock of {@link System#nanoTime}
 */
public record Stopwatch(long start) {
  /** A watch that begins now. */
  public static Stopwatch started() {
    return new Stopwatch(System.nanoTime());
  }

  /** Seconds since it began. */
  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
