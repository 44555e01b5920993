package seminar.loss;

/** How much a negative pair counts: where the paper's definition and the released code differ. */
public enum NextPairBalance {
  /** The negatives of a target together count as much as its positive. */
  TARGET {
    @Override
    double positive(int targets, int pairs) {
      return 1.0 / targets;
    }

    @Override
    double negative(int targets, int pairs, int negatives) {
      return 1.0 / targets / negatives;
    }
  },
  /**
   * As in the released code: each pair, positive or negative, counts alike, and the loss is their
   * mean. With one negative for each target this is half of {@link #TARGET}.
   */
  PAIR {
    @Override
    double positive(int targets, int pairs) {
      return 1.0 / pairs;
    }

    @Override
    double negative(int targets, int pairs, int negatives) {
      return 1.0 / pairs;
    }
  };

  /** Weight of the positive of one of {@code targets} with {@code pairs} pairs altogether. */
  abstract double positive(int targets, int pairs);

  /** Weight of each of {@code negatives} negatives of one target. */
  abstract double negative(int targets, int pairs, int negatives);
}
