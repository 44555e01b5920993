package seminar.world;

import java.util.Arrays;

/**
 * How likely the next event follows each intent with the user's favourite brand of it, and how
 * likely with another; all sum to 1.
 */
final class NextTaste {
  private final int brands;
  private final double[] usual; // [intents]
  private final double[][] others; // [intents][brands]
  private final double[] ofOthers; // [intents] their sums
  private boolean hasOthers;

  NextTaste(int intents, int brands) {
    this.brands = brands;
    usual = new double[intents];
    others = new double[intents][brands];
    ofOthers = new double[intents];
  }

  void clear() {
    Arrays.fill(usual, 0);
    if (hasOthers) {
      Arrays.fill(ofOthers, 0);
      for (double[] row : others) {
        Arrays.fill(row, 0);
      }
      hasOthers = false;
    }
  }

  /** Adds to the chance of an intent with the favourite brand. */
  void add(int intent, double chance) {
    usual[intent] += chance;
  }

  /** Adds to the chance of an intent with this brand, which is not the favourite. */
  void addOther(int intent, int brand, double chance) {
    others[intent][brand] += chance;
    ofOthers[intent] += chance;
    hasOthers = true;
  }

  /** Adds to the chance of an intent with any brand, all alike. */
  void addAny(int intent, double chance) {
    for (int brand = 0; brand < brands; brand++) {
      addOther(intent, brand, chance / brands);
    }
  }

  /** The chance of an intent with the favourite brand. */
  double usual(int intent) {
    return usual[intent];
  }

  /** The chance of an intent with any other brand. */
  double others(int intent) {
    return ofOthers[intent];
  }

  /** The chance of an intent with this brand, beside that of the favourite. */
  double other(int intent, int brand) {
    return others[intent][brand];
  }

  /** How many intents there are. */
  int intents() {
    return usual.length;
  }
}
