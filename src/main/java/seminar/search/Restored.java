package seminar.search;

import java.util.Map;
import seminar.model.Parameter;
import seminar.model.ParameterGroup;
import seminar.model.Parameters;

/** What GSU and ESU take over from a pretrained search unit (paper §3.3.2; our GSU-2; M10). */
public enum Restored {
  /** Embeddings and the maps from features to channels, as the paper says. */
  EMBEDDINGS,
  /** Attention, W_O and click head too, as the released code does. */
  ALL;

  /** Whether a parameter of this name is taken over. */
  boolean holds(String name) {
    return switch (ParameterGroup.of(name)) {
      case EMBEDDINGS, PROJECTIONS, NOISE, GATE -> true;
      case RESTORING, ATTENTION, HEAD -> this == ALL;
      case SEARCH, SHORT_TERM, SEQUENCE, CODES, LOSS -> false;
    };
  }

  /**
   * Takes over what is there. A GSU that has its own projections cannot learn them, so it gets
   * those of the PSU's attention whatever else is restored.
   *
   * @param weights parameters of the PSU by name
   * @param ownSearch whether parameters named {@code search/...} are such projections
   * @throws IllegalArgumentException if a parameter has another size, or none is taken over
   */
  void copy(Map<String, float[]> weights, Parameters to, boolean ownSearch) {
    int restored = 0;
    for (Parameter parameter : to.all()) {
      String name = parameter.name();
      String source = ownSearch ? name.replaceFirst("^search/", "attention/") : name;
      boolean wanted = !source.equals(name) || holds(name);
      if (wanted && weights.containsKey(source)) {
        parameter.set(weights.get(source));
        restored++;
      }
    }
    if (restored == 0) {
      throw new IllegalArgumentException(
          "none of the %d given parameters is one of this model: is it a pretrained search unit?"
              .formatted(weights.size()));
    }
  }
}
