package seminar.retrieve;

import java.util.Arrays;
import seminar.math.Checks;
import seminar.math.TopK;
import seminar.math.Vectors;
import seminar.quantize.Codes;
import seminar.quantize.Cost;
import seminar.quantize.Quantizer;
import seminar.quantize.Rows;

/**
 * Two stages of which the second takes as many candidates as it needs: it goes on until no event
 * that was not proposed can be among the K best, as far as a bound on the error of codes is kept.
 *
 * <pre>
 *   |⟨q, x⟩ − estimate| ≤ ε · ‖q‖ · ‖x − x̂‖ / √(d − 1)     for nearly all pairs
 * </pre>
 *
 * <p>What codes leave over, x − x̂, is as good as random for a query if it was turned at random
 * before it was rounded (RaBitQ): its inner product with the query then has about this standard
 * deviation with ε = 1, and ε = 1.9 is the usual choice. For other quantizers it is a rule of
 * thumb. The widest bound of all events counts, so it asks for more where lengths differ much.
 *
 * <p>Every time that candidates do not suffice their number doubles, at most to L. Immutable and
 * thread-safe.
 */
public final class AdaptiveRetriever implements Retriever {
  private static final int LEAST = 64;

  private final ScanRetriever first;
  private final float[] keys; // [L, d]
  private final double width; // ε · the widest ‖x − x̂‖ / √(d − 1)

  private AdaptiveRetriever(ScanRetriever first, float[] keys, double width) {
    this.first = first;
    this.keys = keys;
    this.width = width;
  }

  /**
   * Over fused keys and their codes.
   *
   * @param first proposes candidates by these codes
   * @param quantizer made the codes
   * @param keys [L, d], not copied, to be left alone
   * @param deviations ε, at least 0
   * @throws IllegalArgumentException if shapes disagree, or as {@link Rows#bounded}
   */
  public static AdaptiveRetriever of(
      ScanRetriever first, Quantizer quantizer, Codes codes, float[] keys, double deviations) {
    Checks.within(0, Double.MAX_VALUE, "deviations ε", deviations);
    Checks.sameLength(
        "list of keys", Rows.bounded("keys", keys, first.width()), "first stage", first.size());
    Checks.sameLength("list of codes", codes.rows(), "first stage", first.size());
    int dims = first.width();
    float[] decoded = quantizer.decode(codes);
    double widest = 0;
    for (int l = 0; l < first.size(); l++) {
      double square = Vectors.squaredDistance(keys, l * dims, decoded, l * dims, dims);
      widest = Math.max(widest, Math.sqrt(square / Math.max(1, dims - 1)));
    }
    return new AdaptiveRetriever(first, keys, deviations * widest);
  }

  @Override
  public int size() {
    return first.size();
  }

  @Override
  public int width() {
    return first.width();
  }

  /** The cost tells how many events were scored exactly: d multiplications each. */
  @Override
  public Retrieval search(float[] query, int k) {
    Checks.atLeast(1, "K", k);
    int dims = first.width();
    Cost cost = new Cost(0, 0, 0);
    float[] scores = {};
    for (long wanted = Math.max(2L * k, LEAST); ; wanted *= 2) {
      int asked = (int) Math.min(wanted, Math.max(1, size()));
      Retrieval proposed = first.search(query, asked);
      int[] events = proposed.top().indices();
      int known = scores.length; // fewer candidates were the first of these
      scores = Arrays.copyOf(scores, events.length);
      for (int i = known; i < events.length; i++) {
        scores[i] = Vectors.dot(query, 0, keys, events[i] * dims, dims);
      }
      long numbers = (long) (events.length - known) * dims;
      cost = cost.plus(proposed.cost()).plus(new Cost(0, numbers, 4 * numbers));
      TopK best = TopK.of(scores, k);
      if (asked >= size() || isSure(query, proposed.top(), best, k)) {
        int[] found = new int[best.size()];
        for (int i = 0; i < found.length; i++) {
          found[i] = events[best.indices()[i]];
        }
        return new Retrieval(new TopK(found, best.scores()), cost);
      }
    }
  }

  /** Whether the best event that was not proposed cannot reach the K-th best score. */
  private boolean isSure(float[] query, TopK proposed, TopK best, int k) {
    float least = proposed.scores()[proposed.size() - 1];
    double slack = width * Vectors.norm(query, 0, query.length);
    return best.size() == k && least + slack <= best.scores()[k - 1];
  }
}
