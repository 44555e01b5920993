package seminar.data;

/**
 * Which exposures are for training, validation and test, by the clock (paper §4.1: the test set is
 * the last day of the click log). An exposure is scored from the history before its {@link
 * Exposures#position}, so a test exposure may see what happened after training ended, and never
 * what came after itself.
 *
 * <p>Shapes: for each user the exposures of a stage are one range, since exposures are in time
 * order.
 */
public final class ClickSplit {
  /** What an exposure is for. */
  public enum Stage {
    /** Learned from. */
    TRAINING,
    /** Chooses between models. */
    VALIDATION,
    /** Measured once. */
    TEST
  }

  private final Exposures exposures;
  private final long[][] starts;
  private final long validationFrom;
  private final long testFrom;

  private ClickSplit(Exposures exposures, long[][] starts, long validationFrom, long testFrom) {
    this.exposures = exposures;
    this.starts = starts;
    this.validationFrom = validationFrom;
    this.testFrom = testFrom;
  }

  /**
   * Exposures before {@code validationFrom} are for training, those before {@code testFrom} for
   * validation, all later ones for the test.
   *
   * @param validationFrom milliseconds since 1970
   * @param testFrom milliseconds since 1970
   * @throws IllegalArgumentException if the exposures have no times or are not in time order, or
   *     the test begins before validation
   */
  public static ClickSplit byTime(Exposures exposures, long validationFrom, long testFrom) {
    Split.checkOrder(validationFrom, testFrom);
    int users = exposures.users();
    long[][] starts = new long[Stage.values().length + 1][users];
    for (int user = 0; user < users; user++) {
      long start = exposures.start(user);
      long end = exposures.start(user + 1);
      long validation = start;
      long test = start;
      long latest = Long.MIN_VALUE;
      for (long shown = start; shown < end; shown++) {
        long time = exposures.time(shown);
        if (time < latest) {
          throw new IllegalArgumentException(
              "exposure %d at time %d follows one at time %d".formatted(shown, time, latest));
        }
        latest = time;
        validation += time < validationFrom ? 1 : 0;
        test += time < testFrom ? 1 : 0;
      }
      starts[Stage.TRAINING.ordinal()][user] = start;
      starts[Stage.VALIDATION.ordinal()][user] = validation;
      starts[Stage.TEST.ordinal()][user] = test;
      starts[Stage.TEST.ordinal() + 1][user] = end;
    }
    return new ClickSplit(exposures, starts, validationFrom, testFrom);
  }

  /** Where training ends, in milliseconds since 1970. */
  public long validationFrom() {
    return validationFrom;
  }

  /** Where validation ends, in milliseconds since 1970. */
  public long testFrom() {
    return testFrom;
  }

  /** How many users there are. */
  public int users() {
    return exposures.users();
  }

  /** The first exposure of a stage that the user had. */
  public long start(Stage stage, int user) {
    return starts[stage.ordinal()][user];
  }

  /** The end of the user's exposures of a stage; equal to the start if there are none. */
  public long end(Stage stage, int user) {
    return starts[stage.ordinal() + 1][user];
  }

  /** How many exposures a stage has. */
  public long exposures(Stage stage) {
    long count = 0;
    for (int user = 0; user < users(); user++) {
      count += end(stage, user) - start(stage, user);
    }
    return count;
  }

  /** How many exposures of a stage were clicked. */
  public long clicks(Stage stage) {
    long count = 0;
    for (int user = 0; user < users(); user++) {
      for (long shown = start(stage, user); shown < end(stage, user); shown++) {
        count += exposures.clicked(shown) ? 1 : 0;
      }
    }
    return count;
  }
}
