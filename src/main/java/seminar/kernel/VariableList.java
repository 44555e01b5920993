package seminar.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.VarSnippet;

/** The variables of a notebook as they are now: names, types and short values. */
public final class VariableList {
  private final List<Variable> variables;

  /**
   * A variable that a cell has declared.
   *
   * @param name as it was declared
   * @param type as it was declared, or found by the compiler
   * @param value in a line; of a large one its beginning and its size
   */
  public record Variable(String name, String type, String value) {}

  private VariableList(List<Variable> variables) {
    this.variables = List.copyOf(variables);
  }

  /**
   * The variables of this notebook, for code that runs in a cell.
   *
   * @throws IllegalStateException outside a notebook on this kernel
   */
  public static VariableList ofNotebook() {
    return JavaKernel.ofNotebook()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "variables can be listed in a notebook on Seminar's kernel only"))
        .variables();
  }

  /** The variables of a shell; values of expressions, which have no names, are left out. */
  static VariableList of(JShell shell, Variables values) {
    List<Variable> list = new ArrayList<>();
    for (VarSnippet variable : shell.variables().toList()) {
      if (variable.subKind() != Snippet.SubKind.TEMP_VAR_EXPRESSION_SUBKIND) {
        String holder = shell.sourceCodeAnalysis().wrapper(variable).fullClassName();
        list.add(
            new Variable(
                variable.name(),
                CellNames.tidy(variable.typeName()),
                values
                    .find(holder, variable.name())
                    .map(field -> ShortValue.of(Variables.get(field)))
                    .orElse("(not defined)")));
      }
    }
    return new VariableList(list);
  }

  /** In the order of their declarations. */
  public List<Variable> variables() {
    return variables;
  }

  /** A line for each, in columns. */
  @Override
  public String toString() {
    if (variables.isEmpty()) {
      return "no variables";
    }
    int name = width(Variable::name);
    int type = width(Variable::type);
    return variables.stream()
        .map(one -> pad(one.name(), name) + "  " + pad(one.type(), type) + "  " + one.value())
        .collect(Collectors.joining("\n"));
  }

  private int width(Function<Variable, String> column) {
    return variables.stream().map(column).mapToInt(String::length).max().orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
