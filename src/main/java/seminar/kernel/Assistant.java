package seminar.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import seminar.kernel.Surroundings.Place;

/** Helps a person who writes a cell: completion, signatures with Javadoc, is it finished yet. */
final class Assistant {
  private static final Pattern OPEN_TYPE_ARGUMENTS =
      Pattern.compile("(?<![\\w$])([A-Z]\\w*)\\s*(<[\\w\\s,.?<>&\\[\\]]*)$");

  private final JShell shell;
  private final SourceComments sources;
  private final Surroundings surroundings;

  Assistant(JShell shell, ClassPath classPath, SourceComments sources) {
    this.shell = shell;
    this.sources = sources;
    surroundings = new Surroundings(shell, classPath);
  }

  /**
   * What could stand in place of the characters {@code [from, cursor)}.
   *
   * @param options the best first
   */
  record Completion(List<String> options, int from) {}

  /** Whether a cell could be run as it is. */
  enum State {
    COMPLETE,
    INCOMPLETE,
    INVALID
  }

  Completion complete(String cell, int cursor) {
    String before = cell.substring(0, cursor);
    List<String> magics = MagicText.completions(before);
    if (!magics.isEmpty()) {
      return new Completion(magics, LocalNames.startOfName(before));
    }
    String code = MagicText.blanked(cell);
    if (code.substring(0, cursor).isBlank() && !before.isBlank()) {
      return new Completion(List.of(), cursor);
    }
    Place place = surroundings.at(code, cursor);
    String text = place.text(code, cursor);
    int[] from = {text.length()};
    List<Suggestion> suggested =
        place.shell().sourceCodeAnalysis().completionSuggestions(text, text.length(), from);
    SequencedSet<String> options = new LinkedHashSet<>();
    int name = LocalNames.startOfName(text);
    if (suggested.isEmpty() || from[0] == name) {
      from[0] = name;
      options.addAll(place.localNames(code, cursor));
    }
    suggested.stream()
        .sorted(Comparator.comparing(Suggestion::matchesType).reversed())
        .map(Suggestion::continuation)
        .filter(option -> !Surroundings.isOurs(option))
        .forEach(options::add);
    return new Completion(List.copyOf(options), options.isEmpty() ? cursor : place.inCell(from[0]));
  }

  /**
   * What stands at the cursor: signatures, each with its Javadoc.
   *
   * @param comment without its stars; empty where there is none
   */
  record Described(String signature, String comment) {}

  /** What stands at the cursor; empty where nothing is known. */
  List<Described> inspect(String cell, int cursor) {
    String code = MagicText.blanked(cell);
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    Place place = surroundings.at(code, cursor);
    String snippet = place.text(code, end);
    List<Documentation> found = documentation(place.shell(), snippet);
    if (found.isEmpty()) {
      // The name of a method means nothing to JShell before its bracket.
      found = documentation(place.shell(), snippet + "(");
    }
    List<String> declared = new ArrayList<>(place.above().reversed());
    declared.addAll(cells());
    return found.stream().map(one -> described(one, declared)).distinct().toList();
  }

  private static List<Documentation> documentation(JShell shell, String code) {
    return shell.sourceCodeAnalysis().documentation(code, code.length(), true);
  }

  private Described described(Documentation documentation, List<String> declared) {
    String signature = documentation.signature().replace(Surroundings.CLASS + ".", "");
    JavaName name = JavaName.ofSignature(signature);
    return new Described(
        signature,
        Optional.ofNullable(documentation.javadoc())
            .or(() -> sources.comment(name, declared))
            .orElse(""));
  }

  /** The declarations of cells, the newest first. */
  private List<String> cells() {
    return shell
        .snippets()
        .filter(snippet -> shell.status(snippet).isActive())
        .map(Snippet::source)
        .toList()
        .reversed();
  }

  State state(String code) {
    String rest = MagicText.blanked(code);
    while (true) {
      CompletionInfo info = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      switch (info.completeness()) {
        case COMPLETE, COMPLETE_WITH_SEMI -> {
          String snippet = rest.substring(0, rest.length() - info.remaining().length());
          boolean open = !Parsing.isWhole(snippet) && Parsing.lacksAnEnd(snippet);
          if (info.remaining().isBlank() && (open || hasOpenTypeArguments(snippet))) {
            return State.INCOMPLETE;
          }
          rest = info.remaining();
        }
        case EMPTY -> {
          return State.COMPLETE;
        }
        case UNKNOWN -> {
          boolean closesTooMuch =
              shell.sourceCodeAnalysis().analyzeCompletion("{" + rest).completeness().isComplete();
          return !closesTooMuch && Parsing.lacksAnEnd(rest) ? State.INCOMPLETE : State.INVALID;
        }
        case CONSIDERED_INCOMPLETE, DEFINITELY_INCOMPLETE -> {
          return State.INCOMPLETE;
        }
      }
    }
  }

  /** {@code List<String} could be a comparison, were it not of a name that no variable has. */
  private boolean hasOpenTypeArguments(String snippet) {
    Matcher open = OPEN_TYPE_ARGUMENTS.matcher(snippet);
    return open.find()
        && open.group(2).chars().filter(c -> c == '<').count()
            > open.group(2).chars().filter(c -> c == '>').count()
        && shell.variables().noneMatch(variable -> variable.name().equals(open.group(1)));
  }
}
