package seminar.serve;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import seminar.compute.Choice;
import seminar.compute.Groups;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.math.Checks;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.quantize.ProductQuantizer;
import seminar.rank.Ranker;
import seminar.retrieve.CodeRetriever;
import seminar.search.InterestModel;
import seminar.search.PairVectors;

/**
 * A first stage that asks codes: each head of a trained model keeps the K events whose
 * product-quantised pairs score best, and the second stage weighs them with exact vectors (paper
 * §3.3.3 between §3.3.2's two stages).
 *
 * <p>Shapes: C candidates, H heads, K, d dims. Thread safety: one thread at a time.
 */
public final class CodedSearch {
  private static final int SAMPLE = 20_000;

  private final InterestModel model;
  private final PairVectors vectors;
  private final Histories histories;
  private final ProductQuantizer quantizer;
  private final Workers workers;
  private final Map<Long, float[][]> headQueries = new HashMap<>();

  private CodedSearch(
      InterestModel model, Histories histories, ProductQuantizer quantizer, Workers workers) {
    this.model = model;
    vectors = model.vectors();
    this.histories = histories;
    this.quantizer = quantizer;
    this.workers = workers;
  }

  /**
   * Learns a codebook from pairs of all histories.
   *
   * @param model SEMINAR or TWIN, trained; its parameters must not move any more
   * @param options pieces of a pair and centroids of each
   * @param seed of the sample and the centroids
   * @throws IllegalArgumentException if the model does not choose events by inner products, or has
   *     fewer dims than pieces
   */
  public static CodedSearch fit(
      InterestModel model,
      Corpus corpus,
      ProductQuantizer.Options options,
      long seed,
      Workers workers) {
    Histories histories = corpus.histories();
    SplittableRandom rng = Rng.stream("coded/sample", seed);
    int[] order = Rng.permutation(rng, Math.toIntExact(histories.events()));
    int[] sample = Arrays.copyOf(order, Math.min(order.length, SAMPLE));
    PairVectors vectors = model.vectors();
    float[] keys = IndexedHistories.keys(vectors, histories, sample);
    ProductQuantizer quantizer =
        ProductQuantizer.fit(
            keys, vectors.dims(), options, Rng.stream("coded/codebook", seed), workers);
    return new CodedSearch(model, histories, quantizer, workers);
  }

  /** The model whose first stage this is. */
  public InterestModel model() {
    return model;
  }

  /**
   * The events that each head keeps.
   *
   * @param k at most the model's K
   * @return for each candidate and head [C, H], oldest first
   * @throws IllegalArgumentException if {@code k} is out of range
   */
  public Choice choose(Batch batch, int k) {
    int places = model.options().topK();
    Checks.within(1, places, "K", k);
    int heads = vectors.heads();
    int rows = batch.candidateItems().length * heads;
    Choice choice = new Choice(new int[rows], new int[rows * places]);
    Groups groups = batch.groups();
    for (int g = 0; g < groups.groupCount(); g++) {
      int from = groups.keyFrom()[g];
      int to = groups.keyTo()[g];
      if (from == to) {
        continue;
      }
      float[] keys =
          vectors.keys(
              Arrays.copyOfRange(batch.items(), from, to),
              Arrays.copyOfRange(batch.queries(), from, to));
      CodeRetriever codes = CodeRetriever.of(quantizer, quantizer.encode(keys, workers));
      for (int c = groups.candidates()[g]; c < groups.candidates()[g + 1]; c++) {
        float[][] queries = headQueries(batch.candidateItems()[c], batch.candidateQueries()[c]);
        for (int h = 0; h < heads; h++) {
          int row = c * heads + h;
          int[] best = codes.search(queries[h], k).top().indices();
          Arrays.sort(best);
          for (int i = 0; i < best.length; i++) {
            choice.selected()[row * places + i] = from + best[i];
          }
          choice.kept()[row] = best.length;
        }
      }
    }
    return choice;
  }

  /** What heads look for depends on the candidate alone, and candidates come again. */
  private float[][] headQueries(int item, int query) {
    return headQueries.computeIfAbsent(
        ((long) query << 32) | item, key -> vectors.headQueries(item, query));
  }

  /**
   * Ranks by the click logits of the model, had its heads searched by codes.
   *
   * @param k at most the model's K
   */
  public Ranker ranker(int k) {
    return requests -> {
      float[][] scores = new float[requests.size()][];
      for (int q = 0; q < scores.length; q++) {
        Batch batch = ModelRanker.batch(model, histories, requests, q);
        scores[q] = model.explain(batch, choose(batch, k)).scores();
      }
      return scores;
    };
  }
}
