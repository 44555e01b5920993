package seminar.kernel;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stops a cell that takes too long: {@value #VARIABLE} is a number of milliseconds, or a number and
 * a unit such as {@code 30 SECONDS}.
 */
final class TimeLimit {
  static final String VARIABLE = "SEMINAR_TIMEOUT";

  private static final Pattern DURATION = Pattern.compile("\\s*(-?\\d+)\\s*([A-Za-z]*)\\s*");

  /** None is waited for where it is not positive. */
  private final Duration limit;

  private final Runnable stop;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> Thread.ofPlatform().daemon().name("time limit").unstarted(task));

  /**
   * @param limit none if it is not positive
   * @param stop stops the cell that runs
   */
  TimeLimit(Duration limit, Runnable stop) {
    this.limit = limit;
    this.stop = stop;
  }

  /**
   * The limit that an environment sets; zero where it sets none.
   *
   * @throws IllegalArgumentException if it is no duration
   */
  static Duration of(Map<String, String> environment) {
    String text = environment.getOrDefault(VARIABLE, "");
    if (text.isBlank()) {
      return Duration.ZERO;
    }
    Matcher duration = DURATION.matcher(text);
    try {
      if (duration.matches()) {
        String unit = duration.group(2).isEmpty() ? "MILLISECONDS" : duration.group(2);
        TimeUnit known = TimeUnit.valueOf(unit.toUpperCase(Locale.ROOT));
        return Duration.of(Long.parseLong(duration.group(1)), known.toChronoUnit());
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "%s is '%s': write milliseconds, or a number and a unit such as 30 SECONDS"
            .formatted(VARIABLE, text));
  }

  /**
   * Runs a cell.
   *
   * @throws CellError what the cell throws, or that it took too long
   */
  <T> T run(Callable<T> cell) throws Exception {
    if (!limit.isPositive()) {
      return cell.call();
    }
    AtomicBoolean over = new AtomicBoolean();
    Runnable end =
        () -> {
          over.set(true);
          stop.run();
        };
    ScheduledFuture<?> timer = clock.schedule(end, limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return cell.call();
    } catch (CellError error) {
      if (!over.get()) {
        throw error;
      }
      String message =
          "the cell was stopped after %s s, the limit that %s sets"
              .formatted(limit.toMillis() / 1e3, VARIABLE);
      throw new CellError("Timeout", message, List.of("Timeout: " + message));
    } finally {
      timer.cancel(false);
    }
  }
}
