package seminar.kernel;

import java.util.Map;
import java.util.stream.Stream;
import jdk.jshell.JShell;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/** Makes shells that compile alike. */
final class Shells {
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

  /** With the names of local variables ({@code -g}), for messages about null. */
  private static String[] compilerOptions() {
    Stream<String> modules =
        ModuleLayer.boot().modules().stream()
            .map(Module::getName)
            .filter(name -> name.startsWith("jdk.incubator."))
            .flatMap(name -> Stream.of("--add-modules", name));
    return Stream.concat(Stream.of("-g"), modules).toArray(String[]::new);
  }
}
