package seminar.world;

import java.util.SplittableRandom;

/**
 * What one user likes: a favourite brand in each intent, a few active intents that drift, and the
 * one that the session follows.
 */
final class UserIntents {
  private final WorldOptions.Behaviour behaviour;
  private final double[] popularity; // [intents], sums to 1
  private final int[] favourites;
  private final int[] active;
  private int session;

  UserIntents(WorldOptions.Behaviour behaviour, double[] popularity) {
    this.behaviour = behaviour;
    this.popularity = popularity;
    this.favourites = new int[popularity.length];
    this.active = new int[behaviour.activeIntents()];
  }

  /** A new user. */
  void draw(SplittableRandom rng) {
    for (int intent = 0; intent < favourites.length; intent++) {
      favourites[intent] = rng.nextInt(ItemTable.BRANDS);
    }
    for (int i = 0; i < active.length; i++) {
      active[i] = another(rng, i);
    }
  }

  /** The next session: perhaps with a new interest, and with an intent to follow. */
  void beginSession(SplittableRandom rng) {
    if (rng.nextDouble() < behaviour.drift() && active.length < favourites.length) {
      active[rng.nextInt(active.length)] = another(rng, active.length);
    }
    // The first active intents are dearer to the user than the last ones.
    session = active[Math.min(rng.nextInt(active.length), rng.nextInt(active.length))];
  }

  int session() {
    return session;
  }

  int favourite(int intent) {
    return favourites[intent];
  }

  /** How many active intents there are. */
  int activeCount() {
    return active.length;
  }

  int active(int slot) {
    return active[slot];
  }

  /** Any intent, by popularity. */
  int any(SplittableRandom rng) {
    return another(rng, 0);
  }

  /** An intent by popularity that is not among the first {@code known} active ones. */
  private int another(SplittableRandom rng, int known) {
    double point = rng.nextDouble() * unknown(known);
    int last = -1;
    for (int intent = 0; intent < popularity.length && (last < 0 || point >= 0); intent++) {
      if (!isActive(intent, known)) {
        last = intent;
        point -= popularity[intent];
      }
    }
    return last;
  }

  private double unknown(int known) {
    double sum = 0;
    for (int intent = 0; intent < popularity.length; intent++) {
      sum += isActive(intent, known) ? 0 : popularity[intent];
    }
    return sum;
  }

  private boolean isActive(int intent, int known) {
    for (int i = 0; i < known; i++) {
      if (active[i] == intent) {
        return true;
      }
    }
    return false;
  }

  /**
   * How likely the next event follows each intent, for one who knows the user as of before the
   * event.
   *
   * @param begins whether the event begins a session, whose intent is yet to be drawn
   * @param chances receives one number for each intent; they sum to 1
   */
  void expect(boolean begins, double[] chances) {
    for (int intent = 0; intent < chances.length; intent++) {
      chances[intent] = behaviour.wander() * popularity[intent];
    }
    double follows = 1 - behaviour.wander();
    if (!begins) {
      chances[session] += follows;
      return;
    }
    int n = active.length;
    double replaced = n < favourites.length ? behaviour.drift() / n : 0;
    for (int i = 0; i < n; i++) {
      // The smaller of two uniform slots is slot i with this chance.
      chances[active[i]] += follows * (1 - replaced) * (2 * (n - i) - 1) / ((double) n * n);
    }
    if (replaced > 0) {
      double unknown = unknown(n);
      for (int intent = 0; intent < chances.length; intent++) {
        if (!isActive(intent, n)) {
          chances[intent] += follows * replaced * popularity[intent] / unknown;
        }
      }
    }
  }
}
