package seminar.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The loss of one step and what it is made of, in nats.
 *
 * @param total what was differentiated: the weighted sum of the terms
 * @param terms each term by its name, before its weight: {@code "next pair"}, {@code "alignment"},
 *     {@code "relevance"}, {@code "click"}
 */
public record StepLoss(double total, Map<String, Double> terms) {
  /** Copies the terms and keeps their order. */
  public StepLoss {
    terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
  }

  /** A loss of one term. */
  public static StepLoss of(String term, double value) {
    return new StepLoss(value, Map.of(term, value));
  }
}
