package seminar.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import seminar.notebook.Answer.Amount;

/** A wrong answer that is often given, and what it is that was answered. */
sealed interface Mistake {
  /** What is said to it. */
  String hint();

  /** Whether an answer that is not right is this one. */
  boolean fits(Answer given, Answer right, double tolerance);

  /** This very answer. */
  record Is(Answer wrong, String hint) implements Mistake {
    @Override
    public boolean fits(Answer given, Answer right, double tolerance) {
      return given.agrees(wrong, tolerance);
    }
  }

  /** So many times the right number. */
  record Times(double factor, String hint) implements Mistake {
    @Override
    public boolean fits(Answer given, Answer right, double tolerance) {
      return right instanceof Amount amount
          && given.agrees(
              new Amount(factor * amount.value()), tolerance * Math.max(1, Math.abs(factor)));
    }
  }

  /** Any number on one side of the right one. */
  record Side(boolean above, String hint) implements Mistake {
    @Override
    public boolean fits(Answer given, Answer right, double tolerance) {
      return given instanceof Amount one
          && right instanceof Amount other
          && one.value() > other.value() == above;
    }
  }

  /**
   * From {@code {"is": 8, "hint": …}}, {@code {"times": 2, …}} or {@code {"side": "above", …}}.
   *
   * @throws IllegalArgumentException if it has no such condition or no hint
   */
  static Mistake of(JsonNode node) {
    String hint = node.path("hint").asText();
    if (!hint.isEmpty() && node.has("is")) {
      return new Is(Answer.of(node.get("is")), hint);
    }
    if (!hint.isEmpty() && node.has("times")) {
      return new Times(node.get("times").doubleValue(), hint);
    }
    String side = node.path("side").asText();
    if (!hint.isEmpty() && (side.equals("above") || side.equals("below"))) {
      return new Side(side.equals("above"), hint);
    }
    throw new IllegalArgumentException(
        "mistake %s: it needs a hint and one of is, times, side (above or below)".formatted(node));
  }
}
