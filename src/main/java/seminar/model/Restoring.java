package seminar.model;

/**
 * The maps G_j from the PSU's channels to those of GSU and ESU (paper §3.3.2; our GSU-1).
 *
 * <pre>  GSU-1  x^GSU(j) = x^PSU(j) G_j        G_j = I at the start</pre>
 *
 * <p>Shapes: x [n, d], G_j [d, d], one for each of text, image, attributes and query.
 */
public final class Restoring {
  /** The channels, in the order text, image, attributes, query. */
  public enum Channel {
    /** x^T. */
    TEXT,
    /** x^I. */
    IMAGE,
    /** x^A. */
    ATTRIBUTES,
    /** x^Q. */
    QUERY
  }

  private final Parameter[] maps = new Parameter[Channel.values().length];

  /** Makes the parameters, named {@code restore/...}. */
  public Restoring(Parameters parameters, ModelOptions options) {
    int d = options.dims();
    for (Channel channel : Channel.values()) {
      String name = "restore/" + channel.name().toLowerCase(java.util.Locale.ROOT);
      maps[channel.ordinal()] =
          options.restoring() == ModelOptions.Restoring.RELEASED
              ? parameters.uniform(name, d, d, 1 / Math.sqrt(d))
              : parameters.identities(name, 1, d, 1, 0);
    }
  }

  /** G_j. */
  Parameter map(Channel channel) {
    return maps[channel.ordinal()];
  }
}
