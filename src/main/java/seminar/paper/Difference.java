package seminar.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A difference with its 95 % interval, as the files of tables hold it.
 *
 * @param name what is compared
 */
record Difference(String name, double value, double low, double high) {
  /** Where a row has its difference: the first that is there. */
  private static final List<String> PLACES =
      List.of("lessReferenceOverSeeds", "lessReference", "lessSeminar");

  /**
   * The difference of a row to the line that its table names; none where the row was not run. Where
   * several seeds were trained, its interval is that over users and seeds: one over users alone
   * would not say what another training gives.
   */
  static Optional<Difference> of(String name, JsonNode row) {
    JsonNode found =
        PLACES.stream().map(row::path).filter(JsonNode::isObject).findFirst().orElse(row);
    return found.has("difference")
        ? Optional.of(
            new Difference(
                name,
                found.path("difference").asDouble(),
                found.path("low").asDouble(),
                found.path("high").asDouble()))
        : Optional.empty();
  }

  /** The same under another name. */
  Difference named(String other) {
    return new Difference(other, value, low, high);
  }

  /** The same the other way round. */
  Difference turned() {
    return new Difference(name, -value, -high, -low);
  }

  /** As it stands in the report. */
  String words() {
    return String.format(Locale.ROOT, "%s %+.4f [%+.4f, %+.4f]", name, value, low, high);
  }
}
