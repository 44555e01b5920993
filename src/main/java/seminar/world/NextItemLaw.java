package seminar.world;

/**
 * How likely each item is the user's next, by the very law that the history follows. For an unseen
 * item i of intent k, warm or cold c:
 *
 * <pre>  p(i) = Σ_k′ P(k′) P(c′) [what k′, c′ have gives way to k, c] · l_i w_i / Σ_j l_j w_j</pre>
 *
 * <p>where j runs over the unseen items of (k, c) and l is the loyalty to the brand that is liked,
 * or 1; an intent may come with one of several brands, and chances of all are summed. An intent all
 * of whose items are seen gives way to the next one; cold items that are all seen give way to warm
 * ones.
 */
final class NextItemLaw {
  private final WorldOptions.Behaviour behaviour;
  private final ItemStrata strata;
  private final Phrases phrases;
  private final UserIntents userIntents;
  private final UnseenItems unseen;
  private final NextTaste next;
  private double cold;
  private int phrase = Phrases.NONE;
  private double typed;

  NextItemLaw(
      WorldOptions.Behaviour behaviour,
      ItemStrata strata,
      Phrases phrases,
      UserIntents userIntents,
      UnseenItems unseen,
      int intents) {
    this.behaviour = behaviour;
    this.strata = strata;
    this.phrases = phrases;
    this.userIntents = userIntents;
    this.unseen = unseen;
    this.next = new NextTaste(intents, strata.brands());
  }

  /**
   * Just before an event.
   *
   * @param begins whether the event begins a session
   * @param at the number of the event
   * @param events how many latest events are known; {@link UserIntents#EVERYTHING} for the true
   *     state of the user
   * @param old whether it lies in the older half of the history
   */
  void expect(boolean begins, int at, int events, boolean old) {
    userIntents.expect(begins, at, events, next);
    cold = old ? behaviour.coldShare() : 0;
    phrase = Phrases.NONE;
  }

  /** What the user types becomes known. */
  void observe(int phrase) {
    this.phrase = phrase;
    typed = 0;
    if (phrase != Phrases.NONE) {
      for (int intent = 0; intent < next.intents(); intent++) {
        double chance = phrases.chance(phrase, intent);
        typed += chance == 0 ? 0 : chance * (all(intent, false) + all(intent, true));
      }
    }
  }

  /** How likely the event's item is this unseen one, given what was typed. */
  double of(int item) {
    int intent = strata.intent(item);
    boolean isCold = strata.cold(item);
    double chance = pool(intent, isCold) * share(item, userIntents.favourite(intent));
    for (int brand = 0; brand < strata.brands() && next.others(intent) > 0; brand++) {
      double other = next.other(intent, brand) * warmth(isCold);
      chance += other == 0 ? 0 : other * share(item, brand);
    }
    return phrase == Phrases.NONE ? chance : chance * phrases.chance(phrase, intent) / typed;
  }

  /** The chance of an item among the unseen ones of its kind, for one who likes this brand. */
  private double share(int item, int liked) {
    int intent = strata.intent(item);
    double all = unseen.left(intent, strata.cold(item), liked, behaviour.loyalty());
    double loyalty = strata.brand(item) == liked ? behaviour.loyalty() : 1;
    return Math.min(1, strata.weight(item) * loyalty / all);
  }

  /** How likely the item is warm, or cold, whatever its intent. */
  private double warmth(boolean isCold) {
    return isCold ? cold : unseen.hasCold() ? 1 - cold : 1;
  }

  /** How likely the item is one of the unseen warm, or cold, items of this intent. */
  private double all(int intent, boolean isCold) {
    double others = unseen.usedUp(intent, isCold) ? 0 : next.others(intent) * warmth(isCold);
    return pool(intent, isCold) + others;
  }

  /** The same with the favourite brand, or after an intent that gave way. */
  private double pool(int intent, boolean isCold) {
    if (unseen.usedUp(intent, isCold)) {
      return 0;
    }
    double here = next.usual(intent);
    if (unseen.anyUsedUp()) {
      int n = next.intents();
      int before = Math.floorMod(intent - 1, n);
      while (before != intent && unseen.usedUp(before, isCold)) {
        here += next.usual(before) + next.others(before);
        before = Math.floorMod(before - 1, n);
      }
    }
    return here * warmth(isCold);
  }
}
