package seminar.kernel;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.spi.ExecutionControl;

/**
 * A second shell in which everything is declared and nothing runs: the declarations of a notebook
 * and, besides, imports of a cell that was not run yet.
 */
final class Rehearsal {
  private final JShell shell;
  private final ClassPath classPath;
  private State state = new State(List.of(), List.of());
  private JShell copy;

  /** What the copy knows. */
  private record State(List<String> declared, List<Path> classPath) {}

  /**
   * @param shell the notebook
   * @param classPath of the notebook
   */
  Rehearsal(JShell shell, ClassPath classPath) {
    this.shell = shell;
    this.classPath = classPath;
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
    List<String> declared = new ArrayList<>();
    known.forEach(snippet -> declared.add(snippet.source()));
    declared.addAll(fresh);
    State wanted = new State(declared, classPath.added());
    if (!wanted.equals(state)) {
      if (copy != null) {
        copy.close();
      }
      copy = Shells.running(new Nothing());
      wanted.classPath().forEach(path -> copy.addToClasspath(path.toString()));
      declared.forEach(copy::eval);
      state = wanted;
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
  private static final class Nothing implements ExecutionControl {
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
