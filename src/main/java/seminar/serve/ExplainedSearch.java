package seminar.serve;

import java.io.IOException;
import seminar.math.Checks;
import seminar.math.Vectors;
import seminar.math.Workers;
import seminar.quantize.Quantizer;
import seminar.retrieve.Offsets;
import seminar.retrieve.RecallLoss;
import seminar.retrieve.RetrievalIndex;
import seminar.search.ChoiceRule;
import seminar.search.PairVectors;

/**
 * Why events of an indexed history score as they do for a candidate, head by head, and where a
 * search by codes loses recall.
 *
 * <pre>
 *   score = k_l · r_h = ‖k_l‖ ‖r_h‖ cos = Σ_b k_l[b] · r_h[b]      by codes: Σ_b k̂_l[b] · r_h[b]
 * </pre>
 *
 * <p>Shapes: L events, d dims. What channels add to a score is {@link
 * IndexedHistories.Found#parts}.
 */
public final class ExplainedSearch {
  private final RetrievalIndex index;
  private final float[] keys; // [L, d]
  private final float[] decoded; // [L, d]
  private final float[][] headQueries; // r [H][d]
  private final float[][] coarse; // r of the candidate as its codes have it [H][d]
  private final int dims;
  private final double meanLength;
  private final ChoiceRule rule;

  private ExplainedSearch(
      RetrievalIndex index, float[][] headQueries, float[][] coarse, ChoiceRule rule) {
    this.index = index;
    this.rule = rule.withLatest(0);
    this.keys = index.keys();
    this.decoded = index.quantizer().decode(index.codes());
    this.headQueries = headQueries;
    this.coarse = coarse;
    this.dims = index.quantizer().dims();
    double sum = 0;
    for (int l = 0; l < index.size(); l++) {
      sum += Vectors.norm(keys, l * dims, dims);
    }
    this.meanLength = sum / Math.max(1, index.size());
  }

  /**
   * A score taken apart, without what recency adds to it ({@link IndexedHistories.Found#recency}).
   *
   * @param score {@code k_l · r_h}
   * @param byCodes what the event's codes make of it
   * @param length of the event, divided by the mean length in its history; 0 if all are 0
   * @param cosine between the event and what is looked for; 0 where one of them has no direction
   * @param pieces what equal pieces of the vectors add to the score
   * @param piecesByCodes the same of what the codes stand for
   */
  public record Parts(
      float score,
      float byCodes,
      double length,
      double cosine,
      float[] pieces,
      float[] piecesByCodes) {}

  /**
   * Opens the index of a history for a candidate.
   *
   * @param item the candidate
   * @param query its query; 0 for none
   * @throws IOException if the index of the history is missing or damaged
   */
  public static ExplainedSearch of(IndexedHistories histories, int user, int item, int query)
      throws IOException {
    RetrievalIndex index = histories.index(user);
    PairVectors vectors = histories.vectors();
    float[] pair = vectors.keys(new int[] {item}, new int[] {query});
    Quantizer quantizer = index.quantizer();
    float[] left = quantizer.decode(quantizer.encode(pair, Workers.common()));
    return new ExplainedSearch(
        index, vectors.headQueries(pair), vectors.headQueries(left), vectors.rule());
  }

  /** L. */
  public int events() {
    return index.size();
  }

  /**
   * Where a head loses recall.
   *
   * @param k how many events it keeps; all if the history has fewer
   * @param candidates how many are scored exactly
   * @throws IllegalArgumentException if {@code k} is below 1 or there are fewer candidates than
   *     events to keep
   */
  public RecallLoss loss(int head, int k, int candidates) {
    int kept = Math.min(k, index.size());
    Offsets recency = rule.among(head, 0, index.size()).offsets();
    return RecallLoss.of(index, headQueries[head], coarse[head], recency, kept, candidates);
  }

  /**
   * The score of an event for a head.
   *
   * @param event its position in the history
   * @param pieces in how many the vectors are cut
   * @throws IllegalArgumentException if there is no such event or d is not a multiple of the pieces
   */
  public Parts parts(int head, int event, int pieces) {
    Checks.within(0, index.size() - 1, "event", event);
    Checks.atLeast(1, "pieces", pieces);
    if (dims % pieces != 0) {
      throw new IllegalArgumentException(
          "dims d=%d is not a multiple of pieces %d: they must be equally long"
              .formatted(dims, pieces));
    }
    float[] r = headQueries[head];
    int at = event * dims;
    float score = Vectors.dot(keys, at, r, 0, dims);
    double length = Vectors.norm(keys, at, dims);
    double product = length * Vectors.norm(r, 0, dims);
    return new Parts(
        score,
        Vectors.dot(decoded, at, r, 0, dims),
        meanLength == 0 ? 0 : length / meanLength,
        product == 0 ? 0 : score / product,
        pieces(keys, at, r, pieces),
        pieces(decoded, at, r, pieces));
  }

  private static float[] pieces(float[] rows, int at, float[] r, int pieces) {
    float[] parts = new float[pieces];
    int length = r.length / pieces;
    for (int b = 0; b < pieces; b++) {
      parts[b] = Vectors.dot(rows, at + b * length, r, b * length, length);
    }
    return parts;
  }
}
