package seminar.terminal;

import java.time.Duration;
import java.util.Optional;

/**
 * How long the rest of a work takes: what was seen, and until there is enough of that, what was
 * expected.
 *
 * <pre>  whole = (passed + w·expected) / (done + w),   left = (1 − done)·whole</pre>
 *
 * <p>With w = 0.1, what was expected counts as much as a tenth of the work. Without an expectation
 * w is 0, and of less than a fiftieth of a work nobody can tell.
 */
final class TimeLeft {
  private static final double WEIGHT = 0.1;
  private static final double KNOWN = 0.02;

  private volatile double expected; // seconds of the whole; 0 if nobody said

  /** Says how long the whole takes on a machine like that of its author. */
  void expect(double seconds) {
    expected = seconds;
  }

  /**
   * The time that is left.
   *
   * @param passed time since the work began
   * @param done share of the work that is done, in [0, 1]
   * @return empty if nobody can tell yet
   */
  Optional<Duration> after(Duration passed, double done) {
    double weight = expected > 0 ? WEIGHT : 0;
    if (weight == 0 && done < KNOWN) {
      return Optional.empty();
    }
    double seconds = passed.toNanos() / 1e9;
    double whole = (seconds + weight * expected) / (done + weight);
    return Optional.of(Duration.ofMillis(Math.round(1000 * Math.max(0, 1 - done) * whole)));
  }
}
