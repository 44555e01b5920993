package seminar.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import seminar.options.OptionPaths;
import seminar.world.WorldOptions;

/**
 * The dials of the world as options; what is not given stays as the scale has it. Every option has
 * the name of its dial: {@code --mean-length} turns {@code behaviour.meanLength}.
 */
final class WorldDials {
  /** By their headings. */
  private static final Map<String, List<PathOption>> GROUPS = new LinkedHashMap<>();

  static {
    dials(
        "Sizes",
        """
        users | N | How many histories
        items | N | How many items
        intents | N | How many latent intents
        popularitySkew | X | Exponent of the Zipf law of popularity
        """);
    dials(
        "How histories run",
        """
        behaviour.minLength | N | The shortest history, in events
        behaviour.meanLength | X | About the mean length
        behaviour.maxLength | N | The longest history
        behaviour.searchShare | P | Share of events that are searches
        behaviour.activeIntents | N | Intents that a user follows at a time
        behaviour.drift | P | Chance of a new intent at the start of a session
        behaviour.sessionLength | X | Mean events of a session
        behaviour.wander | P | Chance that an event follows no intent of the user
        behaviour.loyalty | X | How many times likelier a favourite brand is
        behaviour.coldShare | P | Share of older halves on items that newer halves never meet
        """);
    dials(
        "What is shown and not taken",
        """
        clicks.shownBeside | N | Items shown beside each that is taken, 0 for none
        clicks.near | P | Chance that such an item is of an intent the user follows
        """);
    dials(
        "How titles tell what an item is",
        """
        text.noise | P | Share of words from any topic
        text.misalignment | P | Chance that it tells of another intent
        text.missing | P | Chance that an item has no title
        text.norm | X | Length of the feature vectors
        """);
    dials(
        "How pictures tell what an item is",
        """
        image.noise | P | Strength of speckle and variation
        image.misalignment | P | Chance that it tells of another intent
        image.missing | P | Chance that an item has no picture
        image.norm | X | Length of the feature vectors
        """);
  }

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description =
          "Sets any dial by its path, such as behaviour.drift=0.5 or text.noise=0; may be given"
              + " several times.")
  private Map<String, String> settings = new LinkedHashMap<>();

  private static void dials(String heading, String table) {
    Map<String, String> quick = OptionPaths.describe(WorldOptions.quick());
    List<PathOption> dials = new ArrayList<>();
    for (String line : table.lines().toList()) {
      String[] columns = line.split(" \\| ");
      String words = columns[0].replaceFirst("^(histories|clicks)\\.", "").replace('.', '-');
      String name = "--" + words.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      String description = "%s (quick: %s).".formatted(columns[2], quick.get(columns[0]));
      dials.add(new PathOption(name, columns[1], columns[0], description));
    }
    GROUPS.put(heading, dials);
  }

  @Spec(Spec.Target.MIXEE)
  void addTo(CommandSpec command) {
    int order = 0;
    for (Map.Entry<String, List<PathOption>> group : GROUPS.entrySet()) {
      ArgGroupSpec.Builder options =
          ArgGroupSpec.builder()
              .validate(false)
              .order(order++)
              .heading("%n" + group.getKey() + ":%n");
      group.getValue().forEach(dial -> options.addArg(dial.spec()));
      command.addArgGroup(options.build());
    }
  }

  /**
   * The options with every dial that the arguments turn.
   *
   * @throws IllegalArgumentException if there is no such dial, or it is out of its range
   */
  WorldOptions turned(WorldOptions options, ParseResult arguments) {
    List<PathOption> all = GROUPS.values().stream().flatMap(List::stream).toList();
    Map<String, Object> given = PathOption.given(all, arguments, settings);
    given.putAll(settings);
    return OptionPaths.set(options, given);
  }
}
