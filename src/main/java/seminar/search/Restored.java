package seminar.search;

import seminar.model.ParameterGroup;

/** What GSU and ESU take over from a pretrained search unit (paper §3.3.2; M10). */
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
      case SEARCH, LOSS -> false;
    };
  }
}
