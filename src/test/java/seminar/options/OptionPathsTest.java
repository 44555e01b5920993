package seminar.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OptionPathsTest {
  /** A colour. */
  public enum Colour {
    RED,
    DARK_BLUE
  }

  /** One of two shapes. */
  public sealed interface Shape permits Disc, RoundedBox {}

  /** A shape of one number. */
  public record Disc(double radius) implements Shape {
    public Disc() {
      this(1);
    }
  }

  /** A shape of another. */
  public record RoundedBox(int width, Colour rim) implements Shape {
    public RoundedBox() {
      this(2, Colour.RED);
    }
  }

  /** A group. */
  public record Span(@Spelled(time = true) long from, long to) {
    public Span {
      if (from > to) {
        throw new IllegalArgumentException("from %d: lies after to, %d".formatted(from, to));
      }
    }
  }

  /** All of it. */
  public record All(
      int count,
      double share,
      boolean on,
      String name,
      Colour colour,
      List<Double> weights,
      Set<Colour> colours,
      @Spelled(as = "period", formerly = "history") Span span,
      @Spelled(open = true) Span inner,
      Shape shape) {}

  private static final All BASE =
      new All(
          3,
          0.5,
          false,
          "a b",
          Colour.RED,
          List.of(1.0, 2.0),
          Set.of(Colour.RED),
          new Span(0, 10),
          new Span(20, 30),
          new Disc());

  @Test
  void everyOptionHasItsPathInTheOrderOfTheRecords() {
    Map<String, String> described = new LinkedHashMap<>();
    described.put("count", "3");
    described.put("share", "0.5");
    described.put("on", "false");
    described.put("name", "a b");
    described.put("colour", "RED");
    described.put("weights", "[1.0, 2.0]");
    described.put("colours", "[RED]");
    described.put("period.from", "0");
    described.put("period.to", "10");
    described.put("from", "20");
    described.put("to", "30");
    described.put("shape", "DISC");
    described.put("shape.radius", "1.0");
    assertEquals(described, OptionPaths.describe(BASE));
    assertEquals(new ArrayList<>(described.keySet()), OptionPaths.paths(BASE));
  }

  @Test
  void whatIsDescribedIsReadAgain() {
    assertEquals(BASE, OptionPaths.set(BASE, OptionPaths.describe(BASE)));
    Map<String, String> more = new LinkedHashMap<>(OptionPaths.describe(BASE));
    more.put("of something else", "7");
    assertEquals(BASE, OptionPaths.of(All.class, more));
    more.remove("shape");
    String message = refusal(() -> OptionPaths.of(All.class, more));
    assertEquals("the option shape is missing", message);
  }

  @Test
  void valuesComeAsTheyAreOrAsText() {
    assertEquals(4, OptionPaths.set(BASE, "count", 4).count());
    assertEquals(4, OptionPaths.set(BASE, "count", " 4").count());
    assertEquals(1.0, OptionPaths.set(BASE, "share", 1).share());
    assertEquals(true, OptionPaths.set(BASE, "on", "true").on());
    assertEquals(" c", OptionPaths.set(BASE, "name", " c").name());
    assertEquals(Colour.DARK_BLUE, OptionPaths.set(BASE, "colour", "dark-blue").colour());
    assertEquals(List.of(3.0), OptionPaths.set(BASE, "weights", List.of(3)).weights());
    assertEquals(List.of(3.0, 0.5), OptionPaths.set(BASE, "weights", "3, 0.5").weights());
    assertEquals(Set.of(), OptionPaths.set(BASE, "colours", "[]").colours());
    assertEquals(
        Set.of(Colour.RED, Colour.DARK_BLUE),
        OptionPaths.set(BASE, "colours", "red,dark_blue").colours());
    assertEquals(86_400_000L, OptionPaths.set(day(), "period.from", "1970-01-02").span().from());
  }

  private static All day() {
    return OptionPaths.set(BASE, "period.to", Long.MAX_VALUE);
  }

  @Test
  void optionsThatFitOneAnotherAreSetAtOnce() {
    Map<String, Integer> later = Map.of("period.from", 15, "period.to", 18);
    assertEquals(new Span(15, 18), OptionPaths.set(BASE, later).span());
    assertTrue(
        refusal(() -> OptionPaths.set(BASE, "period.from", 15))
            .startsWith("period.from cannot be '15': from 15: lies after to, 10"));
  }

  @Test
  void anOldNameIsReadAndTheNewOneWritten() {
    assertEquals(new Span(5, 10), OptionPaths.set(BASE, "history.from", 5).span());
    Map<String, String> old = new LinkedHashMap<>();
    OptionPaths.describe(BASE).forEach((path, v) -> old.put(path.replace("period", "history"), v));
    assertEquals(BASE, OptionPaths.of(All.class, old));
    assertEquals(
        "period.from and history.from are the same option: give one of them",
        refusal(() -> OptionPaths.set(BASE, Map.of("history.from", 1, "period.from", 1))));
  }

  @Test
  void aKindIsAnOptionAndBringsItsOwn() {
    All box = OptionPaths.set(BASE, "shape", "rounded-box");
    assertEquals(new RoundedBox(2, Colour.RED), box.shape());
    assertEquals(box, OptionPaths.set(BASE, "shape.kind", "ROUNDED_BOX"));
    assertEquals(new RoundedBox(9, Colour.RED), OptionPaths.set(box, "shape.width", 9).shape());
    All wide = OptionPaths.set(box, "shape.width", 9);
    assertEquals(wide, OptionPaths.set(wide, "shape", "rounded_box"), "the same kind stays");
    assertEquals(wide, OptionPaths.set(BASE, Map.of("shape.width", 9, "shape", "rounded_box")));
    assertEquals(
        "'shape.width' is an option of ROUNDED_BOX, and shape is DISC: set shape to ROUNDED_BOX"
            + " too",
        refusal(() -> OptionPaths.set(BASE, "shape.width", 9)));
  }

  @Test
  void whatCannotBeIsSaidWithPathValueAndWhatItMustBe() {
    for (List<Object> wrong :
        List.<List<Object>>of(
            List.of("count", "many", "cannot be 'many': it is 3, and must be a whole number"),
            List.of("count", 2.5, "cannot be '2.5': it is 3, and must be a whole number"),
            List.of("share", "half", "cannot be 'half': it is 0.5, and must be a number"),
            List.of("on", "perhaps", "it is false, and must be true or false"),
            List.of("colour", "green", "must be one of RED, DARK_BLUE"),
            List.of("weights", "1,x", "must be a number"),
            List.of("period.from", "soon", "a date such as 2023-05-22 or milliseconds"),
            List.of("period.to", "2023-05-22", "must be a whole number"),
            List.of("shape", "star", "it is DISC, and must be one of DISC, ROUNDED_BOX"))) {
      String path = (String) wrong.get(0);
      String message = refusal(() -> OptionPaths.set(BASE, path, wrong.get(1)));
      assertTrue(message.startsWith(path + " cannot be"), message);
      assertTrue(message.contains((String) wrong.get(2)), message);
    }
  }

  @Test
  void anUnknownPathIsAnsweredWithThoseThatThereAre() {
    assertEquals(
        "there is no option 'cuont': there is " + String.join(", ", OptionPaths.paths(BASE)),
        refusal(() -> OptionPaths.set(BASE, "cuont", 1)));
    List<String> many = new ArrayList<>(OptionPaths.paths(BASE));
    many.addAll(List.of("x.one", "x.two", "x.three", "y.count"));
    assertEquals("did you mean count or y.count?", OptionPaths.advice("a.count", many));
    assertEquals(List.of("count", "y.count", "on"), OptionPaths.near("cuont", many));
  }

  @Test
  void differencesNameBothValues() throws Exception {
    All other = OptionPaths.set(BASE, Map.of("count", 4, "shape", "rounded_box"));
    assertEquals(
        List.of(
            "option count: 3 against 4",
            "option shape: DISC against ROUNDED_BOX",
            "option shape.radius: 1.0 against absent",
            "option shape.width: absent against 2",
            "option shape.rim: absent against RED"),
        OptionPaths.differences(OptionPaths.describe(BASE), OptionPaths.describe(other)).stream()
            .map(Object::toString)
            .toList());
    ObjectMapper json = new ObjectMapper();
    assertEquals(
        List.of("option a.b: [1,2] against [1]", "option c: \"x\" against absent"),
        OptionPaths.differences(
                OptionPaths.describe(json.readTree("{\"a\":{\"b\":[1,2]},\"c\":\"x\"}")),
                OptionPaths.describe(json.readTree("{\"a\":{\"b\":[1]}}")))
            .stream()
            .map(Object::toString)
            .toList());
  }

  private static String refusal(org.junit.jupiter.api.function.Executable of) {
    return assertThrows(IllegalArgumentException.class, of).getMessage();
  }
}
