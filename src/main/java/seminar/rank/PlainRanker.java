package seminar.rank;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A line of the table of plain rankers: one that was fitted, or the reason why there is none.
 *
 * @param name as it stands in tables
 * @param ranker the ranker; empty where it does not apply
 * @param options what it was fitted with, by name
 * @param remark Tribuo's provenance where there is one, or {@code not applicable, because …};
 *     otherwise empty
 */
public record PlainRanker(
    String name, Optional<Ranker> ranker, Map<String, String> options, String remark) {
  /** Copies the options. */
  public PlainRanker {
    if (name.isBlank()) {
      throw new IllegalArgumentException("name is blank: a ranker needs a name");
    }
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** One that was fitted. */
  static PlainRanker of(String name, Ranker ranker, Map<String, String> options) {
    return new PlainRanker(name, Optional.of(ranker), options, "");
  }

  /** One that does not apply. */
  static PlainRanker notApplicable(String name, String reason) {
    return new PlainRanker(name, Optional.empty(), Map.of(), "not applicable, because " + reason);
  }

  /** Whether it can rank. */
  boolean applies() {
    return ranker.isPresent();
  }
}
