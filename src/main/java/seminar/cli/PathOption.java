package seminar.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import seminar.options.OptionPaths;

/**
 * An option of the command line that stands for one option of a record.
 *
 * @param name such as {@code --top-k}
 * @param label of its value, with a comma behind it where it is a list; for a flag the value
 *     itself, after "="
 * @param path of the option that it sets ({@link OptionPaths})
 * @param description for the help
 */
record PathOption(String name, String label, String path, String description) {
  private static final String VALUE = "=";
  private static final String COMMA = ",";

  /** Options from a table: a line for each, its columns apart by {@code |}. */
  static List<PathOption> table(String lines) {
    return lines.lines().map(line -> line.split(" *\\| *", 4)).map(PathOption::new).toList();
  }

  /**
   * Options from a table whose descriptions end with their values in some options.
   *
   * @param word what these options are called
   */
  static List<PathOption> table(String lines, String word, Record options) {
    Map<String, String> values = OptionPaths.describe(options);
    return table(lines).stream().map(option -> option.telling(word, values)).toList();
  }

  private PathOption(String[] columns) {
    this(columns[0], columns[1], columns[2], columns[3]);
  }

  private PathOption telling(String word, Map<String, String> values) {
    String value = values.get(path).replaceAll("[\\[\\] ]", "");
    return new PathOption(name, label, path, "%s (%s: %s).".formatted(description, word, value));
  }

  /** The same with a longer path. */
  PathOption in(String group) {
    return new PathOption(name, label, group + path, description);
  }

  private boolean isFlag() {
    return label.startsWith(VALUE);
  }

  /** The same option for picocli. */
  OptionSpec spec() {
    OptionSpec.Builder option = OptionSpec.builder(name).description(description);
    if (isFlag()) {
      return option.type(boolean.class).arity("0").build();
    }
    boolean list = label.endsWith(COMMA);
    return option
        .type(list ? String[].class : String.class)
        .splitRegex(list ? COMMA : "")
        .paramLabel(label.replace(COMMA, ""))
        .build();
  }

  /** A group of options under a heading, shown in the order of its number. */
  static ArgGroupSpec.Builder group(String heading, int order, List<PathOption> options) {
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder().validate(false).order(order).heading("%n" + heading + ":%n");
    options.forEach(option -> group.addArg(option.spec()));
    return group;
  }

  /**
   * What the arguments set, by path.
   *
   * @param command whose arguments
   * @param settings what {@code --set} says
   * @throws IllegalArgumentException if an option is set in both ways; the message names both
   */
  static Map<String, Object> given(
      List<PathOption> options, CommandSpec command, Map<String, String> settings) {
    ParseResult arguments = command.commandLine().getParseResult();
    Map<String, Object> given = new LinkedHashMap<>();
    for (PathOption option : options) {
      if (arguments.hasMatchedOption(option.name)) {
        Object value = arguments.matchedOption(option.name).getValue();
        if (option.isFlag()) {
          value = option.label.substring(VALUE.length());
        } else if (value instanceof String[] list) {
          value = String.join(COMMA, list);
        }
        given.put(option.path, value);
        if (settings.containsKey(option.path)) {
          throw new IllegalArgumentException(
              "%s is set by %s and by --set: give it once".formatted(option.path, option.name));
        }
      }
    }
    return given;
  }
}
