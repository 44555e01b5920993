package seminar.kernel;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/**
 * What a cell does to what earlier cells declared. JShell compiles anew whatever depends on a
 * changed declaration or import; a variable then may not compile any more, or lie in a new class.
 *
 * <p>A variable that has its value needs its initial expression no more: where this does not
 * compile, the variable is declared without it and keeps its value. What cannot be kept is told in
 * one line at the end of the cell.
 */
final class Changes {
  private final JShell shell;
  private final Variables variables;
  private final SequencedSet<String> replaced = new LinkedHashSet<>();
  private final SequencedSet<String> reset = new LinkedHashSet<>();
  private final Map<String, DeclarationSnippet> broken = new LinkedHashMap<>();
  private final Set<String> holders = new HashSet<>();

  Changes(JShell shell, Variables variables) {
    this.shell = shell;
    this.variables = variables;
  }

  /** A cell begins. */
  void begin() {
    replaced.clear();
    reset.clear();
    broken.clear();
  }

  /** What came of a snippet, its own events and those of what depends on it. */
  void see(List<SnippetEvent> events) {
    if (events.getFirst().status() == Status.REJECTED) {
      events.stream()
          .filter(event -> event.status() == Status.OVERWRITTEN)
          .map(SnippetEvent::snippet)
          .forEach(this::restore);
      return;
    }
    reset.addAll(variables.takeLost());
    for (SnippetEvent event : events) {
      if (event.snippet() instanceof DeclarationSnippet declaration) {
        see(event, declaration);
      }
    }
    for (SnippetEvent event : events) {
      if (event.causeSnippet() == null && event.snippet() instanceof VarSnippet variable) {
        reset.remove(variable.name());
      }
    }
  }

  private void see(SnippetEvent event, DeclarationSnippet declaration) {
    boolean wasWhole = event.previousStatus() == Status.VALID;
    if (declaration instanceof TypeDeclSnippet && wasWhole && event.isSignatureChange()) {
      replaced.add(declaration.name());
    }
    if (event.causeSnippet() == null) {
      broken.remove(name(declaration));
      clear(event, declaration);
    } else if (wasWhole && isBroken(event.status()) && !isNameless(declaration)) {
      if (declaration instanceof VarSnippet variable && declareAlone(variable)) {
        blame(event.causeSnippet(), variable);
      } else {
        broken.put(name(declaration), declaration);
      }
    }
  }

  /** A lambda goes on with the method that was replaced; an import replaces nothing. */
  private void blame(Snippet cause, VarSnippet variable) {
    if (cause instanceof MethodSnippet method) {
      replaced.add(method.name());
    } else if (cause.kind() == Snippet.Kind.IMPORT) {
      holders.add(variable.name());
    }
  }

  /** A declaration that does not compile has pushed out the one before, which nobody wanted. */
  private void restore(Snippet before) {
    if (before instanceof VarSnippet variable) {
      declareAlone(variable);
    } else {
      see(shell.eval(before.source()));
    }
  }

  /** A variable that is declared again without a value begins anew. */
  private void clear(SnippetEvent event, DeclarationSnippet declaration) {
    if (declaration.subKind() == SubKind.VAR_DECLARATION_SUBKIND && event.status().isDefined()) {
      field((VarSnippet) declaration).ifPresent(Variables::clear);
    }
  }

  /** The value of an expression, which has a name that nobody gave to it. */
  private static boolean isNameless(DeclarationSnippet declaration) {
    return declaration.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
  }

  private static boolean isBroken(Status status) {
    return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
  }

  private static String name(DeclarationSnippet declaration) {
    return declaration instanceof MethodSnippet method
        ? "%s(%s)".formatted(method.name(), method.parameterTypes())
        : declaration.name();
  }

  private Optional<Field> field(VarSnippet variable) {
    String holder = shell.sourceCodeAnalysis().wrapper(variable).fullClassName();
    return variables.find(holder, variable.name());
  }

  /** Declares a variable without its initial expression; returns whether this compiled. */
  private boolean declareAlone(VarSnippet variable) {
    Optional<Field> before = field(variable);
    if (before.isEmpty()) {
      return false;
    }
    Object value = Variables.get(before.get());
    // With packages, since an import may have made the simple name ambiguous.
    String type = CellNames.tidy(before.get().getGenericType().getTypeName()).replace('$', '.');
    for (String declared : List.of(type, variable.typeName())) {
      SnippetEvent event = shell.eval("%s %s;".formatted(declared, variable.name())).getFirst();
      if (event.status() == Status.VALID) {
        keep((VarSnippet) event.snippet(), value);
        return true;
      }
    }
    return false;
  }

  private void keep(VarSnippet variable, Object value) {
    boolean kept =
        value == null || field(variable).map(field -> Variables.set(field, value)).orElse(false);
    reset.addAll(variables.takeLost());
    reset.remove(variable.name());
    if (!kept) {
      reset.add(variable.name());
    }
  }

  /** What a person should know at the end of a cell, a line for each thing. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    broken.forEach(
        (name, declaration) -> {
          if (isBroken(shell.status(declaration))) {
            String reason = CellFailures.reason(shell, declaration);
            notes.add("%s cannot be used any more: %s".formatted(name, reason));
          }
        });
    List<String> parts = new ArrayList<>();
    List<String> cleared = reset.stream().filter(this::isClear).sorted().toList();
    if (!cleared.isEmpty()) {
      parts.add(counted(cleared, "was", "were") + " reset");
    }
    List<String> keepers = replaced.isEmpty() ? List.of() : newHolders();
    if (!keepers.isEmpty()) {
      parts.add(counted(keepers, "still holds", "still hold") + " objects made before");
    }
    if (!parts.isEmpty()) {
      notes.add(
          "%s replaced, and objects made before do not fit: %s. Run again the cells that make them."
              .formatted(
                  replaced.isEmpty() ? "A type was" : counted(List.copyOf(replaced), "was", "were"),
                  String.join("; ", parts)));
    }
    return notes;
  }

  private static String counted(List<String> names, String one, String several) {
    return "%s %s".formatted(String.join(", ", names), names.size() == 1 ? one : several);
  }

  /** Whether nothing was assigned to a variable since it was reset. */
  private boolean isClear(String name) {
    return named()
        .filter(variable -> variable.name().equals(name))
        .flatMap(variable -> field(variable).stream())
        .allMatch(field -> Variables.isZero(Variables.get(field)));
  }

  private Stream<VarSnippet> named() {
    return shell.variables().filter(variable -> !isNameless(variable));
  }

  /** The variables that hold objects of replaced types, without those of which this was told. */
  private List<String> newHolders() {
    List<String> now =
        named()
            .filter(one -> field(one).map(Variables::get).filter(variables::isOutdated).isPresent())
            .map(VarSnippet::name)
            .sorted()
            .toList();
    List<String> fresh = now.stream().filter(name -> !holders.contains(name)).toList();
    holders.clear();
    holders.addAll(now);
    return fresh;
  }
}
