package seminar.kernel;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How lines that begin with {@code %} look, and which there are; {@link Magics} runs them. */
final class MagicText {
  private static final Pattern LINE = Pattern.compile("(?m)^[ \\t]*%([A-Za-z]\\w*)(.*)$");
  private static final Pattern CELL =
      Pattern.compile("\\A\\s*%%([A-Za-z]\\w*)([^\\n]*)(?:\\n|\\z)");
  private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /** Each with what it does, for {@code %lsmagic}. */
  private static final Map<String, String> LINES =
      new TreeMap<>(
          Map.of(
              "maven", "%maven GROUP:ARTIFACT:VERSION ... : adds libraries with what they need",
              "mavenRepo", "%mavenRepo ID URL : looks for libraries there too",
              "loadFromPOM", "%loadFromPOM FILE : adds the libraries of a project",
              "jars", "%jars GLOB ... : adds jars",
              "classpath", "%classpath PATH ... : adds jars and folders of classes",
              "load", "%load FILE : runs a notebook, or a file of Java or jshell, here",
              "time", "%time STATEMENT : runs it and says how long it took",
              "variables", "%variables : lists the variables with types and short values",
              "lsmagic", "%lsmagic : lists these lines"));

  private static final Map<String, String> CELLS =
      new TreeMap<>(
          Map.of(
              "time", "%%time : runs the cell and says how long it took",
              "loadFromPOM", "%%loadFromPOM : adds the libraries of the pom.xml below it",
              "bash", "%%bash : runs the cell in bash, not in Java"));

  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "addMavenDependencies", "maven",
          "addMavenDependency", "maven",
          "addMavenRepo", "mavenRepo",
          "addJars", "jars",
          "addJar", "jars",
          "addClasspath", "classpath");

  private MagicText() {}

  /**
   * A line, or the first of a cell.
   *
   * @param typed the name as it was typed
   * @param rest what follows the name in the line
   * @param end index in the text behind the line and its end
   */
  record Command(String typed, String rest, int end) {
    /** The name under which it is known. */
    String name() {
      return MagicText.name(typed);
    }

    List<String> arguments() {
      return ARGUMENT
          .matcher(rest)
          .results()
          .map(one -> one.group(1) == null ? one.group(2) : one.group(1))
          .toList();
    }
  }

  /** The first line of a cell, if it begins with {@code %%}; null if it does not. */
  static Command ofCell(String cell) {
    Matcher first = CELL.matcher(cell);
    return first.find() ? new Command(first.group(1), first.group(2).strip(), first.end()) : null;
  }

  /** The line with which a text begins. */
  static Command ofLine(String text) {
    Matcher line = LINE.matcher(text);
    if (!line.find()) {
      throw new IllegalArgumentException("no line with %");
    }
    return new Command(line.group(1), line.group(2).strip(), line.end());
  }

  static String usage(String name) {
    return LINES.get(name);
  }

  /** Where the first line in a text begins that could be one of ours; -1 if there is none. */
  static int firstLine(String code) {
    Matcher line = LINE.matcher(code);
    return line.find() ? line.start() : -1;
  }

  /** Whether the first thing in a text is one of our lines. */
  static boolean isFirst(String code) {
    int at = firstLine(code);
    return at >= 0 && code.substring(0, at).isBlank();
  }

  /** Whether the line with which a text begins is one that there is. */
  static boolean isKnown(String text) {
    Matcher line = LINE.matcher(text);
    return line.find() && LINES.containsKey(name(line.group(1)));
  }

  /** A text with blanks in place of our lines, of cells of other languages all; for help. */
  static String blanked(String code) {
    Matcher cell = CELL.matcher(code);
    if (cell.find() && !cell.group(1).equals("time")) {
      return " ".repeat(code.length());
    }
    String java = cell.reset().find() ? " ".repeat(cell.end()) + code.substring(cell.end()) : code;
    return LINE.matcher(java)
        .replaceAll(
            line ->
                LINES.containsKey(name(line.group(1)))
                    ? " ".repeat(line.group().length())
                    : Matcher.quoteReplacement(line.group()));
  }

  /**
   * The names that could stand at the end of a line that begins with {@code %}; empty elsewhere.
   */
  static List<String> completions(String before) {
    Matcher begun = Pattern.compile("(?:\\A|\\n)[ \\t]*(%%?)(\\w*)\\z").matcher(before);
    if (!begun.find()) {
      return List.of();
    }
    Set<String> names = (begun.group(1).length() == 1 ? LINES : CELLS).keySet();
    return names.stream().filter(one -> one.startsWith(begun.group(2))).toList();
  }

  private static String name(String typed) {
    return OTHER_NAMES.getOrDefault(typed, typed);
  }

  /** The answer to a name that there is not. */
  static CellError unknown(String sign, Command command) {
    boolean otherForm = (sign.equals("%") ? CELLS : LINES).containsKey(command.name());
    String message =
        "%s is not known%s; there are %s and %s"
            .formatted(
                sign + command.typed(),
                otherForm ? " in this form" : "",
                LINES.keySet().stream().map(one -> "%" + one).collect(Collectors.joining(", ")),
                CELLS.keySet().stream().map(one -> "%%" + one).collect(Collectors.joining(", ")));
    return new CellError("Unknown", message, List.of(message));
  }

  /** What there is, a line each. */
  static String list() {
    return String.join("\n", LINES.values()) + "\n" + String.join("\n", CELLS.values());
  }
}
