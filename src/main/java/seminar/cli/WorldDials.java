package seminar.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
        "What matters long after",
        """
        memory.brands | N | Brands of an intent, each a taste of its own
        memory.returning | P | Chance that a session goes back to a taste that rests
        memory.away | N | Events after which a taste rests
        memory.lasting | P | Chance that an intent comes back with its old favourite brand
        memory.season | X | How far popularity swings with the time of the year, 0 to 1
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

  private CommandSpec command;

  /** Puts the name of the option before each line, made from the path. */
  private static void dials(String heading, String table) {
    StringBuilder named = new StringBuilder();
    for (String line : table.lines().toList()) {
      String path = line.substring(0, line.indexOf(' '));
      String words = path.replaceFirst("^(behaviour|memory|clicks)\\.", "").replace('.', '-');
      String name = "--" + words.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      named.append(line.replaceFirst("(\\S+) \\| (\\S+)", name + " | $2 | $1")).append('\n');
    }
    GROUPS.put(heading, PathOption.table(named.toString(), "quick", WorldOptions.quick()));
  }

  @Spec(Spec.Target.MIXEE)
  void addTo(CommandSpec mixee) {
    command = mixee;
    GROUPS.forEach(
        (heading, dials) ->
            mixee.addArgGroup(PathOption.group(heading, mixee.argGroups().size(), dials).build()));
  }

  /**
   * The options with every dial that the arguments turn.
   *
   * @throws IllegalArgumentException if there is no such dial, or it is out of its range
   */
  WorldOptions turned(WorldOptions options) {
    List<PathOption> all = GROUPS.values().stream().flatMap(List::stream).toList();
    Map<String, Object> given = PathOption.given(all, command, settings);
    given.putAll(settings);
    return OptionPaths.set(options, given);
  }
}
