package seminar.paper;

import java.util.List;

/** What our numbers say of a claim. */
public enum Verdict {
  /** Every comparison is on the claimed side, and its interval as well. */
  HOLDS("holds"),
  /** Some comparisons are, others are not. */
  IN_PART("holds in part"),
  /** No comparison is on the claimed side, and at least one is clearly on the other. */
  DOES_NOT_HOLD("does not hold here"),
  /** Intervals hold both answers, seeds are too few, or what is needed was not measured. */
  OPEN("cannot be judged");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** As it stands in the report. */
  public String words() {
    return words;
  }

  /**
   * The verdict on a claim that all of some differences are above zero. Intervals over users alone
   * do not say what another training gives: with fewer than {@link Difference#ENOUGH_SEEDS} seeds
   * nothing is judged.
   *
   * @param differences at least one
   */
  static Verdict above(List<Difference> differences) {
    long above = differences.stream().filter(d -> d.low() > 0).count();
    long below = differences.stream().filter(d -> d.high() < 0).count();
    if (!Difference.judged(differences)) {
      return OPEN;
    }
    if (above == differences.size()) {
      return HOLDS;
    }
    if (above > 0) {
      return IN_PART;
    }
    return below > 0 ? DOES_NOT_HOLD : OPEN;
  }

  /** The verdict where so many of all points are on the claimed side, without intervals. */
  static Verdict share(int claimed, int all) {
    if (all == 0) {
      return OPEN;
    }
    double share = claimed / (double) all;
    return share >= 0.9 ? HOLDS : share >= 0.4 ? IN_PART : DOES_NOT_HOLD;
  }
}
