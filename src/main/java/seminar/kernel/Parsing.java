package seminar.kernel;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** What the compiler's parser says of a text that JShell cannot judge. */
final class Parsing {
  private static final int MAX_KINDS = 1_000;
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
  private static final JavaFileManager NO_FILES = COMPILER.getStandardFileManager(null, null, null);

  /** The compiler's name for the error that the text ends too early. */
  private static final String ENDS_TOO_EARLY = "compiler.err.premature.eof";

  /** The compiler's name for the error that a name stands alone, as it does while it is typed. */
  private static final String NO_STATEMENT = "compiler.err.not.stmt";

  private static final Pattern IMPORT =
      Pattern.compile("(?:\\s|//[^\\n]*\\n|/\\*.*?\\*/)*import\\s", Pattern.DOTALL);

  /** The lines above a cursor are the same from key to key. */
  private static final Map<String, Kind> KINDS =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Kind> eldest) {
              return size() > MAX_KINDS;
            }
          });

  private Parsing() {}

  /** Whether nothing is wrong with a text but that it goes no further. */
  static boolean lacksAnEnd(String code) {
    return Stream.of("", "class C {\n", "class C { void m() {\n")
        .anyMatch(before -> ENDS_TOO_EARLY.equals(firstError(before + code)));
  }

  /** Whether a text is something that may stand in a cell, as far as the parser knows. */
  static boolean isWhole(String code) {
    return Stream.of(
            code + "\n;",
            "class C {\n" + code + "\n;}",
            "class C { void m() {\n" + code + "\n;}}",
            "class C { Object o =\n" + code + "\n;}")
        .anyMatch(source -> firstError(source).isEmpty());
  }

  /** What a snippet declares. */
  enum Kind {
    IMPORT,
    TYPE,
    METHOD,
    VARIABLE,
    NOTHING
  }

  /** What whole snippets declare, each by itself. */
  static List<Kind> kinds(List<String> snippets) {
    List<String> fresh =
        snippets.stream().filter(one -> !KINDS.containsKey(one)).distinct().toList();
    Map<String, Kind> kinds = new HashMap<>();
    List<Parsed> members = parse(fresh.stream().map(one -> "class C {\n" + one + "\n}").toList());
    List<Parsed> statements =
        parse(fresh.stream().map(one -> "class C { void m() {\n" + one + "\n}}").toList());
    for (int i = 0; i < fresh.size(); i++) {
      String one = fresh.get(i);
      Parsed member = members.get(i);
      kinds.put(
          one,
          IMPORT.matcher(one).lookingAt()
              ? Kind.IMPORT
              : member.error().isEmpty() ? kind(member.first()) : kind(statements.get(i)));
    }
    snippets.forEach(one -> kinds.computeIfAbsent(one, KINDS::get));
    KINDS.putAll(kinds);
    return snippets.stream().map(kinds::get).toList();
  }

  /** What the first statement of a method declares. */
  private static Kind kind(Parsed statements) {
    return statements.first() instanceof MethodTree method
        ? method.getBody().getStatements().stream()
            .findFirst()
            .map(Parsing::kind)
            .orElse(Kind.NOTHING)
        : Kind.NOTHING;
  }

  private static Kind kind(Tree tree) {
    return switch (tree) {
      case ClassTree _ -> Kind.TYPE;
      case MethodTree method when method.getReturnType() != null -> Kind.METHOD;
      case VariableTree _ -> Kind.VARIABLE;
      case null, default -> Kind.NOTHING;
    };
  }

  /** Whether a text, be it unfinished, begins a method with a body, or a type. */
  static boolean beginsMember(String code) {
    Parsed parsed = parse("class C {\n" + code + "\n");
    if (!Set.of("", ENDS_TOO_EARLY, NO_STATEMENT).contains(parsed.error())) {
      return false;
    }
    return switch (parsed.first()) {
      case ClassTree _ -> true;
      case MethodTree method -> method.getReturnType() != null && method.getBody() != null;
      case null, default -> false;
    };
  }

  /** The trees of a text, as far as the parser gets. */
  static CompilationUnitTree unit(String source) {
    return parse(source).unit();
  }

  private static String firstError(String source) {
    return parse(source).error();
  }

  /**
   * What the parser makes of a text.
   *
   * @param error the compiler's name for the first error; empty where there is none
   */
  private record Parsed(CompilationUnitTree unit, String error) {
    /** The first member of the class that the text begins with; null where there is none. */
    Tree first() {
      return !unit.getTypeDecls().isEmpty()
              && unit.getTypeDecls().getFirst() instanceof ClassTree around
          ? around.getMembers().stream().findFirst().orElse(null)
          : null;
    }
  }

  private static Parsed parse(String source) {
    return parse(List.of(source)).getFirst();
  }

  /** Many texts at once, which costs little more than one. */
  private static List<Parsed> parse(List<String> sources) {
    if (sources.isEmpty()) {
      return List.of();
    }
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    List<JavaFileObject> files = new ArrayList<>();
    for (String source : sources) {
      URI name = URI.create("string:///Text" + files.size() + ".java");
      files.add(SimpleJavaFileObject.forSource(name, source));
    }
    JavacTask task = (JavacTask) COMPILER.getTask(null, NO_FILES, problems, null, null, files);
    Map<URI, String> errors = new HashMap<>();
    List<Parsed> parsed = new ArrayList<>();
    try {
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      problems.getDiagnostics().stream()
          .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
          .forEach(problem -> errors.putIfAbsent(problem.getSource().toUri(), problem.getCode()));
      for (CompilationUnitTree unit : units) {
        parsed.add(new Parsed(unit, errors.getOrDefault(unit.getSourceFile().toUri(), "")));
      }
      return parsed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
