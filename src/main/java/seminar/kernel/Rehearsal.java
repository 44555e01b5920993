package seminar.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * A second shell in which everything is declared and nothing runs: the declarations of a notebook
 * and, besides, imports of a cell that was not run yet.
 */
final class Rehearsal {
  private final JShell shell;
  private List<String> declared = List.of();
  private JShell copy;

  /**
   * @param shell the notebook
   */
  Rehearsal(JShell shell) {
    this.shell = shell;
  }

  /**
   * The notebook as it would be with these imports.
   *
   * @param imports of a cell; the notebook itself where it has all of them
   */
  JShell with(List<String> imports) {
    List<Snippet> known = shell.snippets().filter(this::isDeclaration).toList();
    List<String> fresh =
        imports.stream()
            .filter(one -> known.stream().noneMatch(old -> old.source().strip().equals(one)))
            .toList();
    if (fresh.isEmpty()) {
      return shell;
    }
    // One after the other: what stands first is known to what stands below.
    List<String> wanted = new ArrayList<>();
    known.forEach(snippet -> wanted.add(snippet.source()));
    wanted.addAll(fresh);
    if (!Objects.equals(wanted, declared)) {
      if (copy != null) {
        copy.close();
      }
      copy = JShell.builder().executionEngine(new Nothing(), Map.of()).build();
      wanted.forEach(copy::eval);
      declared = wanted;
    }
    return copy;
  }

  private boolean isDeclaration(Snippet snippet) {
    return shell.status(snippet).isActive()
        && switch (snippet.kind()) {
          case IMPORT, VAR, METHOD, TYPE_DECL -> true;
          default -> false;
        };
  }

  /** Loads and runs nothing. */
  private static final class Nothing implements ExecutionControlProvider, ExecutionControl {
    @Override
    public String name() {
      return "nothing";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return this;
    }

    @Override
    public void load(ClassBytecodes[] classes) {}

    @Override
    public void redefine(ClassBytecodes[] classes) {}

    @Override
    public String invoke(String className, String methodName) {
      return "";
    }

    @Override
    public String varValue(String className, String varName) {
      return "";
    }

    @Override
    public void addToClasspath(String path) {}

    @Override
    public void stop() {}

    @Override
    public Object extensionCommand(String command, Object argument) {
      return null;
    }

    @Override
    public void close() {}
  }
}
