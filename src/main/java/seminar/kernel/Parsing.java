package seminar.kernel;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** What the compiler's parser says of a text that JShell cannot judge. */
final class Parsing {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

  /** The compiler's name for the error that the text ends too early. */
  private static final String ENDS_TOO_EARLY = "compiler.err.premature.eof";

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

  private static String firstError(String source) {
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    JavaFileObject file = SimpleJavaFileObject.forSource(URI.create("string:///Text.java"), source);
    try {
      ((JavacTask) COMPILER.getTask(null, null, problems, null, null, List.of(file))).parse();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return problems.getDiagnostics().stream()
        .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
        .map(Diagnostic::getCode)
        .findFirst()
        .orElse("");
  }
}
