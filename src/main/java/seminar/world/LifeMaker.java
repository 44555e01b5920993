package seminar.world;

import java.util.SplittableRandom;
import seminar.math.Rng;

/**
 * Lives one life after the other: sessions, drift, searches, and what is shown beside each item
 * that is taken. A life follows from the seed and the number of its user alone.
 */
final class LifeMaker {
  private static final long START = 1_700_000_000; // seconds since 1970
  private static final int DAY = 86_400;

  /** Sessions are further apart than this, events of a session are nearer. */
  private static final int PAUSE = 1_800;

  private static final int STEP = 120;

  private final WorldOptions options;
  private final WorldOptions.Lives lives;
  private final Shelves shelves;
  private final Phrases phrases;
  private final Stock stock;
  private final Taste taste;
  private final Window window;
  private final Chances chances;
  private final int[] slate;

  /**
   * A maker for one thread.
   *
   * @param popularity of the intents, sums to 1
   */
  LifeMaker(WorldOptions options, Shelves shelves, Phrases phrases, double[] popularity) {
    this.options = options;
    this.lives = options.lives();
    this.shelves = shelves;
    this.phrases = phrases;
    stock = new Stock(shelves, options.intents());
    taste = new Taste(lives, popularity);
    window = new Window(shelves, options.clicks().near(), popularity);
    chances = new Chances(lives, shelves, phrases, taste, stock, options.intents());
    slate = new int[options.clicks().slate()];
  }

  /** The life of a user; {@code length} events. */
  Life live(int user, int length) {
    SplittableRandom rng = Rng.stream("world/life/" + user, options.seed());
    Life life = new Life(length, slate.length);
    stock.restock();
    taste.born(rng);
    long time = START + rng.nextInt(30 * DAY);
    for (int at = 0; at < length; at++) {
      boolean begins = at == 0 || rng.nextDouble() < 1 / lives.sessionLength();
      boolean old = 2 * at < length;
      if (slate.length > 0) {
        chances.expect(begins, old);
        window.dress(taste, stock, old);
      }
      if (begins) {
        taste.begin(rng);
        time += PAUSE + rng.nextInt(2 * DAY);
      }
      time += 1 + rng.nextInt(STEP);
      life.times()[at] = 1000 * time;
      step(rng, life, at, old);
      stock.meet(life.items()[at]);
    }
    return life;
  }

  private void step(SplittableRandom rng, Life life, int at, boolean old) {
    boolean wanders = rng.nextDouble() < lives.wander();
    boolean cold = old && rng.nextDouble() < lives.coldShare();
    int item = pick(rng, wanders ? taste.any(rng) : taste.session(), cold);
    int intent = shelves.intent(item);
    boolean search = rng.nextDouble() < lives.searchShare();
    life.items()[at] = item;
    life.intents()[at] = (byte) (wanders ? Truth.WANDERING : intent);
    life.phrases()[at] = search ? phrases.draw(rng, intent) : Phrases.NONE;
    if (slate.length > 0) {
      show(rng, life, at);
    }
  }

  /**
   * An unmet item of the intent. An intent that is used up gives way to the next one, cold items
   * that are used up give way to others.
   */
  private int pick(SplittableRandom rng, int intent, boolean cold) {
    for (int shift = 0; shift < options.intents(); shift++) {
      int next = (intent + shift) % options.intents();
      if (!stock.usedUp(next, cold)) {
        return stock.draw(rng, next, cold, taste.favourite(next), lives.loyalty());
      }
    }
    if (cold) {
      return pick(rng, intent, false);
    }
    throw new IllegalStateException("a life of this length leaves no item unmet");
  }

  /** Fills the slate of an event, in random order, with the log-odds of a click on each item. */
  private void show(SplittableRandom rng, Life life, int at) {
    slate[0] = life.items()[at];
    for (int i = 1; i < slate.length; i++) {
      slate[i] = window.draw(rng, stock, slate, i);
    }
    int[] order = Rng.permutation(rng, slate.length);
    chances.hear(life.phrases()[at]);
    for (int i = 0; i < slate.length; i++) {
      int item = slate[order[i]];
      life.shown()[at * slate.length + i] = item;
      double odds = chances.of(item) / (window.chance(item) * (slate.length - 1));
      life.odds()[at * slate.length + i] = (float) Math.log(odds);
    }
  }
}
