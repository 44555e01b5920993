package seminar.world;

import seminar.data.Histories;
import seminar.math.Checks;

/**
 * One who knows the law of a planted world and draws a user's history again to see the state that
 * the user is in: the best that any model could rank by, and what is left of it for one who
 * remembers the latest events alone.
 *
 * <p>Known are all items that the user has seen, since a history has an item once, and how popular
 * items and intents are. Of the tastes of the user only those are known that the latest {@code
 * events} events followed; any other is as likely as its intent is popular. Not known is whether
 * the next event begins a session.
 *
 * <p>Thread safety: one thread.
 */
public final class Oracle {
  /** For {@code events}: the true state of the user, and what has not shown yet. */
  public static final int EVERYTHING = UserIntents.EVERYTHING;

  private final Histories histories;
  private final HistoryMaker maker;
  private final int events;

  /**
   * An oracle.
   *
   * @param events how many latest events it remembers; {@link #EVERYTHING} for the true state
   */
  public Oracle(World world, int events) {
    this.histories = world.corpus().histories();
    this.events = Checks.atLeast(0, "events", events);
    WorldOptions options = world.options();
    ItemStrata strata =
        new ItemStrata(ItemTable.of(options), options.intents(), options.memory().brands());
    maker =
        new HistoryMaker(
            options, strata, new Phrases(options.intents()), LogWriter.popularity(options));
  }

  /**
   * How likely each of these items is the next of a history.
   *
   * @param user whose history
   * @param position of the event that comes next
   * @param items that the user has not seen before it
   * @return a chance for each item; over all unseen items they sum to 1
   * @throws IllegalArgumentException if the history has no such position
   */
  public double[] chances(int user, int position, int[] items) {
    int length = histories.length(user);
    Checks.within(0, length - 1, "position", position);
    return maker.chances(user, length, position, events, items);
  }
}
