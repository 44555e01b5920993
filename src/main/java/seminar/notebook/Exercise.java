package seminar.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import seminar.file.Json;
import seminar.math.Checks;
import seminar.notebook.Answer.Amount;
import seminar.notebook.Answer.Names;
import seminar.notebook.Feedback.State;

/**
 * A question at the end of a notebook that answers back: right, or why not.
 *
 * <pre>{@code
 * double answer = Double.NaN; // put your answer here
 * Exercise.of("06", 1).check(answer)
 * }</pre>
 *
 * <p>An answer is a number, a name, or several names in any order. Wrong answers that are often
 * given have a hint of their own. An exercise that nobody has answered yet is open, which is no
 * error: a notebook runs with all of its exercises open.
 *
 * <p>The exercises of a notebook are a list in JSON, {@code exercises/06.json}. Where the right
 * answer depends on what a notebook has computed, the cell brings it along, and the list has that
 * of the scale QUICK.
 */
public final class Exercise {
  private final int number;
  private final String question;
  private final Answer right;
  private final double tolerance;
  private final List<String> choices;
  private final List<Mistake> mistakes;
  private final String hint;
  private final String solution;

  private Exercise(JsonNode node) {
    number = Checks.atLeast(1, "number", node.path("number").asInt());
    question = text(node, "question");
    right = Answer.of(node.path("right"));
    tolerance = Checks.within(0, Double.MAX_VALUE, "tolerance", node.path("tolerance").asDouble());
    choices = node.path("choices").valueStream().map(JsonNode::asText).toList();
    mistakes = node.path("mistakes").valueStream().map(Mistake::of).toList();
    hint = text(node, "hint");
    solution = text(node, "solution");
  }

  private static String text(JsonNode node, String name) {
    String text = node.path(name).asText();
    if (text.isBlank()) {
      throw new IllegalArgumentException(
          "exercise %s has no %s".formatted(node.path("number").asText(), name));
    }
    return text;
  }

  /**
   * The exercises of a notebook, in their order.
   *
   * @param notebook its number, such as {@code 06}
   * @throws IllegalArgumentException if there is no such notebook, or its list cannot be read
   */
  public static List<Exercise> all(String notebook) {
    try (InputStream in = Exercise.class.getResourceAsStream("exercises/" + notebook + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException(
            "there are no exercises of a notebook %s: give its number, such as 06"
                .formatted(notebook));
      }
      return Json.reader().readTree(in).valueStream().map(Exercise::new).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One exercise.
   *
   * @param notebook the number of the notebook, such as {@code 06}
   * @param number the number of the exercise, from 1
   * @throws IllegalArgumentException if there is none
   */
  public static Exercise of(String notebook, int number) {
    return all(notebook).stream()
        .filter(exercise -> exercise.number == number)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "notebook %s has no exercise %d".formatted(notebook, number)));
  }

  /** Its number in the notebook, from 1. */
  public int number() {
    return number;
  }

  /** What is asked, word for word as in the notebook. */
  public String question() {
    return question;
  }

  Answer right() {
    return right;
  }

  List<Mistake> mistakes() {
    return mistakes;
  }

  /** What is said to a number; not-a-number is no answer yet. */
  public Feedback check(double answer) {
    return verdict(new Amount(answer), () -> right);
  }

  /**
   * The same where the right number has been computed.
   *
   * @param computed gives it; not asked before there is an answer
   */
  public Feedback check(double answer, DoubleSupplier computed) {
    return verdict(new Amount(answer), () -> new Amount(computed.getAsDouble()));
  }

  /** What is said to a name; an empty one is no answer yet. */
  public Feedback check(String answer) {
    return verdict(Names.of(List.of(answer)), () -> right);
  }

  /**
   * The same where the right name has been computed.
   *
   * @param computed gives it; not asked before there is an answer
   */
  public Feedback check(String answer, Supplier<String> computed) {
    return verdict(Names.of(List.of(answer)), () -> Names.of(List.of(computed.get())));
  }

  /** What is said to several names in any order; none are no answer yet. */
  public Feedback check(List<String> answer) {
    return verdict(Names.of(answer), () -> right);
  }

  /**
   * The same where the right names have been computed.
   *
   * @param computed gives them; not asked before there is an answer
   */
  public Feedback check(List<String> answer, Supplier<List<String>> computed) {
    return verdict(Names.of(answer), () -> Names.of(computed.get()));
  }

  Feedback verdict(Answer given, Supplier<Answer> expected) {
    if (given.isOpen()) {
      String how = choices.isEmpty() ? "" : " (one of: " + String.join(", ", choices) + ")";
      return said(State.OPEN, "is open: put your answer into the cell and run it." + how);
    }
    if (given instanceof Names names
        && !choices.isEmpty()
        && !Names.of(choices).names().containsAll(names.names())) {
      String one = names + " is none of the choices: " + String.join(", ", choices) + ".";
      return said(State.WRONG, "is not answered yet: " + one);
    }
    Answer wanted = expected.get();
    if (given.agrees(wanted, tolerance)) {
      return said(State.RIGHT, "is right. " + solution);
    }
    String why =
        mistakes.stream()
            .filter(mistake -> mistake.fits(given, wanted, tolerance))
            .map(Mistake::hint)
            .findFirst()
            .orElse(hint);
    return said(State.WRONG, "is not right yet. " + why);
  }

  /** The right answer and why it is right. */
  public Feedback solution() {
    return said(State.SOLUTION, "has the answer " + right + ". " + solution);
  }

  private Feedback said(State state, String text) {
    return new Feedback(state, String.format(Locale.ROOT, "Exercise %d", number), text);
  }

  @Override
  public String toString() {
    return "Exercise %d. %s".formatted(number, question);
  }
}
