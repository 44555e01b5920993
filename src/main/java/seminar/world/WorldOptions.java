package seminar.world;

import java.util.Map;
import java.util.TreeMap;
import seminar.math.Checks;

/**
 * The dials of a planted world. {@link #quick}, {@link #small}, {@link #full} and {@link
 * #kuaiSarScale} hold every default; each {@code with} method turns one dial or one group of dials.
 *
 * @param users how many lives
 * @param items how many items
 * @param intents how many latent intents, at most {@value Topics#MAX_INTENTS}; an item belongs to
 *     one
 * @param popularitySkew exponent of the Zipf law of popularity of the items within an intent, and
 *     0.8 of it that of the intents; 0 is uniform
 * @param lives how lives run
 * @param clicks what is shown beside the items that are taken
 * @param text how titles tell the intent
 * @param image how pictures tell the intent
 * @param seed the seed from which everything follows
 */
public record WorldOptions(
    int users,
    int items,
    int intents,
    double popularitySkew,
    Lives lives,
    Clicks clicks,
    Modality text,
    Modality image,
    long seed) {
  /** Checks every dial. */
  public WorldOptions {
    Checks.atLeast(1, "users", users);
    Checks.within(1, Topics.MAX_INTENTS, "intents", intents);
    Checks.within(0, 4, "popularitySkew", popularitySkew);
    if (items < 2L * intents) {
      throw new IllegalArgumentException(
          "items %d: %d intents need at least two each".formatted(items, intents));
    }
    if (2L * lives.maxLength() > items) {
      throw new IllegalArgumentException(
          "maxLength %d: a life meets an item once, so items must be at least twice that, not %d"
              .formatted(lives.maxLength(), items));
    }
    if (4L * clicks.shownBeside() > items) {
      throw new IllegalArgumentException(
          "shownBeside %d: items must be at least four times that, not %d"
              .formatted(clicks.shownBeside(), items));
    }
    Checks.within(1, intents, "activeIntents", lives.activeIntents());
  }

  /**
   * How lives run. A life is cut into sessions; a session follows one of the user's active intents.
   *
   * @param minLength the shortest life, in events
   * @param meanLength about the mean length; lengths beyond the minimum are log-normal
   * @param maxLength the longest life; longer draws are drawn again
   * @param searchShare share of events that are searches with a typed query
   * @param activeIntents how many intents a user follows at a time
   * @param drift chance, at the start of a session, that one active intent is replaced by a new one
   * @param sessionLength mean number of events of a session
   * @param wander chance that an event follows no intent of the user but any item
   * @param loyalty how many times likelier an item of the user's favourite brand is than another
   * @param coldShare chance that an event in the older half of a life is an item that nobody meets
   *     any more in the newer half
   */
  public record Lives(
      int minLength,
      double meanLength,
      int maxLength,
      double searchShare,
      int activeIntents,
      double drift,
      double sessionLength,
      double wander,
      double loyalty,
      double coldShare) {
    /** Checks every dial. */
    public Lives {
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
   * What users are shown. Each event is the item that was taken out of a slate.
   *
   * @param shownBeside how many other items, none of them met before, are shown and not taken; 0
   *     for a log without exposures
   * @param near chance that such an item is of an intent that the user follows, hard to tell from
   *     the one that is taken; the others are drawn by popularity. At most 0.99, so that any item
   *     may be shown
   */
  public record Clicks(int shownBeside, double near) {
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
  public record Modality(double noise, double misalignment, double missing, double norm) {
    /** Checks every dial. */
    public Modality {
      Checks.within(0, 1, "noise", noise);
      Checks.within(0, 1, "misalignment", misalignment);
      Checks.within(0, 1, "missing", missing);
      Checks.within(1e-6, 1e6, "norm", norm);
    }
  }

  /** A world for a notebook: made in a second, 400 lives of about 150 events. */
  public static WorldOptions quick() {
    return new WorldOptions(
        400,
        1500,
        24,
        1.3,
        new Lives(30, 150, 600, 0.257, 4, 0.1, 6, 0.1, 3, 0.15),
        new Clicks(1, 0.7),
        new Modality(0.15, 0.03, 0.03, 1),
        new Modality(0.25, 0.03, 0.05, 1),
        1);
  }

  /** The world of the committed fixture, {@code data/world}: 40 lives of about 60 events. */
  public static WorldOptions small() {
    return quick()
        .withUsers(40)
        .withLives(new Lives(20, 60, 160, 0.257, 3, 0.1, 6, 0.1, 3, 0.15))
        .withItems(360, 12);
  }

  /** A world for a night: 3,000 lives of about 400 events, the longest of 4,000. */
  public static WorldOptions full() {
    return quick()
        .withUsers(3000)
        .withItems(12_000, 48)
        .withLives(new Lives(60, 400, 4000, 0.257, 6, 0.1, 6, 0.1, 3, 0.15));
  }

  /**
   * A world as large as KuaiSAR (paper §4.1): 25,877 lives, 6,890,707 items, about 19.66 million
   * exposures, half of them taken, and 25.7 % searches. Popularity is flatter than in the small
   * worlds, so that more of the catalogue is met.
   */
  public static WorldOptions kuaiSarScale() {
    return quick()
        .withUsers(25_877)
        .withItems(6_890_707, Topics.MAX_INTENTS)
        .withPopularitySkew(0.9)
        .withLives(new Lives(30, 385, 4000, 0.257, 6, 0.1, 6, 0.1, 3, 0.15));
  }

  /** The same world with another seed. */
  public WorldOptions withSeed(long value) {
    return new WorldOptions(
        users, items, intents, popularitySkew, lives, clicks, text, image, value);
  }

  /** The same world with another number of users. */
  public WorldOptions withUsers(int value) {
    return new WorldOptions(
        value, items, intents, popularitySkew, lives, clicks, text, image, seed);
  }

  /** The same world with another number of items and intents. */
  public WorldOptions withItems(int items, int intents) {
    return new WorldOptions(
        users, items, intents, popularitySkew, lives, clicks, text, image, seed);
  }

  /** The same world with another skew of popularity. */
  public WorldOptions withPopularitySkew(double value) {
    return new WorldOptions(users, items, intents, value, lives, clicks, text, image, seed);
  }

  /** The same world with lives that run otherwise. */
  public WorldOptions withLives(Lives value) {
    return new WorldOptions(
        users, items, intents, popularitySkew, value, clicks, text, image, seed);
  }

  /** The same world with another share of searches among the events. */
  public WorldOptions withSearchShare(double value) {
    return withLives(
        new Lives(
            lives.minLength,
            lives.meanLength,
            lives.maxLength,
            value,
            lives.activeIntents,
            lives.drift,
            lives.sessionLength,
            lives.wander,
            lives.loyalty,
            lives.coldShare));
  }

  /** The same world with other slates. */
  public WorldOptions withClicks(Clicks value) {
    return new WorldOptions(users, items, intents, popularitySkew, lives, value, text, image, seed);
  }

  /** The same world with other titles. */
  public WorldOptions withText(Modality value) {
    return new WorldOptions(
        users, items, intents, popularitySkew, lives, clicks, value, image, seed);
  }

  /** The same world with other pictures. */
  public WorldOptions withImage(Modality value) {
    return new WorldOptions(
        users, items, intents, popularitySkew, lives, clicks, text, value, seed);
  }

  /** Every dial by name, as a manifest records it, such as {@code lives.drift}. */
  public Map<String, String> describe() {
    return Dials.describe(this);
  }

  /**
   * The options that {@link #describe} described; other names are passed over.
   *
   * @throws IllegalArgumentException if a dial is missing or no number
   */
  public static WorldOptions of(Map<String, String> dials) {
    return Dials.parse(WorldOptions.class, "", dials);
  }

  /**
   * The same with some dials turned.
   *
   * @param dials values by name, the names of {@link #describe}
   * @throws IllegalArgumentException if there is no such dial, or it cannot have this value
   */
  public WorldOptions turned(Map<String, String> dials) {
    Map<String, String> all = new TreeMap<>(describe());
    dials.forEach(
        (name, value) -> {
          if (all.put(name, value) == null) {
            all.remove(name);
            throw new IllegalArgumentException(
                "the world has no dial '%s'; there is %s"
                    .formatted(name, String.join(", ", all.keySet())));
          }
        });
    return of(all);
  }
}
