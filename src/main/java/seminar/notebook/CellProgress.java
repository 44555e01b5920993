package seminar.notebook;

import java.util.function.LongSupplier;

/**
 * Progress of a long cell in one line that renews itself, at most twice a second.
 *
 * <p>While it runs, the line tells how much is done and the time left; when it is closed, only what
 * was done remains, so that saved notebooks hold no timings:
 *
 * <pre>{@code
 * try (CellProgress progress = CellProgress.of("training", steps)) {
 *   ... progress.step();
 * }
 * }</pre>
 *
 * <p>Thread safety: {@link #step()} and {@link #at(long)} may come from any thread.
 */
public final class CellProgress implements AutoCloseable {
  private static final long PERIOD_NANOS = 500_000_000;
  private static final int WIDTH = 24;

  private final String title;
  private final long total;
  private final CellDisplay<String> line;
  private final LongSupplier clock;
  private final long start;
  private long done;
  private long shownAt;
  private boolean closed;

  CellProgress(String title, long total, CellDisplay<String> line, LongSupplier clock) {
    if (total < 1) {
      throw new IllegalArgumentException("total is %d: it must be at least 1".formatted(total));
    }
    this.title = title;
    this.total = total;
    this.line = line;
    this.clock = clock;
    this.start = clock.getAsLong();
    this.shownAt = start;
    line.show(running(start));
  }

  /**
   * A line below the cell that runs.
   *
   * @param title what is being done
   * @param total how many steps that takes
   * @throws IllegalArgumentException if {@code total < 1}
   */
  public static CellProgress of(String title, long total) {
    return new CellProgress(title, total, CellDisplay.below(), System::nanoTime);
  }

  /** One more step is done. */
  public synchronized void step() {
    advance(done + 1);
  }

  /**
   * {@code step} steps are done.
   *
   * @throws IllegalArgumentException if it is not in {@code [0, total]}
   */
  public void at(long step) {
    if (step < 0 || step > total) {
      throw new IllegalArgumentException("step is %d: total is %d".formatted(step, total));
    }
    advance(step);
  }

  /** As {@link #at}, for a total that was a guess: more steps than it fill the line. */
  void reach(long step) {
    advance(step);
  }

  private synchronized void advance(long step) {
    done = Math.min(total, step);
    long now = clock.getAsLong();
    if (!closed && now - shownAt >= PERIOD_NANOS) {
      shownAt = now;
      line.show(running(now));
    }
  }

  private String running(long now) {
    int filled = (int) (WIDTH * done / total);
    String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
    String left = done == 0 ? "" : ", " + time((now - start) / done * (total - done)) + " left";
    return "%s %s %d/%d%s".formatted(title, bar, done, total, left);
  }

  private static String time(long nanos) {
    long seconds = Math.ceilDiv(nanos, 1_000_000_000L);
    return seconds < 60 ? seconds + " s" : "%d:%02d min".formatted(seconds / 60, seconds % 60);
  }

  /** Leaves a line that says what was done. */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      String end = done == total ? "done" : "stopped";
      line.show("%s: %s, %d of %d".formatted(title, end, done, total));
    }
  }
}
