package seminar.kernel;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Name;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Finds the Javadoc comment of a declaration in a source text, by parsing it. */
final class DocComments {
  private static final String CELL = "Cell$";

  private DocComments() {}

  /** In the text of a snippet, whose declarations belong to no class. */
  static Optional<String> inSnippet(String snippet, JavaName name) {
    return find("class %s {\n%s\n}".formatted(CELL, snippet), name);
  }

  /** In a source file; none if it cannot be read. */
  static Optional<String> inFile(Path file, JavaName name) {
    try {
      return find(Files.readString(file), name);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> find(String source, JavaName name) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject file = SimpleJavaFileObject.forSource(URI.create("string:///Text.java"), source);
    JavacTask task =
        (JavacTask) compiler.getTask(null, null, problem -> {}, null, null, List.of(file));
    try {
      Finder finder = new Finder(DocTrees.instance(task), name);
      for (CompilationUnitTree unit : task.parse()) {
        finder.scan(unit, null);
      }
      return Optional.ofNullable(finder.found);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Walks through the classes; the first commented declaration of the name wins. */
  private static final class Finder extends TreePathScanner<Void, Void> {
    private final DocTrees trees;
    private final JavaName name;
    private final Deque<String> types = new ArrayDeque<>();
    private String found;

    Finder(DocTrees trees, JavaName name) {
      this.trees = trees;
      this.name = name;
    }

    @Override
    public Void visitClass(ClassTree tree, Void nothing) {
      String simpleName = tree.getSimpleName().toString();
      boolean wrapper = simpleName.equals(CELL);
      if (!wrapper) {
        types.addLast(simpleName);
        if (name.member().isEmpty()) {
          keepIf(List.copyOf(types).equals(name.types()));
        }
      }
      super.visitClass(tree, nothing);
      if (!wrapper) {
        types.removeLast();
      }
      return null;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void nothing) {
      keepIf(
          isMember(tree.getName())
              && tree.getParameters().stream()
                  .map(parameter -> JavaName.simpleType(parameter.getType().toString()))
                  .toList()
                  .equals(name.parameters()));
      return null;
    }

    @Override
    public Void visitVariable(VariableTree tree, Void nothing) {
      Tree around = getCurrentPath().getParentPath().getLeaf();
      keepIf(around instanceof ClassTree && isMember(tree.getName()));
      return null;
    }

    private boolean isMember(Name simpleName) {
      boolean constructor =
          simpleName.contentEquals("<init>")
              && !types.isEmpty()
              && name.member().equals(types.getLast());
      return (constructor || simpleName.contentEquals(name.member()))
          && List.copyOf(types).equals(name.types());
    }

    private void keepIf(boolean wanted) {
      TreePath path = getCurrentPath();
      if (wanted && found == null) {
        found = trees.getDocComment(path);
      }
    }
  }
}
