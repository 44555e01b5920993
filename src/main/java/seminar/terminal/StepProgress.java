package seminar.terminal;

import seminar.file.Progress;

/**
 * Shows work whose steps are not known beforehand: each new step is named on the console and takes
 * a third of what is left of the bar.
 */
public final class StepProgress implements Progress {
  private static final double PART = 1.0 / 3;

  private final Console console;
  private double left;
  private String step = "";

  /**
   * Progress on a console.
   *
   * @param part how much of the bar all steps have together, in [0, 1]
   */
  public StepProgress(Console console, double part) {
    this.console = console;
    this.left = part;
  }

  @Override
  public void at(String what, long done, long total) {
    if (!what.equals(step)) {
      step = what;
      console.step(what, PART * left);
      left -= PART * left;
    }
    console.at(what, done, total);
  }
}
