package seminar.notebook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What can be answered to an exercise. */
sealed interface Answer {
  /** Whether it says nothing yet. */
  boolean isOpen();

  /** Whether it says the same as another, numbers up to a tolerance. */
  boolean agrees(Answer other, double tolerance);

  /** A number; not-a-number says nothing. */
  record Amount(double value) implements Answer {
    @Override
    public boolean isOpen() {
      return Double.isNaN(value);
    }

    @Override
    public boolean agrees(Answer other, double tolerance) {
      return other instanceof Amount amount && Math.abs(value - amount.value) <= tolerance;
    }

    @Override
    public String toString() {
      return ShortText.cell(value);
    }
  }

  /** One or several names in any order, their case and outer blanks aside; none say nothing. */
  record Names(Set<String> names) implements Answer {
    static Names of(Collection<?> names) {
      return new Names(
          names.stream()
              .map(name -> name.toString().strip().toLowerCase(Locale.ROOT))
              .filter(name -> !name.isEmpty())
              .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Override
    public boolean isOpen() {
      return names.isEmpty();
    }

    @Override
    public boolean agrees(Answer other, double tolerance) {
      return equals(other);
    }

    @Override
    public String toString() {
      return String.join(", ", names);
    }
  }

  /** From a number, a text or a list of texts. */
  static Answer of(JsonNode node) {
    if (node.isNumber()) {
      return new Amount(node.doubleValue());
    }
    return Names.of(
        node.isArray()
            ? node.valueStream().map(JsonNode::asText).toList()
            : List.of(node.asText()));
  }
}
