package seminar.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import jdk.jshell.JShell;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Makes shells that compile alike. */
final class Shells {
  /** The variable of the environment that has options of the compiler. */
  private static final String OPTIONS = "SEMINAR_COMPILER_OPTS";

  private Shells() {}

  /** A shell whose snippets a control runs. */
  static JShell running(ExecutionControl control) {
    return JShell.builder()
        .executionEngine(new One("cells", control), Map.of())
        .compilerOptions(compilerOptions())
        .build();
  }

  /** Hands JShell one control. */
  private record One(String name, ExecutionControl control) implements ExecutionControlProvider {
    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return control;
    }
  }

  /**
   * The options of the compiler that an environment asks for.
   *
   * @throws IllegalArgumentException if there is no such option
   */
  static List<String> asked(Map<String, String> environment) {
    List<String> words =
        Arrays.stream(environment.getOrDefault(OPTIONS, "").split("\\s+"))
            .filter(word -> !word.isEmpty())
            .toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int next = 0;
    while (next < words.size()) {
      int values = compiler.isSupportedOption(words.get(next));
      if (values < 0 || next + values >= words.size()) {
        throw new IllegalArgumentException(
            "%s is '%s': javac does not know '%s', so cells are compiled without these options"
                .formatted(OPTIONS, String.join(" ", words), words.get(next)));
      }
      next += 1 + values;
    }
    return words;
  }

  /** Those that are asked for, none if one of them is wrong. */
  private static List<String> asked() {
    try {
      return asked(System.getenv());
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  /** With the names of local variables ({@code -g}), for messages about null. */
  private static String[] compilerOptions() {
    Stream<String> modules =
        ModuleLayer.boot().modules().stream()
            .map(Module::getName)
            .filter(name -> name.startsWith("jdk.incubator."))
            .flatMap(name -> Stream.of("--add-modules", name));
    return Stream.of(Stream.of("-g"), modules, asked().stream())
        .flatMap(options -> options)
        .toArray(String[]::new);
  }
}
