package seminar.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.notebook.Answer.Amount;
import seminar.notebook.Feedback.State;

/** Exercises answer back, and every notebook has them. */
class ExerciseTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<String> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("notebooks"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".ipynb"))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static List<Exercise> exercises(String notebook) {
    return Exercise.all(notebook.substring(0, 2));
  }

  private static Feedback verdict(Exercise exercise, Answer given) {
    return exercise.verdict(given, exercise::right);
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void itsOwnSolutionPasses(String notebook) {
    for (Exercise exercise : exercises(notebook)) {
      Feedback verdict = verdict(exercise, exercise.right());
      assertEquals(State.RIGHT, verdict.state(), exercise + " " + verdict);
      assertTrue(exercise.solution().text().contains(exercise.right().toString()));
    }
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void everyKnownMistakeIsAnsweredWithItsHint(String notebook) {
    for (Exercise exercise : exercises(notebook)) {
      for (Mistake mistake : exercise.mistakes()) {
        Feedback verdict = verdict(exercise, example(mistake, exercise.right()));
        assertEquals(State.WRONG, verdict.state(), exercise + " " + verdict);
        assertTrue(verdict.text().endsWith(mistake.hint()), exercise + " " + verdict);
      }
    }
  }

  private static Answer example(Mistake mistake, Answer right) {
    return switch (mistake) {
      case Mistake.Is is -> is.wrong();
      case Mistake.Times times -> new Amount(times.factor() * ((Amount) right).value());
      case Mistake.Side side -> new Amount(((Amount) right).value() + (side.above() ? .37 : -.37));
    };
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void theNotebookAsksWhatTheListAsksAndHasACellForEachAnswer(String notebook) throws IOException {
    List<JsonNode> cells =
        JSON.readTree(Path.of("notebooks", notebook).toFile()).get("cells").valueStream().toList();
    String text =
        cells.stream()
            .filter(cell -> cell.get("cell_type").asText().equals("markdown"))
            .map(ExerciseTest::source)
            .collect(Collectors.joining("\n"));
    List<Exercise> exercises = exercises(notebook);
    assertTrue(exercises.size() >= 3, notebook + " has fewer than three exercises");
    for (int i = 0; i < exercises.size(); i++) {
      Exercise exercise = exercises.get(i);
      assertEquals(i + 1, exercise.number(), notebook);
      assertTrue(text.contains(exercise.question()), exercise + " is not in " + notebook);
      String call = "Exercise.of(\"%s\", %d).check(".formatted(notebook.substring(0, 2), i + 1);
      assertEquals(1, tagged(cells, "exercise").filter(source -> source.contains(call)).count());
    }
    long solutions =
        cells.stream()
            .filter(cell -> cell.get("cell_type").asText().equals("code") && has(cell, "solution"))
            .count();
    assertEquals(exercises.size(), solutions, notebook);
  }

  @ParameterizedTest
  @MethodSource("notebooks")
  void asCommittedExercisesAreOpenAndSolutionsAreRight(String notebook) throws IOException {
    JsonNode cells = JSON.readTree(Path.of("notebooks", notebook).toFile()).get("cells");
    for (JsonNode cell : cells) {
      for (JsonNode output : cell.path("outputs")) {
        String text = joined(output.path("data").path("text/plain"));
        assertFalse(text.contains(" is not right yet. "), notebook + ": " + text);
        assertFalse(text.contains(" is not answered yet: "), notebook + ": " + text);
        if (text.startsWith("Exercise ")) {
          assertEquals(has(cell, "exercise"), text.contains(" is open: "), notebook + ": " + text);
        }
      }
    }
  }

  private static Stream<String> tagged(List<JsonNode> cells, String tag) {
    return cells.stream().filter(cell -> has(cell, tag)).map(ExerciseTest::source);
  }

  private static boolean has(JsonNode cell, String tag) {
    return cell.path("metadata")
        .path("tags")
        .valueStream()
        .anyMatch(one -> one.asText().equals(tag));
  }

  private static String source(JsonNode cell) {
    return joined(cell.get("source"));
  }

  private static String joined(JsonNode lines) {
    return lines.isArray()
        ? lines.valueStream().map(JsonNode::asText).collect(Collectors.joining())
        : lines.asText();
  }

  @Test
  void whoHasNotAnsweredIsNotWrong() {
    Exercise number = Exercise.of("06", 1);
    assertEquals(State.OPEN, number.check(Double.NaN).state());
    assertEquals(
        State.OPEN,
        number
            .check(
                Double.NaN,
                () -> {
                  throw new IllegalStateException("nobody needs it yet");
                })
            .state());
    assertEquals(State.OPEN, Exercise.of("10", 1).check(" ").state());
    assertEquals(State.OPEN, Exercise.of("10", 4).check(List.of()).state());
  }

  @Test
  void aWrongAnswerWithoutAKnownReasonGetsTheHint() {
    Feedback verdict = Exercise.of("06", 1).check(17);
    assertEquals(State.WRONG, verdict.state());
    assertEquals(
        "is not right yet. 32 bytes are 256 bits; they are shared by d numbers.", verdict.text());
  }

  @Test
  void whatIsNoChoiceIsToldTheChoices() {
    Feedback verdict = Exercise.of("10", 1).check("sideways");
    assertEquals(State.WRONG, verdict.state());
    assertTrue(verdict.text().contains("nearer, apart"), verdict.text());
    assertEquals(State.RIGHT, Exercise.of("10", 1).check(" Apart ").state());
  }

  @Test
  void namesMayComeInAnyOrder() {
    Exercise names = Exercise.of("10", 4);
    assertEquals(State.RIGHT, names.check(List.of("l6", "L3", "L2", "L1", "L1")).state());
    assertEquals(State.WRONG, names.check(List.of("L1", "L3")).state());
    assertEquals(State.RIGHT, names.check(List.of("a", "b"), () -> List.of("b", "a")).state());
  }

  @Test
  void whatWasComputedCountsBeforeTheList() {
    Exercise number = Exercise.of("06", 1);
    assertEquals(State.RIGHT, number.check(5, () -> 5).state());
    assertEquals(State.WRONG, number.check(4, () -> 5).state());
    assertEquals(State.RIGHT, Exercise.of("08", 3).check("query", () -> "query").state());
  }

  @Test
  void anExerciseThatIsNotThereIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Exercise.of("06", 99));
    assertThrows(IllegalArgumentException.class, () -> Exercise.all("../06"));
    assertThrows(
        IllegalArgumentException.class,
        () -> Mistake.of(JSON.readTree("{\"side\": \"left\", \"hint\": \"x\"}")));
    assertThrows(IllegalArgumentException.class, () -> Mistake.of(JSON.readTree("{\"is\": 1}")));
  }

  @Test
  void verdictsEscapeWhatTheySay() {
    Feedback verdict = new Feedback(State.WRONG, "Exercise 1", "<b> & \"");
    assertTrue(verdict.html().contains("&lt;b&gt; &amp; &quot;"), verdict.html());
    assertEquals("Exercise 1 <b> & \"", verdict.toString());
    assertEquals("Exercise 1. " + Exercise.of("06", 1).question(), Exercise.of("06", 1).toString());
  }

  @Test
  void numbersOfExercisesAreTheirOwn() {
    Set<Integer> numbers =
        Exercise.all("06").stream().map(Exercise::number).collect(Collectors.toSet());
    assertEquals(
        IntStream.rangeClosed(1, Exercise.all("06").size()).boxed().collect(Collectors.toSet()),
        numbers);
  }
}
