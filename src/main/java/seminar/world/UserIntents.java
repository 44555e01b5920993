package seminar.world;

import java.util.SplittableRandom;

/**
 * What one user likes: a favourite brand in each intent, a few active intents that drift, the
 * tastes that were followed before, and the one that the session follows.
 */
final class UserIntents {
  /** Stands for one who knows the user's state, however long ago it showed. */
  static final int EVERYTHING = Integer.MAX_VALUE;

  private final WorldOptions.Behaviour behaviour;
  private final WorldOptions.Memory memory;
  private final IntentPopularity popularity;
  private final int[] favourites;
  private final int[] active;
  private final Tastes tastes;
  private int session;
  private int brand;

  UserIntents(WorldOptions.Behaviour behaviour, WorldOptions.Memory memory, double[] popularity) {
    this.behaviour = behaviour;
    this.memory = memory;
    this.popularity = new IntentPopularity(popularity, memory.season());
    this.favourites = new int[popularity.length];
    this.active = new int[behaviour.activeIntents()];
    this.tastes = new Tastes(popularity.length * memory.brands(), memory.away());
  }

  /** A new user, at no time of the year yet. */
  void draw(SplittableRandom rng) {
    tastes.reset();
    popularity.reset();
    for (int intent = 0; intent < favourites.length; intent++) {
      favourites[intent] = rng.nextInt(memory.brands());
    }
    for (int i = 0; i < active.length; i++) {
      active[i] = another(rng, i);
    }
  }

  /** The popularity of intents becomes that of a time, in seconds since 1970. */
  void season(long seconds) {
    popularity.at(seconds);
  }

  /**
   * The next session: back to a taste that rests, or else perhaps with a new interest, and with an
   * intent to follow.
   *
   * @param at the number of its first event
   */
  void beginSession(SplittableRandom rng, int at) {
    int resting = resting(at);
    if (resting > 0 && rng.nextDouble() < memory.returning()) {
      int taste = tastes.draw(rng, resting);
      session = taste / memory.brands();
      brand = taste % memory.brands();
      return;
    }
    if (rng.nextDouble() < behaviour.drift() && active.length < favourites.length) {
      int slot = rng.nextInt(active.length);
      active[slot] = another(rng, active.length);
      if (memory.lasting() < 1 && rng.nextDouble() >= memory.lasting()) {
        favourites[active[slot]] = rng.nextInt(memory.brands());
      }
    }
    // The first active intents are dearer to the user than the last ones.
    session = active[Math.min(rng.nextInt(active.length), rng.nextInt(active.length))];
    brand = favourites[session];
  }

  /** How many tastes rest before an event, of a world in which they return. */
  private int resting(int at) {
    return memory.returning() == 0
        ? 0
        : tastes.rest(
            at,
            taste -> {
              int intent = taste / memory.brands();
              return isActive(intent, active.length)
                  && favourites[intent] == taste % memory.brands();
            });
  }

  /** Event {@code at} follows the session's taste. */
  void follow(int at) {
    tastes.follow(taste(session, brand), at);
  }

  private int taste(int intent, int brand) {
    return intent * memory.brands() + brand;
  }

  int session() {
    return session;
  }

  /** The brand that an event of the session likes in its intent. */
  int sessionBrand() {
    return brand;
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
    for (int intent = 0; intent < popularity.intents() && (last < 0 || point >= 0); intent++) {
      if (!isActive(intent, known)) {
        last = intent;
        point -= popularity.of(intent);
      }
    }
    return last;
  }

  private double unknown(int known) {
    double sum = 0;
    for (int intent = 0; intent < popularity.intents(); intent++) {
      sum += isActive(intent, known) ? 0 : popularity.of(intent);
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
   * How likely the next event follows each taste, for one who knows the user as of before the
   * event, or as far as the latest events show. A taste that did not show may be any, by the
   * popularity of its intent.
   *
   * @param begins whether the event begins a session, whose taste is yet to be drawn
   * @param at the number of the event
   * @param events how many latest events are known; {@link #EVERYTHING} for the user's true state
   * @param next receives the chances
   */
  void expect(boolean begins, int at, int events, NextTaste next) {
    next.clear();
    for (int intent = 0; intent < popularity.intents(); intent++) {
      addFavourite(intent, behaviour.wander() * popularity.of(intent), at, events, next);
    }
    double follows = 1 - behaviour.wander();
    if (!begins && knows(taste(session, brand), at, events)) {
      add(session, brand, follows, next);
      return;
    }
    double hidden = begins ? 0 : follows;
    follows -= hidden;
    int resting = resting(at);
    double[] returns = tastes.chances(resting);
    for (int i = 0; i < resting; i++) {
      int taste = tastes.resting(i);
      double chance = follows * memory.returning() * returns[i];
      if (knows(taste, at, events)) {
        add(taste / memory.brands(), taste % memory.brands(), chance, next);
      } else {
        hidden += chance;
      }
    }
    follows *= resting > 0 ? 1 - memory.returning() : 1;
    int n = active.length;
    double replaced = n < favourites.length ? behaviour.drift() / n : 0;
    for (int i = 0; i < n; i++) {
      // The smaller of two uniform slots is slot i with this chance.
      double chance = follows * (1 - replaced) * (2 * (n - i) - 1) / ((double) n * n);
      if (knows(taste(active[i], favourites[active[i]]), at, events)) {
        next.add(active[i], chance);
      } else {
        hidden += chance;
      }
    }
    if (replaced > 0) {
      double unknown = unknown(n);
      for (int intent = 0; intent < popularity.intents(); intent++) {
        if (!isActive(intent, n)) {
          double chance = follows * replaced * popularity.of(intent) / unknown;
          addFavourite(intent, memory.lasting() * chance, at, events, next);
          if (memory.lasting() < 1) {
            next.addAny(intent, (1 - memory.lasting()) * chance);
          }
        }
      }
    }
    for (int intent = 0; intent < popularity.intents() && hidden > 0; intent++) {
      next.addAny(intent, hidden * popularity.of(intent));
    }
  }

  private boolean knows(int taste, int at, int events) {
    return events == EVERYTHING || tastes.within(taste, at, events);
  }

  private void addFavourite(int intent, double chance, int at, int events, NextTaste next) {
    if (knows(taste(intent, favourites[intent]), at, events)) {
      next.add(intent, chance);
    } else {
      next.addAny(intent, chance);
    }
  }

  private void add(int intent, int liked, double chance, NextTaste next) {
    if (liked == favourites[intent]) {
      next.add(intent, chance);
    } else {
      next.addOther(intent, liked, chance);
    }
  }
}
