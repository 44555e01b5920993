package seminar.kernel;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * What stands around a place of a cell that has not run: the lines above it count as if they had.
 *
 * <p>JShell looks at one snippet, and knows what has run. So the declarations above a place are put
 * around it: types and methods of the cell become members of a class, its variables local ones of a
 * method, and imports go into a shell of their own ({@link Rehearsal}).
 */
final class Surroundings {
  /** The class around; no name of it must reach a person. */
  static final String CLASS = "Cell$$";

  private static final String METHOD = "cell$$";

  private final SourceCodeAnalysis analysis;
  private final Rehearsal rehearsal;

  Surroundings(JShell shell, ClassPath classPath) {
    analysis = shell.sourceCodeAnalysis();
    rehearsal = new Rehearsal(shell, classPath);
  }

  /**
   * A place in a cell.
   *
   * @param shell what knows the names there
   * @param before a text to put before the snippet, so that it means what it means in the cell
   * @param start index in the cell at which the snippet begins
   * @param above the snippets of the cell above
   */
  record Place(JShell shell, String before, int start, List<String> above) {
    /** The snippet up to a place of the cell, with what is to stand before it. */
    String text(String cell, int end) {
      return before + cell.substring(start, end);
    }

    /**
     * The local variables and parameters that could stand at a place of the cell, which JShell
     * never offers.
     */
    List<String> localNames(String cell, int end) {
      String text = text(cell, end);
      int name = LocalNames.startOfName(text);
      boolean member = text.substring(0, name).stripTrailing().endsWith(".");
      return member
          ? List.of()
          : LocalNames.at(before.isEmpty() ? "class C { void m() {\n" + text : text);
    }

    /** The index in the cell of a character of {@link #text}. */
    int inCell(int index) {
      return Math.max(start, start + index - before.length());
    }
  }

  /** What is at an index of a cell. */
  Place at(String cell, int cursor) {
    Map<Parsing.Kind, List<String>> above = new EnumMap<>(Parsing.Kind.class);
    List<String> snippets = new ArrayList<>();
    int start = 0;
    while (true) {
      CompletionInfo info = analysis.analyzeCompletion(cell.substring(start));
      int next = cell.length() - info.remaining().length();
      if (!info.completeness().isComplete() || next <= start || next >= cursor) {
        break;
      }
      snippets.add(info.source().strip());
      start = next;
    }
    List<Parsing.Kind> kinds = Parsing.kinds(snippets);
    for (int i = 0; i < snippets.size(); i++) {
      above.computeIfAbsent(kinds.get(i), kind -> new ArrayList<>()).add(snippets.get(i));
    }
    return new Place(
        rehearsal.with(of(above, Parsing.Kind.IMPORT)),
        before(above, cell.substring(start, cursor)),
        start,
        snippets);
  }

  private static List<String> of(Map<Parsing.Kind, List<String>> snippets, Parsing.Kind kind) {
    return snippets.getOrDefault(kind, List.of());
  }

  private static String before(Map<Parsing.Kind, List<String>> above, String snippet) {
    List<String> members = new ArrayList<>(of(above, Parsing.Kind.TYPE));
    members.addAll(of(above, Parsing.Kind.METHOD));
    List<String> variables = of(above, Parsing.Kind.VARIABLE);
    boolean declares = Parsing.beginsMember(snippet);
    if (members.isEmpty() && variables.isEmpty() && !declares) {
      return "";
    }
    if (declares) {
      members.addAll(variables);
    }
    StringBuilder text = new StringBuilder("class " + CLASS + " {\n");
    members.forEach(member -> text.append("static ").append(member).append('\n'));
    if (declares) {
      return text.append("static ").toString();
    }
    text.append("static void ").append(METHOD).append("() throws Throwable {\n");
    variables.forEach(variable -> text.append(variable).append('\n'));
    return text.toString();
  }

  /** Whether a completion is one of the names that were put around. */
  static boolean isOurs(String continuation) {
    return continuation.startsWith(CLASS) || continuation.startsWith(METHOD);
  }
}
