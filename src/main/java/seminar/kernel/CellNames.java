package seminar.kernel;

import static java.util.Comparator.comparing;

import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.SnippetWrapper;

/**
 * Gives the names and lines of cells back to what the virtual machine says: to it, a type {@code P}
 * of a cell is {@code REPL.$JShell$12$P}, and its lines are those of a file that JShell makes up.
 */
final class CellNames {
  private static final String MARK = "$JShell$";
  private static final Pattern ANONYMOUS =
      Pattern.compile("(REPL[./])?(\\$JShell\\$\\w+[$.])?\\$JShell\\$anonymous\\$\\d+");
  private static final Pattern NAME =
      Pattern.compile("(REPL[./])?\\$JShell\\$\\w+([$.](?=[\\p{L}_$]))(\\d+(?=\\p{L}))?");
  private static final Pattern LOADERS =
      Pattern.compile(" \\([^()]*RemoteClassLoader @\\p{XDigit}+[^()]*\\)");
  private static final Pattern REPLACED =
      Pattern.compile("class (\\S+) cannot be cast to class \\1(?!\\S)");
  private static final Pattern FRAME =
      Pattern.compile(
          "(\\s*)at"
              + " (?:[^\\s()]*/)?(REPL\\.\\$JShell\\$[^\\s()]*)\\.([^\\s().]+)\\([^:()]*:(\\d+)\\)");
  private static final Pattern FRAME_OF_THE_KERNEL =
      Pattern.compile(
          "\\s*at (?:[^\\s()]*/)?(?:seminar\\.kernel|jdk\\.jshell|jdk\\.internal\\.reflect)\\..*");

  private final Map<String, CellSource> sources;
  private volatile JShell shell;
  private volatile Current current = new Current("", null);

  /** What runs now; until it has run, its id may be that of a declaration that it replaces. */
  record Current(String snippet, CellSource source) {}

  /**
   * @param sources where snippets stand, by {@code #} and their id
   */
  CellNames(Map<String, CellSource> sources) {
    this.sources = sources;
  }

  /** A line of a cell. */
  record Place(CellSource source, int line) {
    @Override
    public String toString() {
      String text = source.textOf(line).strip();
      return "cell [%d] line %d: %s".formatted(source.cell(), line, text);
    }
  }

  void use(JShell shell) {
    this.shell = shell;
  }

  void begin(String snippet, CellSource source) {
    current = new Current(snippet, source);
  }

  Current current() {
    return current;
  }

  /** What ran before goes on. */
  void resume(Current before) {
    current = before;
  }

  /** A text with the names that cells gave to their types, methods and variables. */
  static String tidy(String text) {
    if (!text.contains(MARK)) {
      return text;
    }
    String named = ANONYMOUS.matcher(text).replaceAll("(an anonymous class)");
    String tidy = NAME.matcher(LOADERS.matcher(named).replaceAll("")).replaceAll("");
    return REPLACED.matcher(tidy).replaceAll("$0, which has replaced it since the object was made");
  }

  /** The name of a class, a cell's as the cell gave it. */
  static String of(Class<?> type) {
    return tidy(type.getName());
  }

  /** Output of a cell, in which a stack trace may have been printed. */
  String printed(String text) {
    if (!text.contains(MARK) && !text.contains("at seminar.kernel.")) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      end = end < 0 ? text.length() : end + 1;
      out.append(printedLine(text.substring(from, end)));
      from = end;
    }
    return out.toString();
  }

  private String printedLine(String line) {
    String bare = line.stripTrailing();
    Matcher frame = FRAME.matcher(bare);
    if (frame.matches()) {
      return frame.group(1) + "at " + place(frame) + line.substring(bare.length());
    }
    return FRAME_OF_THE_KERNEL.matcher(bare).matches() ? "" : tidy(line);
  }

  private String place(MatchResult frame) {
    return place(frame.group(2), Integer.parseInt(frame.group(4)))
        .map(Place::toString)
        .orElseGet(() -> tidy(frame.group(2)) + "." + frame.group(3));
  }

  /** The line of a cell that a frame stands for, if it is one of a cell. */
  Optional<Place> place(StackTraceElement frame) {
    return place(frame.getClassName(), frame.getLineNumber());
  }

  private Optional<Place> place(String className, int line) {
    if (line < 1 || !className.startsWith("REPL." + MARK)) {
      return Optional.empty();
    }
    int nested = className.indexOf('$', "REPL.".length() + MARK.length());
    String wrapper = nested < 0 ? className : className.substring(0, nested);
    try {
      return shell
          .snippets()
          .filter(snippet -> wrapper.equals(wrapper(snippet).fullClassName()))
          .map(snippet -> match(snippet, line))
          .max(comparing(Match::isActive).thenComparing(Match::characters))
          .filter(match -> match.source != null)
          .map(match -> new Place(match.source, match.source.lineAt(match.position)));
    } catch (RuntimeException e) {
      return Optional.empty(); // The list of snippets changes just now.
    }
  }

  private SnippetWrapper wrapper(Snippet snippet) {
    return shell.sourceCodeAnalysis().wrapper(snippet);
  }

  /** How many characters of a line of a class are a snippet's, from which position on. */
  private record Match(CellSource source, boolean isActive, int position, int characters) {}

  /** Overloaded methods share a class: the one that the line is of has most characters of it. */
  private Match match(Snippet snippet, int line) {
    SnippetWrapper wrapper = wrapper(snippet);
    String wrapped = wrapper.wrapped();
    String source = snippet.source();
    int at = 0;
    for (int i = 1; i < line; i++) {
      at = wrapped.indexOf('\n', at) + 1;
    }
    int nearest = wrapper.wrappedToSourcePosition(at);
    int position = -1;
    int characters = 0;
    for (; at < wrapped.length() && wrapped.charAt(at) != '\n'; at++) {
      char c = wrapped.charAt(at);
      int in = wrapper.wrappedToSourcePosition(at);
      if (c > ' ' && in >= 0 && in < source.length() && source.charAt(in) == c) {
        position = position < 0 ? in : position;
        characters++;
      }
    }
    boolean isActive = shell.status(snippet).isActive();
    return new Match(source(snippet), isActive, position < 0 ? nearest : position, characters);
  }

  private CellSource source(Snippet snippet) {
    Current running = current;
    return snippet.source().strip().equals(running.snippet.strip())
        ? running.source
        : sources.getOrDefault("#" + snippet.id(), running.source);
  }
}
