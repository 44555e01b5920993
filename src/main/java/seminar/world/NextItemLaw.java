package seminar.world;

/**
 * How likely each item is the user's next, by the very law that the history follows. For an unseen
 * item i of intent k, warm or cold c:
 *
 * <pre>  p(i) = Σ_k′ P(k′) P(c′) [what k′, c′ have gives way to k, c] · l_i w_i / Σ_j l_j w_j</pre>
 *
 * <p>where j runs over the unseen items of (k, c) and l is the loyalty to the favourite brand, or
 * 1. An intent all of whose items are seen gives way to the next one; cold items that are all seen
 * give way to warm ones.
 */
final class NextItemLaw {
  private final WorldOptions.Behaviour behaviour;
  private final ItemStrata strata;
  private final Phrases phrases;
  private final UserIntents userIntents;
  private final UnseenItems unseen;
  private final double[] follows; // [intents]
  private double cold;
  private int phrase = Phrases.NONE;
  private double typed;

  NextItemLaw(
      WorldOptions.Behaviour behaviour,
      ItemStrata strata,
      Phrases phrases,
      UserIntents userIntents,
      UnseenItems unseen,
      int n) {
    this.behaviour = behaviour;
    this.strata = strata;
    this.phrases = phrases;
    this.userIntents = userIntents;
    this.unseen = unseen;
    this.follows = new double[n];
  }

  /**
   * Just before an event.
   *
   * @param begins whether the event begins a session
   * @param old whether it lies in the older half of the history
   */
  void expect(boolean begins, boolean old) {
    userIntents.expect(begins, follows);
    cold = old ? behaviour.coldShare() : 0;
    phrase = Phrases.NONE;
  }

  /** What the user types becomes known. */
  void observe(int phrase) {
    this.phrase = phrase;
    typed = 0;
    if (phrase != Phrases.NONE) {
      for (int intent = 0; intent < follows.length; intent++) {
        double chance = phrases.chance(phrase, intent);
        typed += chance == 0 ? 0 : chance * (pool(intent, false) + pool(intent, true));
      }
    }
  }

  /** How likely the event's item is this unseen one, given what was typed. */
  double of(int item) {
    int intent = strata.intent(item);
    double all =
        unseen.left(intent, strata.cold(item), userIntents.favourite(intent), behaviour.loyalty());
    double loyalty = strata.brand(item) == userIntents.favourite(intent) ? behaviour.loyalty() : 1;
    double chance =
        pool(intent, strata.cold(item)) * Math.min(1, strata.weight(item) * loyalty / all);
    return phrase == Phrases.NONE ? chance : chance * phrases.chance(phrase, intent) / typed;
  }

  /** How likely the item is one of the unseen warm, or cold, items of this intent. */
  private double pool(int intent, boolean isCold) {
    if (unseen.usedUp(intent, isCold)) {
      return 0;
    }
    double share = isCold ? cold : unseen.hasCold() ? 1 - cold : 1;
    double here = follows[intent];
    if (unseen.anyUsedUp()) {
      int before = Math.floorMod(intent - 1, follows.length);
      while (before != intent && unseen.usedUp(before, isCold)) {
        here += follows[before];
        before = Math.floorMod(before - 1, follows.length);
      }
    }
    return here * share;
  }
}
