package seminar.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import seminar.file.Progress;

/**
 * Shows how far a command has come: on a terminal one bar with the time left, elsewhere a line for
 * each step and in long ones every minute, with {@code --quiet} nothing.
 *
 * <p>A command is cut into steps, each with its share of the whole time, learned by trying.
 */
public final class Console implements Progress, AutoCloseable {
  private static final int TICKS = 1000;
  private static final long MINUTE = 60_000_000_000L;

  private final PrintStream err;
  private final boolean lines;
  private final ProgressBar bar;
  private final TimeLeft time;
  private final long start = System.nanoTime();
  private double partBefore;
  private double partShare = 1;
  private boolean parted;
  private double before;
  private double share;
  private long spoken = start;
  private double now;

  private Console(PrintStream err, boolean lines, ProgressBar bar, TimeLeft time) {
    this.err = err;
    this.lines = lines;
    this.bar = bar;
    this.time = time;
  }

  /**
   * A console on standard error.
   *
   * @param quiet whether nothing is shown
   */
  public static Console of(boolean quiet) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    TimeLeft time = new TimeLeft();
    if (quiet || !terminal) {
      return new Console(System.err, !quiet, null, time);
    }
    ProgressBar bar =
        new ProgressBarBuilder()
            .setInitialMax(TICKS)
            .setStyle(ProgressBarStyle.UNICODE_BLOCK)
            .setUpdateIntervalMillis(250)
            .setConsumer(new ConsoleProgressBarConsumer(System.err))
            .setMaxRenderedLength(90)
            .setEtaFunction(
                state -> time.after(state.getTotalElapsed(), state.getNormalizedProgress()))
            .build();
    return new Console(System.err, false, bar, time);
  }

  /**
   * Says how long the whole command takes on two cores, before any of it was seen.
   *
   * @param seconds of the whole; 0 if nobody can say
   */
  public void expect(double seconds) {
    time.expect(seconds);
  }

  /**
   * The next part of the whole begins; the shares of steps are from now on of this part.
   *
   * @param fraction its share of the whole, in [0, 1]
   */
  public void part(double fraction) {
    partBefore = parted ? partBefore + partShare : 0;
    partShare = fraction;
    parted = true;
    before = 0;
    share = 0;
    at(0);
  }

  /** Says something in a line of its own, unless it is to be quiet. */
  public void remark(String sentence) {
    if (bar != null || lines) {
      err.println(sentence);
    }
  }

  /**
   * The next step begins.
   *
   * @param name what is done, in a few words
   * @param part its share of the whole part, in [0, 1]
   */
  public void step(String name, double part) {
    before += share;
    share = part;
    if (bar != null) {
      bar.setExtraMessage(name);
    } else if (lines) {
      say(name, partBefore + partShare * before);
    }
    at(0);
  }

  private void say(String what, double done) {
    spoken = System.nanoTime();
    Duration passed = Duration.ofNanos(spoken - start);
    String left =
        time.after(passed, done).map(rest -> ", about " + clock(rest) + " left").orElse("");
    err.printf(Locale.ROOT, "[%s%s] %s%n", clock(passed), left, what);
  }

  private static String clock(Duration time) {
    return "%d:%02d".formatted(time.toMinutes(), time.toSecondsPart());
  }

  /** Says what begins beside other things in the same step. */
  public void beside(String name) {
    if (bar != null) {
      bar.setExtraMessage(name);
    } else if (lines) {
      say(name, now);
    }
  }

  /** How much of the step is done, in [0, 1]. */
  public void at(double fraction) {
    double done = partBefore + partShare * Math.min(1, before + share * fraction);
    now = done;
    if (bar != null) {
      bar.stepTo(Math.clamp(Math.round(TICKS * done), 0, TICKS));
    } else if (lines && System.nanoTime() - spoken >= MINUTE) {
      say("%.0f %%".formatted(100 * Math.min(1, done)), done);
    }
  }

  /** How much of the step is done; the step keeps its name. */
  @Override
  public void at(String what, long done, long total) {
    at(Math.min(1, (double) done / Math.max(1, total)));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
