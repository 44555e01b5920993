package seminar.world;

import java.util.SplittableRandom;
import seminar.math.Rng;

/**
 * Makes histories one after the other: sessions, drift, searches, and what is shown beside each
 * item that is taken. A history follows from the seed and the number of its user alone.
 */
final class HistoryMaker {
  private static final long START = 1_700_000_000; // seconds since 1970
  private static final int DAY = 86_400;

  /** Sessions are further apart than this, events of a session are nearer. */
  private static final int PAUSE = 1_800;

  private static final int STEP = 120;

  private final WorldOptions options;
  private final WorldOptions.Behaviour behaviour;
  private final ItemStrata strata;
  private final Phrases phrases;
  private final UnseenItems unseen;
  private final UserIntents userIntents;
  private final Slate slate;
  private final NextItemLaw law;
  private final int[] shown;

  /**
   * A history as it was drawn.
   *
   * @param items the item of each event
   * @param phrases what was typed, or {@link Phrases#NONE}
   * @param times milliseconds since 1970, whole seconds, rising
   * @param intents the intent each event followed, or {@link Truth#WANDERING}
   * @param shown the slates [events × slate], the item of the event among them; none if slates are
   *     not recorded
   * @param odds the log-odds of a click on each item that was shown
   */
  record UserHistory(
      int[] items, int[] phrases, long[] times, byte[] intents, int[] shown, float[] odds) {
    UserHistory(int length, int slate) {
      this(
          new int[length],
          new int[length],
          new long[length],
          new byte[length],
          new int[length * slate],
          new float[length * slate]);
    }
  }

  /**
   * A maker for one thread.
   *
   * @param popularity of the intents, sums to 1
   */
  HistoryMaker(WorldOptions options, ItemStrata strata, Phrases phrases, double[] popularity) {
    this.options = options;
    this.behaviour = options.behaviour();
    this.strata = strata;
    this.phrases = phrases;
    unseen = new UnseenItems(strata, options.intents());
    userIntents = new UserIntents(behaviour, options.memory(), popularity);
    slate = new Slate(strata, options.clicks().near(), popularity);
    law = new NextItemLaw(behaviour, strata, phrases, userIntents, unseen, options.intents());
    shown = new int[options.clicks().slate()];
  }

  /** The history of a user; {@code length} events. */
  UserHistory make(int user, int length) {
    UserHistory history = new UserHistory(length, shown.length);
    run(user, history, length);
    return history;
  }

  /** Draws the events before {@code end} and stands there. */
  private void run(int user, UserHistory history, int end) {
    SplittableRandom rng = Rng.stream("world/life/" + user, options.seed());
    int length = history.items().length;
    unseen.reset();
    userIntents.draw(rng);
    long time = START + rng.nextInt(30 * DAY);
    userIntents.season(time);
    for (int at = 0; at < end; at++) {
      boolean begins = at == 0 || rng.nextDouble() < 1 / behaviour.sessionLength();
      boolean old = 2 * at < length;
      if (shown.length > 0) {
        law.expect(begins, at, UserIntents.EVERYTHING, old);
        slate.prepare(userIntents, unseen, old);
      }
      if (begins) {
        userIntents.beginSession(rng, at);
        time += PAUSE + rng.nextInt(2 * DAY);
      }
      time += 1 + rng.nextInt(STEP);
      history.times()[at] = 1000 * time;
      step(rng, history, at, old);
      unseen.see(history.items()[at]);
      userIntents.season(time);
    }
  }

  /**
   * How likely each of these unseen items is the next of a history, for one who knows the law, has
   * seen all items before, but of the user's tastes only what the latest events show; and who does
   * not know whether a session begins.
   *
   * @param length of the whole history
   * @param position of the next event
   * @param events how many latest events; {@link UserIntents#EVERYTHING} for the true state
   */
  double[] chances(int user, int length, int position, int events, int[] items) {
    run(user, new UserHistory(length, shown.length), position);
    double[] chances = new double[items.length];
    for (boolean begins : new boolean[] {true, false}) {
      double first = position == 0 ? 1 : 1 / behaviour.sessionLength();
      double weight = begins ? first : 1 - first;
      law.expect(begins, position, events, 2 * position < length);
      for (int i = 0; i < items.length && weight > 0; i++) {
        chances[i] += weight * law.of(items[i]);
      }
    }
    return chances;
  }

  private void step(SplittableRandom rng, UserHistory history, int at, boolean old) {
    boolean wanders = rng.nextDouble() < behaviour.wander();
    boolean cold = old && rng.nextDouble() < behaviour.coldShare();
    int item =
        wanders
            ? pick(rng, userIntents.any(rng), cold)
            : pick(rng, userIntents.session(), userIntents.sessionBrand(), cold);
    int intent = strata.intent(item);
    boolean search = rng.nextDouble() < behaviour.searchShare();
    history.items()[at] = item;
    history.intents()[at] = (byte) (wanders ? Truth.WANDERING : intent);
    history.phrases()[at] = search ? phrases.draw(rng, intent) : Phrases.NONE;
    if (shown.length > 0) {
      show(rng, history, at);
    }
    if (!wanders) {
      userIntents.follow(at);
    }
  }

  /** An unseen item of the intent, for one who likes this brand of it. */
  private int pick(SplittableRandom rng, int intent, int brand, boolean cold) {
    return unseen.usedUp(intent, cold)
        ? pick(rng, intent, cold)
        : unseen.draw(rng, intent, cold, brand, behaviour.loyalty());
  }

  /**
   * An unseen item of the intent. An intent that is used up gives way to the next one, cold items
   * that are used up give way to others.
   */
  private int pick(SplittableRandom rng, int intent, boolean cold) {
    for (int shift = 0; shift < options.intents(); shift++) {
      int next = (intent + shift) % options.intents();
      if (!unseen.usedUp(next, cold)) {
        return unseen.draw(rng, next, cold, userIntents.favourite(next), behaviour.loyalty());
      }
    }
    if (cold) {
      return pick(rng, intent, false);
    }
    throw new IllegalStateException("a history of this length leaves no item unseen");
  }

  /** Fills the slate of an event, in random order, with the log-odds of a click on each item. */
  private void show(SplittableRandom rng, UserHistory history, int at) {
    shown[0] = history.items()[at];
    for (int i = 1; i < shown.length; i++) {
      shown[i] = slate.draw(rng, unseen, shown, i);
    }
    int[] order = Rng.permutation(rng, shown.length);
    law.observe(history.phrases()[at]);
    for (int i = 0; i < shown.length; i++) {
      int item = shown[order[i]];
      history.shown()[at * shown.length + i] = item;
      double odds = law.of(item) / (slate.chance(item) * (shown.length - 1));
      history.odds()[at * shown.length + i] = (float) Math.log(odds);
    }
  }
}
