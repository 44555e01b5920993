package seminar.serve;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How the events of a history are searched where something else than the model chooses them: its
 * names. {@link LearnedSearch} has the settings of each.
 */
public enum SearchKind {
  /** The inner product of every event, as the model itself computes it. */
  EXACT("exact, fused keys"),
  /** Product codes of eight bits, half as many as dims. */
  PQ("PQ of fused keys, 8 bits"),
  /** Product codes of four bits, as many as dims, summed as bytes. */
  PQ4("4-bit PQ of fused keys"),
  /** The same, and exact scores of the best. */
  REFINED("4-bit PQ of fused keys, refined"),
  /** Codes of four bits for pairs of numbers, learned for inner products. */
  SCORE_AWARE("score-aware OPQ of fused keys, 4-bit"),
  /** A grid of four bits a number after a random rotation, lengths beside. */
  RABITQ("RaBitQ of fused keys, 4 bits"),
  /** Sums of centroids. */
  RQ("residual PQ of fused keys"),
  /** Numbers rounded one by one to four bits, as search engines do. */
  SCALAR("scalar codes of fused keys, 4 bits"),
  /** A graph of near neighbours for each history, walked by inner product. */
  HNSW("HNSW of fused keys, inner product"),
  /**
   * Signs along random directions (SimHash), 4·d bits. Its scores count bits and cannot take a
   * recency bias, so it chooses by angle alone, whatever the model adds for recency.
   */
  LSH("SimHash of fused keys, 4·d bits"),
  /**
   * The paper's method: each channel of a pair quantized by itself, the target's too. Scores are
   * scanned as vectors that codes stand for, with the same result as by its tables of look-ups, so
   * its time is that of such a scan.
   */
  PAPER("multi-modal PQ, symmetric (paper)");

  private final String label;

  SearchKind(String label) {
    this.label = label;
  }

  /** What it is called in figures and tables. */
  public String label() {
    return label;
  }

  /** Whether scores take what a recency bias adds. */
  public boolean takesRecency() {
    return this != LSH;
  }

  /** As the command line names it, such as {@code score-aware}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The way of a name, in small or large letters.
   *
   * @throws IllegalArgumentException if there is none; the message lists all
   */
  public static SearchKind of(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.toString().equalsIgnoreCase(name.replace('_', '-')))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no search '%s': there is %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(SearchKind::toString)
                                .collect(Collectors.joining(", ")))));
  }
}
