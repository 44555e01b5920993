package seminar.world;

import seminar.math.Checks;
import seminar.options.Spelled;
import seminar.options.Withers;

/**
 * The dials of a planted world. {@link #quick}, {@link #small}, {@link #full}, {@link #lifelong}
 * and {@link #kuaiSarScale} hold every default; each {@code with} method turns one dial or one
 * group of dials.
 *
 * @param users how many users
 * @param items how many items
 * @param intents how many latent intents, at most {@value Topics#MAX_INTENTS}; an item belongs to
 *     one
 * @param popularitySkew exponent of the Zipf law of popularity of the items within an intent, and
 *     0.8 of it that of the intents; 0 is uniform
 * @param behaviour how users behave
 * @param memory what of a history matters long after it
 * @param clicks what is shown beside the items that are taken
 * @param text how titles tell the intent
 * @param image how pictures tell the intent
 * @param seed the seed from which everything follows
 */
@Withers
public record WorldOptions(
    int users,
    int items,
    int intents,
    double popularitySkew,
    @Spelled(formerly = "lives") Behaviour behaviour,
    Memory memory,
    Clicks clicks,
    Modality text,
    Modality image,
    long seed)
    implements WorldOptionsBuilder.With {
  /** Checks every dial. */
  public WorldOptions {
    Checks.atLeast(1, "users", users);
    Checks.within(1, Topics.MAX_INTENTS, "intents", intents);
    Checks.within(0, 4, "popularitySkew", popularitySkew);
    if (items < 2L * intents) {
      throw new IllegalArgumentException(
          "items %d: %d intents need at least two each".formatted(items, intents));
    }
    if (2L * behaviour.maxLength() > items) {
      throw new IllegalArgumentException(
          "maxLength %d: a history has an item once, so items must be at least twice that, not %d"
              .formatted(behaviour.maxLength(), items));
    }
    if (4L * clicks.shownBeside() > items) {
      throw new IllegalArgumentException(
          "shownBeside %d: items must be at least four times that, not %d"
              .formatted(clicks.shownBeside(), items));
    }
    Checks.within(1, intents, "activeIntents", behaviour.activeIntents());
    if (memory.returning() > 0 && memory.away() >= behaviour.maxLength()) {
      throw new IllegalArgumentException(
          "returning %s, away %d: no history is longer than maxLength %d, so nothing returns"
              .formatted(memory.returning(), memory.away(), behaviour.maxLength()));
    }
  }

  /**
   * How users behave. A history is cut into sessions; a session follows one of the user's active
   * intents.
   *
   * @param minLength the shortest history, in events
   * @param meanLength about the mean length; lengths beyond the minimum are log-normal
   * @param maxLength the longest history; longer draws are drawn again
   * @param searchShare share of events that are searches with a typed query
   * @param activeIntents how many intents a user follows at a time
   * @param drift chance, at the start of a session, that one active intent is replaced by a new one
   * @param sessionLength mean number of events of a session
   * @param wander chance that an event follows no intent of the user but any item
   * @param loyalty how many times likelier an item of the user's favourite brand is than another
   * @param coldShare chance that an event in the older half of a history is an item that nobody
   *     sees any more in the newer half
   */
  @Withers
  public record Behaviour(
      int minLength,
      double meanLength,
      int maxLength,
      double searchShare,
      int activeIntents,
      double drift,
      double sessionLength,
      double wander,
      double loyalty,
      double coldShare)
      implements WorldOptionsBehaviourBuilder.With {
    /** Checks every dial. */
    public Behaviour {
      Checks.atLeast(3, "minLength", minLength);
      Checks.within(minLength, maxLength, "meanLength", meanLength);
      Checks.within(0, 1, "searchShare", searchShare);
      Checks.atLeast(1, "activeIntents", activeIntents);
      Checks.within(0, 1, "drift", drift);
      Checks.within(1, 1e6, "sessionLength", sessionLength);
      Checks.within(0, 1, "wander", wander);
      Checks.within(1, 1e6, "loyalty", loyalty);
      Checks.within(0, 1, "coldShare", coldShare);
    }
  }

  /**
   * What of a history matters long after it. A taste is an intent together with a favourite brand
   * of it; a user remembers every taste that a session has followed.
   *
   * @param brands how many brands share an intent, at most {@value ItemTable#MOST_BRANDS}
   * @param returning chance that a session goes back to a taste that rests: one that the user
   *     followed before, but not in the last {@code away} events. Nothing else tells which one, so
   *     this is the dial of how much only a long memory can know
   * @param away events without a taste after which it rests
   * @param lasting chance that an intent which becomes active brings the brand that the user liked
   *     in it before; else another is drawn
   * @param season how far the popularity of intents swings with the time of the year: from {@code 1
   *     − season} to {@code 1 + season} times the usual, each intent at its own time
   */
  @Withers
  public record Memory(int brands, double returning, int away, double lasting, double season)
      implements WorldOptionsMemoryBuilder.With {
    /** Checks every dial. */
    public Memory {
      Checks.within(1, ItemTable.MOST_BRANDS, "brands", brands);
      Checks.within(0, 1, "returning", returning);
      Checks.atLeast(1, "away", away);
      Checks.within(0, 1, "lasting", lasting);
      Checks.within(0, 1, "season", season);
      if (lasting < 1 && brands == 1) {
        throw new IllegalArgumentException(
            "lasting %s, brands 1: there is no other brand to like".formatted(lasting));
      }
    }

    /** Five brands; no taste returns, none changes, no season. */
    public static Memory none() {
      return new Memory(5, 0, 100, 1, 0);
    }
  }

  /**
   * What users are shown. Each event is the item that was taken out of a slate.
   *
   * @param shownBeside how many other items, none of them seen before, are shown and not taken; 0
   *     for a log without exposures
   * @param near chance that such an item is of an intent that the user follows, hard to tell from
   *     the one that is taken; the others are drawn by popularity. At most 0.99, so that any item
   *     may be shown
   */
  @Withers
  public record Clicks(int shownBeside, double near) implements WorldOptionsClicksBuilder.With {
    private static final double NEAREST = 0.99;

    /** Checks every dial. */
    public Clicks {
      Checks.atLeast(0, "shownBeside", shownBeside);
      Checks.within(0, NEAREST, "near", near);
    }

    /** How many items a slate has; 0 if slates are not recorded. */
    int slate() {
      return shownBeside == 0 ? 0 : shownBeside + 1;
    }
  }

  /**
   * How a modality tells the intent of an item.
   *
   * @param noise 0 is clean: for a title the share of its words that are taken from any topic, for
   *     a picture the strength of speckle and of the variation between items
   * @param misalignment chance that the title, or the picture, shows another intent than the item's
   * @param missing chance that the item has no title, or no picture
   * @param norm the length that the modality's feature vectors are given
   */
  @Withers
  public record Modality(double noise, double misalignment, double missing, double norm)
      implements WorldOptionsModalityBuilder.With {
    /** Checks every dial. */
    public Modality {
      Checks.within(0, 1, "noise", noise);
      Checks.within(0, 1, "misalignment", misalignment);
      Checks.within(0, 1, "missing", missing);
      Checks.within(1e-6, 1e6, "norm", norm);
    }
  }

  /** A world for a notebook: made in a second, 400 histories of about 150 events. */
  public static WorldOptions quick() {
    return new WorldOptions(
        400,
        1500,
        24,
        1.3,
        new Behaviour(30, 150, 600, 0.257, 4, 0.1, 6, 0.1, 3, 0.15),
        Memory.none(),
        new Clicks(1, 0.7),
        new Modality(0.15, 0.03, 0.03, 1),
        new Modality(0.25, 0.03, 0.05, 1),
        1);
  }

  /** The world of the committed fixture, {@code data/world}: 40 histories of about 60 events. */
  public static WorldOptions small() {
    return quick()
        .withUsers(40)
        .withBehaviour(new Behaviour(20, 60, 160, 0.257, 3, 0.1, 6, 0.1, 3, 0.15))
        .withItems(360, 12);
  }

  /** A world for a night: 3,000 histories of about 400 events, the longest of 4,000. */
  public static WorldOptions full() {
    return quick()
        .withUsers(3000)
        .withItems(12_000, 48)
        .withBehaviour(new Behaviour(60, 400, 4000, 0.257, 6, 0.1, 6, 0.1, 3, 0.15));
  }

  /**
   * A world with a long memory: 1,000 histories of 1,000 to 10,000 events, 2,500 in the mean, of
   * 100,000 items. Interests come and go with almost every session; three of five sessions go back
   * to one that rested for 200 events or, often, for thousands, and nothing but the old events
   * tells which.
   */
  public static WorldOptions lifelong() {
    return quick()
        .withUsers(1000)
        .withItems(100_000, 80)
        .withPopularitySkew(0.8)
        .withBehaviour(new Behaviour(1000, 2700, 10_000, 0.257, 4, 0.8, 1.3, 0.05, 500, 0))
        .withMemory(new Memory(60, 0.6, 200, 0.2, 0.3))
        .withClicks(new Clicks(0, 0.7));
  }

  /**
   * A world as large as KuaiSAR (paper §4.1): 25,877 users, 6,890,707 items, about 19.66 million
   * exposures, half of them taken, and 25.7 % searches. Popularity is flatter than in the small
   * worlds, so that more of the catalogue is seen.
   */
  public static WorldOptions kuaiSarScale() {
    return quick()
        .withUsers(25_877)
        .withItems(6_890_707, Topics.MAX_INTENTS)
        .withPopularitySkew(0.9)
        .withBehaviour(new Behaviour(30, 385, 4000, 0.257, 6, 0.1, 6, 0.1, 3, 0.15));
  }

  /** The same world with another number of items and intents. */
  public WorldOptions withItems(int items, int intents) {
    return with(world -> world.items(items).intents(intents));
  }

  /** The same world with another share of searches among the events. */
  public WorldOptions withSearchShare(double value) {
    return withBehaviour(behaviour.withSearchShare(value));
  }
}
