package seminar.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * An option of the command line that stands for one option of a record.
 *
 * @param name such as {@code --top-k}
 * @param label of its value; for a flag the value itself, after "="
 * @param path of the option that it sets ({@link seminar.options.OptionPaths})
 * @param description for the help
 */
record PathOption(String name, String label, String path, String description) {
  private static final String VALUE = "=";

  /** Options from a table: a line for each, its columns apart by {@code |}. */
  static List<PathOption> table(String lines) {
    return lines.lines().map(line -> line.split(" *\\| *", 4)).map(PathOption::new).toList();
  }

  private PathOption(String[] columns) {
    this(columns[0], columns[1], columns[2], columns[3]);
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
    return isFlag()
        ? option.type(boolean.class).arity("0").build()
        : option.type(String.class).paramLabel(label).build();
  }

  /**
   * What the arguments set, by path.
   *
   * @param settings what {@code --set} says
   * @throws IllegalArgumentException if an option is set in both ways; the message names both
   */
  static Map<String, Object> given(
      List<PathOption> options, ParseResult arguments, Map<String, String> settings) {
    Map<String, Object> given = new LinkedHashMap<>();
    for (PathOption option : options) {
      if (arguments.hasMatchedOption(option.name)) {
        String value =
            option.isFlag()
                ? option.label.substring(VALUE.length())
                : arguments.matchedOptionValue(option.name, "");
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
