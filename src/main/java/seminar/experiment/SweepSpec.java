package seminar.experiment;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import seminar.file.Json;
import seminar.options.OptionPaths;
import seminar.source.Sources;
import tech.tablesaw.api.Table;

/**
 * A grid of experiments as a file: one corpus, one setup, and lists of values for some of its
 * options, of which every combination is a run with every seed.
 *
 * <pre>
 *   title: Weight of the query and places of a head
 *   corpus: world
 *   options: {users: 400}
 *   seeds: [1, 2]
 *   set: {training.epochs: 8}
 *   vary:
 *     model.channels.queryWeight: [0.1, 0.5]
 *     model.attention.topK: [16, 64]
 *     pretrained: [false, true]
 * </pre>
 *
 * @param title above the table
 * @param corpus {@code world} or the name of a reader
 * @param data folder of the reader's logs; none for the world
 * @param options dials of the world or options of the reader
 * @param profile {@code laptop} or {@code paper}: what the setup is before anything is set
 * @param seeds seeds of training
 * @param negativesSeed seed of the negatives
 * @param set options of the setup by path ({@link OptionPaths}), or {@code pretrained}
 * @param vary values of such options, {@code fidelity}, or {@code switch} (none, or a {@link
 *     Switch})
 */
public record SweepSpec(
    String title,
    String corpus,
    String data,
    Map<String, String> options,
    String profile,
    List<Long> seeds,
    @JsonProperty("negatives-seed") Long negativesSeed,
    Map<String, Object> set,
    Map<String, List<Object>> vary) {
  private static final String PRETRAINED = "pretrained";

  /** What may be set or varied beside the options of the setup. */
  private static final Set<String> OWN = Set.of(PRETRAINED, "fidelity", "switch");

  /** Fills in what is left out. */
  public SweepSpec {
    title = title == null ? "Sweep" : title;
    corpus = corpus == null ? "world" : corpus;
    data = data == null ? "" : data;
    options = options == null ? Map.of() : Map.copyOf(filled("options", options));
    profile = profile == null ? "laptop" : profile.toLowerCase(Locale.ROOT);
    seeds = seeds == null ? List.of(1L) : List.copyOf(distinct("seeds", seeds));
    negativesSeed = negativesSeed == null ? 1L : negativesSeed;
    set = set == null ? Map.of() : new LinkedHashMap<>(filled("set", set));
    vary = vary == null ? Map.of() : new LinkedHashMap<>(vary);
    if (seeds.isEmpty()) {
      throw new IllegalArgumentException("'seeds' is empty: give at least one");
    }
    if (!profile.equals("laptop") && !profile.equals("paper")) {
      throw new IllegalArgumentException(
          "'profile' is '%s': it must be laptop or paper".formatted(profile));
    }
    vary.forEach(
        (path, values) -> {
          if (values == null || values.isEmpty()) {
            throw new IllegalArgumentException(
                "'%s' has no values: give a list such as [1, 2]".formatted(path));
          }
          distinct(path, values);
        });
    boolean planted = corpus.equals("world");
    if (planted && !data.isEmpty()) {
      throw new IllegalArgumentException(
          "'data' is '%s', and the world has no logs: name their reader with 'corpus'"
              .formatted(data));
    }
    if (!planted && data.isEmpty() && !Sources.isPrepared(corpus)) {
      throw new IllegalArgumentException(
          "'corpus' is '%s': name the folder of its logs with 'data'".formatted(corpus));
    }
  }

  private static <V> Map<String, V> filled(String key, Map<String, V> given) {
    given.forEach(
        (name, value) -> {
          if (value == null) {
            throw new IllegalArgumentException(
                "'%s' of '%s' has no value: give one or leave it out".formatted(name, key));
          }
        });
    return given;
  }

  private static <V> List<V> distinct(String key, List<V> values) {
    Set<V> seen = new HashSet<>();
    for (V value : values) {
      if (value == null || !seen.add(value)) {
        throw new IllegalArgumentException(
            value == null
                ? "'%s' has an empty value: give one or leave it out".formatted(key)
                : "'%s' has %s twice: leave one out".formatted(key, value));
      }
    }
    return values;
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it is no such specification; the message names file and
   *     line
   */
  public static SweepSpec read(Path file) throws IOException {
    try {
      SweepSpec spec = Json.yaml(file, SweepSpec.class, "correct it");
      spec.cases();
      return spec;
    } catch (Json.Malformed e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * The same grid with other settings, each in the place of one in the file.
   *
   * @param settings options of the setup or of the corpus ({@link Setup.Settings})
   * @throws IllegalArgumentException if an option varies, is unknown or cannot have its value
   */
  public SweepSpec with(Map<String, String> settings) {
    Map<String, String> corpusOptions = new LinkedHashMap<>(options);
    Map<String, Object> setupOptions = new LinkedHashMap<>(set);
    settings.forEach(
        (path, value) -> {
          if (vary.containsKey(path)) {
            throw new IllegalArgumentException(
                "%s varies in the grid: leave --set %s out".formatted(path, path));
          }
          if (Setup.Settings.ofSetup(path) || OWN.contains(path)) {
            setupOptions.put(path, value);
          } else {
            corpusOptions.put(path, value);
          }
        });
    SweepSpec changed =
        new SweepSpec(
            title, corpus, data, corpusOptions, profile, seeds, negativesSeed, setupOptions, vary);
    changed.cases();
    return changed;
  }

  /**
   * A combination.
   *
   * @param values what it has of each varied option
   * @param contender how it is trained
   */
  public record Case(Map<String, Object> values, Contender contender) {}

  /**
   * All combinations; the last option changes fastest.
   *
   * @throws IllegalArgumentException if an option is unknown or cannot have a value
   */
  public List<Case> cases() {
    List<Map<String, Object>> combinations = new ArrayList<>(List.of(new LinkedHashMap<>()));
    for (Map.Entry<String, List<Object>> varied : vary.entrySet()) {
      List<Map<String, Object>> longer = new ArrayList<>();
      for (Map<String, Object> combination : combinations) {
        for (Object value : varied.getValue()) {
          Map<String, Object> one = new LinkedHashMap<>(combination);
          one.put(varied.getKey(), value);
          longer.add(one);
        }
      }
      combinations = longer;
    }
    return combinations.stream().map(values -> new Case(values, contender(values))).toList();
  }

  private Contender contender(Map<String, Object> values) {
    Map<String, Object> all = new LinkedHashMap<>(set);
    all.putAll(values);
    Setup setup = profile.equals("paper") ? Setup.paper(1) : Setup.laptop(1);
    for (Map.Entry<String, Object> option : all.entrySet()) {
      setup = changed(setup, option.getKey(), option.getValue());
    }
    boolean pretrained = !"false".equals(String.valueOf(all.getOrDefault(PRETRAINED, true)));
    String name =
        values.entrySet().stream()
            .map(e -> shortName(e.getKey()) + " " + e.getValue())
            .collect(Collectors.joining(", "));
    return new Contender(name.isEmpty() ? "as set" : name, setup, pretrained);
  }

  private static Setup changed(Setup setup, String option, Object value) {
    return switch (option) {
      case PRETRAINED -> {
        if (!List.of("true", "false").contains(String.valueOf(value))) {
          throw new IllegalArgumentException(
              "pretrained cannot be %s: it is true or false".formatted(value));
        }
        yield setup;
      }
      case "fidelity" -> constant(Fidelity.class, option, value).of(setup);
      case "switch" ->
          "none".equals(value) ? setup : constant(Switch.class, option, value).thrown(setup);
      default -> OptionPaths.set(setup, option, value);
    };
  }

  private static <E extends Enum<E>> E constant(Class<E> type, String option, Object value) {
    for (E each : type.getEnumConstants()) {
      if (each.name().equalsIgnoreCase(String.valueOf(value))) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "%s cannot be '%s': there is %s"
            .formatted(
                option,
                value,
                List.of(type.getEnumConstants()).stream()
                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "))));
  }

  /**
   * The runs as a table, a column for each option that varies, then what came out; every line is
   * compared to the first that could be trained.
   *
   * @param corpus name of the corpus
   * @param lines one for each case, in their order
   * @throws IllegalArgumentException if no line has a run, with the first error
   */
  public Table table(String corpus, List<Case> cases, List<Comparison.Line> lines) {
    Comparison.Line first =
        lines.stream()
            .filter(line -> !line.runs().isEmpty())
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "no case of the grid could be trained; the first %s"
                            .formatted(lines.getFirst().missing().orElse("has no run"))));
    ModelTable results =
        ModelTable.of(
            new ModelTable.Heading(title, corpus, first.name(), "paper"),
            lines,
            seeds,
            name -> OptionalDouble.empty());
    Table table = results.table().removeColumns("model", "paper");
    int at = 0;
    for (String path : vary.keySet()) {
      table.insertColumn(
          at++,
          ResultTable.column(
              shortName(path), cases, one -> String.valueOf(one.values().get(path))));
    }
    return table;
  }

  /** The shortest end of the path of a varied option that no other has. */
  private String shortName(String path) {
    List<String> others = vary.keySet().stream().filter(other -> !other.equals(path)).toList();
    for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
      String end = path.substring(dot);
      if (others.stream().noneMatch(other -> ("." + other).endsWith(end))) {
        return end.substring(1);
      }
    }
    return path;
  }
}
