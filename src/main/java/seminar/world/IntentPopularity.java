package seminar.world;

/** How popular intents are at a time of the year; their popularities sum to 1. */
final class IntentPopularity {
  private static final double YEAR = 365.25 * 86_400; // seconds

  private final double[] usual;
  private final double[] now;
  private final double swing;

  /**
   * As usual, at no time of the year.
   *
   * @param usual [intents], sums to 1
   * @param swing {@link WorldOptions.Memory#season}
   */
  IntentPopularity(double[] usual, double swing) {
    this.usual = usual;
    this.swing = swing;
    now = usual.clone();
  }

  double of(int intent) {
    return now[intent];
  }

  /** How many intents there are. */
  int intents() {
    return now.length;
  }

  /** As usual, whatever time it was before. */
  void reset() {
    System.arraycopy(usual, 0, now, 0, now.length);
  }

  /**
   * That of a time: intent k of n stands highest the k/n-th part of a year after the year's
   * beginning.
   *
   * @param seconds since 1970
   */
  void at(long seconds) {
    if (swing == 0) {
      return;
    }
    double sum = 0;
    for (int intent = 0; intent < now.length; intent++) {
      double turn = seconds / YEAR - (double) intent / now.length;
      now[intent] = usual[intent] * (1 + swing * Math.cos(2 * Math.PI * turn));
      sum += now[intent];
    }
    for (int intent = 0; intent < now.length; intent++) {
      now[intent] /= sum;
    }
  }
}
