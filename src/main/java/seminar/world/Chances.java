package seminar.world;

/**
 * How likely each item is the user's next, by the very law that the life follows. For an unmet item
 * i of intent k, warm or cold c:
 *
 * <pre>  p(i) = Σ_k′ P(k′) P(c′) [what k′, c′ have gives way to k, c] · l_i w_i / Σ_j l_j w_j</pre>
 *
 * <p>where j runs over the unmet items of (k, c) and l is the loyalty to the favourite brand, or 1.
 * An intent all of whose items are met gives way to the next one; cold items that are all met give
 * way to warm ones.
 */
final class Chances {
  private final WorldOptions.Lives lives;
  private final Shelves shelves;
  private final Phrases phrases;
  private final Taste taste;
  private final Stock stock;
  private final double[] follows; // [intents]
  private double cold;
  private int phrase = Phrases.NONE;
  private double typed;

  Chances(
      WorldOptions.Lives lives, Shelves shelves, Phrases phrases, Taste taste, Stock stock, int n) {
    this.lives = lives;
    this.shelves = shelves;
    this.phrases = phrases;
    this.taste = taste;
    this.stock = stock;
    this.follows = new double[n];
  }

  /**
   * The moment before an event.
   *
   * @param begins whether the event begins a session
   * @param old whether it lies in the older half of the life
   */
  void expect(boolean begins, boolean old) {
    taste.expect(begins, follows);
    cold = old ? lives.coldShare() : 0;
    phrase = Phrases.NONE;
  }

  /** What the user types becomes known. */
  void hear(int phrase) {
    this.phrase = phrase;
    typed = 0;
    if (phrase != Phrases.NONE) {
      for (int intent = 0; intent < follows.length; intent++) {
        double chance = phrases.chance(phrase, intent);
        typed += chance == 0 ? 0 : chance * (pool(intent, false) + pool(intent, true));
      }
    }
  }

  /** How likely the event's item is this unmet one, given what was typed. */
  double of(int item) {
    int intent = shelves.intent(item);
    double all = stock.left(intent, shelves.cold(item), taste.favourite(intent), lives.loyalty());
    double loyalty = shelves.brand(item) == taste.favourite(intent) ? lives.loyalty() : 1;
    double chance =
        pool(intent, shelves.cold(item)) * Math.min(1, shelves.weight(item) * loyalty / all);
    return phrase == Phrases.NONE ? chance : chance * phrases.chance(phrase, intent) / typed;
  }

  /** How likely the item is one of the unmet warm, or cold, items of this intent. */
  private double pool(int intent, boolean isCold) {
    if (stock.usedUp(intent, isCold)) {
      return 0;
    }
    double share = isCold ? cold : stock.hasCold() ? 1 - cold : 1;
    double here = follows[intent];
    if (stock.anyUsedUp()) {
      int before = Math.floorMod(intent - 1, follows.length);
      while (before != intent && stock.usedUp(before, isCold)) {
        here += follows[before];
        before = Math.floorMod(before - 1, follows.length);
      }
    }
    return here * share;
  }
}
