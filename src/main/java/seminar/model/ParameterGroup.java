package seminar.model;

/**
 * The parts of a model that can be frozen or restored apart from the others, told by the names of
 * their parameters.
 */
public enum ParameterGroup {
  /** The tables of items, attributes, keywords and codes of texts, and these codes. */
  EMBEDDINGS(
      "channel/item", "channel/attribute", "channel/keyword", "channel/code", "channel/codes/"),
  /** From features and embeddings to channels of width d: W_q, W_t, W_i, W_a. */
  PROJECTIONS("channel/map/"),
  /** Noise in place of features (released code); never trained. */
  NOISE("channel/noise/"),
  /** The weights of the modalities. */
  GATE("channel/gate/"),
  /** The maps G_j. */
  RESTORING("restore/"),
  /** Projections of the GSU, where it has its own. */
  SEARCH("search/"),
  /** Projections of the attention that weighs events, W_O and the recency bias. */
  ATTENTION("attention/", "stca/"),
  /** The attention to the latest events, where there is one beside the long-term interest. */
  SHORT_TERM("shortTerm/"),
  /** The self-attention over the history, where there is one. */
  SEQUENCE("sequence/"),
  /** The click head. */
  HEAD("head/"),
  /** Codes of a training that chooses by them; never trained. */
  CODES("codes/"),
  /** Temperature and scale of the pretraining losses. */
  LOSS("loss/");

  private final String[] prefixes;

  ParameterGroup(String... prefixes) {
    this.prefixes = prefixes;
  }

  /** Whether a parameter of this name belongs to the group. */
  public boolean holds(String name) {
    for (String prefix : prefixes) {
      if (prefix.endsWith("/") ? name.startsWith(prefix) : name.equals(prefix)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The group of a parameter.
   *
   * @throws IllegalArgumentException if no group holds it
   */
  public static ParameterGroup of(String name) {
    for (ParameterGroup group : values()) {
      if (group.holds(name)) {
        return group;
      }
    }
    throw new IllegalArgumentException("the parameter " + name + " belongs to no group");
  }
}
