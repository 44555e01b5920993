package seminar.kernel;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ErroneousTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** Finds the local variables and parameters that are known where a text ends. */
final class LocalNames {
  private static final String CURSOR = "cursor$$";

  private LocalNames() {}

  /**
   * The names that begin with the identifier at the end of a text, the nearest first.
   *
   * @param text Java up to the cursor: members of a class, or a compilation unit
   */
  static List<String> at(String text) {
    int start = startOfName(text);
    String begun = text.substring(start);
    Finder finder = new Finder(begun + CURSOR);
    finder.scan(Parsing.unit(text + CURSOR), null);
    return finder.found.stream().filter(name -> name.startsWith(begun)).toList();
  }

  /** Where the identifier begins at the end of a text; the end where there is none. */
  static int startOfName(String text) {
    int start = text.length();
    while (start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /** Goes up from the cursor and looks at what each tree declares before it. */
  private static final class Finder extends TreePathScanner<Void, Void> {
    private final String cursor;
    private final SequencedSet<String> found = new LinkedHashSet<>();

    Finder(String cursor) {
      this.cursor = cursor;
    }

    @Override
    public Void visitErroneous(ErroneousTree tree, Void nothing) {
      return scan(tree.getErrorTrees(), nothing);
    }

    @Override
    public Void visitIdentifier(IdentifierTree tree, Void nothing) {
      if (tree.getName().contentEquals(cursor)) {
        Tree below = tree;
        for (TreePath path = getCurrentPath(); path != null; path = path.getParentPath()) {
          declaredIn(path.getLeaf(), below);
          below = path.getLeaf();
        }
      }
      return null;
    }

    private void declaredIn(Tree around, Tree below) {
      switch (around) {
        case BlockTree block -> before(block.getStatements(), below);
        case CaseTree one when one.getStatements() != null -> before(one.getStatements(), below);
        default -> new Direct(below).scan(around, null);
      }
    }

    private void before(List<? extends StatementTree> statements, Tree below) {
      for (StatementTree statement : statements.reversed()) {
        if (statement instanceof VariableTree variable && statement != below) {
          found.add(variable.getName().toString());
        }
      }
    }

    /** The variables of a method, lambda, loop or the like itself, not those of its blocks. */
    private final class Direct extends TreeScanner<Void, Void> {
      private final Tree below;

      Direct(Tree below) {
        this.below = below;
      }

      @Override
      public Void scan(Tree tree, Void nothing) {
        return tree == below || tree instanceof BlockTree ? null : super.scan(tree, nothing);
      }

      @Override
      public Void visitVariable(VariableTree tree, Void nothing) {
        found.add(tree.getName().toString());
        return null;
      }
    }
  }
}
