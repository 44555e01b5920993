package seminar.retrieve;

import seminar.math.Checks;
import seminar.math.Workers;
import seminar.measure.Recall;
import seminar.quantize.Codes;
import seminar.quantize.MultiModalQuantizer;
import seminar.retrieve.ProductRetriever.Mode;

/**
 * Where a search by codes loses its recall: each source alone, against the exact best K.
 *
 * @param codebook because codes stand for events: 1 − recall of asymmetric scores
 * @param target because the target is quantized too: what symmetric scores lose beyond that;
 *     negative where chance helps
 * @param weights because keys were fused with other weights than the target's: 1 − recall of exact
 *     scores under those weights
 * @param candidates because only the best candidates by codes are looked at exactly: the share of
 *     the K best that is not among them
 */
public record RecallLoss(double codebook, double target, double weights, double candidates) {
  /**
   * Takes the loss of one search apart.
   *
   * @param events [L, M, d]
   * @param quantizer of the channels
   * @param target with the weights that count
   * @param indexWeights γ [M] that keys would be fused with
   * @param k K, at most L
   * @param count candidates that would be looked at exactly, at least K
   * @throws IllegalArgumentException if shapes disagree, {@code k} is below 1 or {@code count}
   *     below {@code k}
   */
  public static RecallLoss of(
      float[] events,
      MultiModalQuantizer quantizer,
      Target target,
      float[] indexWeights,
      int k,
      int count) {
    Checks.atLeast(Checks.atLeast(1, "K", k), "candidates", count);
    int dims = target.dims();
    int channels = target.channels();
    Checks.sameLength("index weights", indexWeights.length, "list of channels", channels);
    ExactChannelRetriever exact = ExactChannelRetriever.of(events, channels, dims);
    float[] scores = exact.scores(target);
    Codes codes = quantizer.encode(events, Workers.common());
    ProductRetriever asymmetric = ProductRetriever.of(quantizer, codes, Mode.ASYMMETRIC);
    ProductRetriever symmetric = ProductRetriever.of(quantizer, codes, Mode.SYMMETRIC);
    double byCodes = Recall.among(best(asymmetric, target, k), scores, k);
    double bySymmetric = Recall.among(best(symmetric, target, k), scores, k);
    Target other = new Target(target.vectors(), indexWeights);
    double byWeights = Recall.among(best(exact, other, k), scores, k);
    double among = Recall.among(best(asymmetric, target, count), scores, k);
    return new RecallLoss(1 - byCodes, byCodes - bySymmetric, 1 - byWeights, 1 - among);
  }

  /**
   * Takes the loss of one search of an index apart. No weights are lost: keys hold theirs.
   *
   * @param query [d]
   * @param coarse the query if the target were quantized as events are [d]
   * @param k K, at most L
   * @param count candidates that would be looked at exactly, at least K
   * @throws IllegalArgumentException if shapes disagree, {@code k} is below 1 or {@code count}
   *     below {@code k}
   */
  public static RecallLoss of(
      RetrievalIndex index, float[] query, float[] coarse, int k, int count) {
    return of(index, query, coarse, Offsets.NONE, k, count);
  }

  /**
   * The same of a search that adds something to scores.
   *
   * @param offsets what is added, such as a recency bias
   * @throws IllegalArgumentException as {@link #of(RetrievalIndex, float[], float[], int, int)}
   */
  public static RecallLoss of(
      RetrievalIndex index, float[] query, float[] coarse, Offsets offsets, int k, int count) {
    Checks.atLeast(Checks.atLeast(1, "K", k), "candidates", count);
    ExactRetriever exact =
        ExactRetriever.fused(index.keys(), index.quantizer().dims(), new float[] {1});
    float[] scores = exact.scores(query);
    for (int l = 0; l < scores.length; l++) {
      scores[l] += offsets.at(l);
    }
    CodeRetriever codes = CodeRetriever.of(index.quantizer(), index.codes());
    Subset all = offsets.isNone() ? Subset.all() : Subset.all().plus(offsets);
    double byCodes = Recall.among(codes.search(query, k, all).top().indices(), scores, k);
    double byCoarse = Recall.among(codes.search(coarse, k, all).top().indices(), scores, k);
    int[] proposed = index.scan().search(query, count, all).top().indices();
    double among = Recall.among(proposed, scores, k);
    return new RecallLoss(1 - byCodes, byCodes - byCoarse, 0, 1 - among);
  }

  private static int[] best(ChannelRetriever retriever, Target target, int k) {
    return retriever.search(target, k).top().indices();
  }
}
