package seminar.cli;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import seminar.world.WorldOptions;

/** The dials of the world as options; what is not given stays as the scale has it. */
final class WorldDials {
  @ArgGroup(validate = false, heading = "%nSizes:%n")
  private Sizes sizes;

  @ArgGroup(validate = false, heading = "%nHow lives run:%n")
  private Lives lives;

  @ArgGroup(validate = false, heading = "%nWhat is shown and not taken:%n")
  private Clicks clicks;

  @ArgGroup(validate = false, heading = "%nHow titles tell what an item is:%n")
  private Titles titles;

  @ArgGroup(validate = false, heading = "%nHow pictures tell what an item is:%n")
  private Pictures pictures;

  /**
   * The options with every dial that the arguments turn; the key of an option's description is the
   * name of its dial.
   *
   * @throws IllegalArgumentException if a dial is out of its range
   */
  static WorldOptions turned(WorldOptions options, ParseResult arguments) {
    Map<String, String> dials = new TreeMap<>(options.describe());
    for (OptionSpec option : arguments.matchedOptions()) {
      if (dials.containsKey(option.descriptionKey())) {
        dials.put(option.descriptionKey(), option.getValue().toString());
      }
    }
    return WorldOptions.of(dials);
  }

  /** Gives descriptions the defaults of the quick scale as {@code ${bundle:quick.lives.drift}}. */
  static ResourceBundle defaults() {
    Map<String, String> quick = new TreeMap<>();
    WorldOptions.quick().describe().forEach((name, value) -> quick.put("quick." + name, value));
    return new ResourceBundle() {
      @Override
      protected Object handleGetObject(String key) {
        return quick.get(key);
      }

      @Override
      public Enumeration<String> getKeys() {
        return Collections.enumeration(quick.keySet());
      }
    };
  }

  /** How many of what. */
  private static final class Sizes {
    @Option(
        names = "--users",
        paramLabel = "N",
        descriptionKey = "users",
        description = "How many lives (quick: ${bundle:quick.users}).")
    private Integer users;

    @Option(
        names = "--items",
        paramLabel = "N",
        descriptionKey = "items",
        description = "How many items (quick: ${bundle:quick.items}).")
    private Integer items;

    @Option(
        names = "--intents",
        paramLabel = "N",
        descriptionKey = "intents",
        description = "How many latent intents (quick: ${bundle:quick.intents}).")
    private Integer intents;

    @Option(
        names = "--popularity-skew",
        paramLabel = "X",
        descriptionKey = "popularitySkew",
        description =
            "Exponent of the Zipf law of popularity (quick: ${bundle:quick.popularitySkew}).")
    private Double popularitySkew;
  }

  /** The shape of lives. */
  private static final class Lives {
    @Option(
        names = "--min-length",
        paramLabel = "N",
        descriptionKey = "lives.minLength",
        description = "The shortest life, in events (quick: ${bundle:quick.lives.minLength}).")
    private Integer minLength;

    @Option(
        names = "--mean-length",
        paramLabel = "X",
        descriptionKey = "lives.meanLength",
        description = "About the mean length (quick: ${bundle:quick.lives.meanLength}).")
    private Double meanLength;

    @Option(
        names = "--max-length",
        paramLabel = "N",
        descriptionKey = "lives.maxLength",
        description = "The longest life (quick: ${bundle:quick.lives.maxLength}).")
    private Integer maxLength;

    @Option(
        names = "--search-share",
        paramLabel = "P",
        descriptionKey = "lives.searchShare",
        description =
            "Share of events that are searches (quick: ${bundle:quick.lives.searchShare}).")
    private Double searchShare;

    @Option(
        names = "--active-intents",
        paramLabel = "N",
        descriptionKey = "lives.activeIntents",
        description =
            "Intents that a user follows at a time (quick: ${bundle:quick.lives.activeIntents}).")
    private Integer activeIntents;

    @Option(
        names = "--drift",
        paramLabel = "P",
        descriptionKey = "lives.drift",
        description =
            "Chance of a new intent at the start of a session (quick:"
                + " ${bundle:quick.lives.drift}).")
    private Double drift;

    @Option(
        names = "--session-length",
        paramLabel = "X",
        descriptionKey = "lives.sessionLength",
        description = "Mean events of a session (quick: ${bundle:quick.lives.sessionLength}).")
    private Double sessionLength;

    @Option(
        names = "--wander",
        paramLabel = "P",
        descriptionKey = "lives.wander",
        description =
            "Chance that an event follows no intent of the user (quick:"
                + " ${bundle:quick.lives.wander}).")
    private Double wander;

    @Option(
        names = "--loyalty",
        paramLabel = "X",
        descriptionKey = "lives.loyalty",
        description =
            "How many times likelier a favourite brand is (quick: ${bundle:quick.lives.loyalty}).")
    private Double loyalty;

    @Option(
        names = "--cold-share",
        paramLabel = "P",
        descriptionKey = "lives.coldShare",
        description =
            "Share of older halves on items that newer halves never meet (quick:"
                + " ${bundle:quick.lives.coldShare}).")
    private Double coldShare;
  }

  /** What is shown. */
  private static final class Clicks {
    @Option(
        names = "--shown-beside",
        paramLabel = "N",
        descriptionKey = "clicks.shownBeside",
        description =
            "Items shown beside each that is taken, 0 for none (quick:"
                + " ${bundle:quick.clicks.shownBeside}).")
    private Integer shownBeside;

    @Option(
        names = "--near",
        paramLabel = "P",
        descriptionKey = "clicks.near",
        description =
            "Chance that such an item is of an intent the user follows (quick:"
                + " ${bundle:quick.clicks.near}).")
    private Double near;
  }

  /** What a title tells. */
  private static final class Titles {
    @Option(
        names = "--text-noise",
        paramLabel = "P",
        descriptionKey = "text.noise",
        description = "Share of words from any topic (quick: ${bundle:quick.text.noise}).")
    private Double noise;

    @Option(
        names = "--text-misalignment",
        paramLabel = "P",
        descriptionKey = "text.misalignment",
        description =
            "Chance that it tells of another intent (quick: ${bundle:quick.text.misalignment}).")
    private Double misalignment;

    @Option(
        names = "--text-missing",
        paramLabel = "P",
        descriptionKey = "text.missing",
        description = "Chance that an item has no title (quick: ${bundle:quick.text.missing}).")
    private Double missing;

    @Option(
        names = "--text-norm",
        paramLabel = "X",
        descriptionKey = "text.norm",
        description = "Length of the feature vectors (quick: ${bundle:quick.text.norm}).")
    private Double norm;
  }

  /** What a picture tells. */
  private static final class Pictures {
    @Option(
        names = "--image-noise",
        paramLabel = "P",
        descriptionKey = "image.noise",
        description = "Strength of speckle and variation (quick: ${bundle:quick.image.noise}).")
    private Double noise;

    @Option(
        names = "--image-misalignment",
        paramLabel = "P",
        descriptionKey = "image.misalignment",
        description =
            "Chance that it tells of another intent (quick: ${bundle:quick.image.misalignment}).")
    private Double misalignment;

    @Option(
        names = "--image-missing",
        paramLabel = "P",
        descriptionKey = "image.missing",
        description = "Chance that an item has no picture (quick: ${bundle:quick.image.missing}).")
    private Double missing;

    @Option(
        names = "--image-norm",
        paramLabel = "X",
        descriptionKey = "image.norm",
        description = "Length of the feature vectors (quick: ${bundle:quick.image.norm}).")
    private Double norm;
  }
}
