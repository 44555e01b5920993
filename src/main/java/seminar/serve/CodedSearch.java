package seminar.serve;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
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
import seminar.retrieve.Retriever;
import seminar.retrieve.Subset;
import seminar.search.ChoiceRule;
import seminar.search.InterestModel;
import seminar.search.PairVectors;

/**
 * A first stage outside a trained model: each head keeps the K events that codes, a graph or hashes
 * of a history find for it, and the second stage weighs them with exact vectors (paper §3.3.3
 * between §3.3.2's two stages). The latest events that a model keeps whatever their score it keeps
 * here too.
 *
 * <p>Shapes: C candidates, H heads, K, d dims. Thread safety: one thread at a time; histories are
 * searched on several inside.
 */
public final class CodedSearch {
  private static final int SAMPLE = 20_000;
  private static final ThreadMXBean TIME = ManagementFactory.getThreadMXBean();

  private final InterestModel model;
  private final PairVectors vectors;
  private final Histories histories;
  private final LearnedSearch search;
  private final Workers workers;

  CodedSearch(
      InterestModel model,
      PairVectors vectors,
      Histories histories,
      LearnedSearch search,
      Workers workers) {
    this.model = model;
    this.vectors = vectors;
    this.histories = histories;
    this.search = search;
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
    LearnedSearch search = LearnedSearch.of(quantizer, vectors, workers);
    return new CodedSearch(model, vectors, histories, search, workers);
  }

  /** The model whose first stage this is. */
  public InterestModel model() {
    return model;
  }

  LearnedSearch search() {
    return search;
  }

  /**
   * The events that each head keeps.
   *
   * @param k at most the model's K
   * @return for each candidate and head [C, H], oldest first
   * @throws IllegalArgumentException if {@code k} is out of range
   */
  public Choice choose(Batch batch, int k) {
    return choose(batch, PairKeys.of(vectors, batch, search.apart()), k).choice();
  }

  /**
   * A choice and what it took.
   *
   * @param choice the events that each head keeps
   * @param searches how many
   * @param nanoseconds of computing for all of them, indexes not counted
   */
  record Chosen(Choice choice, long searches, long nanoseconds) {}

  /**
   * The same, had the pairs of each group been looked up before.
   *
   * @param pairs of the events that each group sees
   */
  Chosen choose(Batch batch, PairKeys[] pairs, int k) {
    ChoiceRule own = vectors.rule();
    Checks.within(1, own.topK(), "K", k);
    ChoiceRule rule = search.kind().takesRecency() ? own : own.blind();
    Choice choice = own.none(batch.candidateItems().length);
    float[][][] queries = new float[batch.candidateItems().length][][];
    Arrays.setAll(
        queries, c -> search.queries().of(batch.candidateItems()[c], batch.candidateQueries()[c]));
    LongAdder searches = new LongAdder();
    LongAdder nanoseconds = new LongAdder();
    workers.forEach(
        batch.groups().groupCount(),
        (shard, from, to) -> {
          for (int g = from; g < to; g++) {
            if (batch.groups().events(g) > 0) {
              Retriever retriever = search.maker().over(pairs[g]);
              long start = TIME.getCurrentThreadCpuTime();
              searches.add(choose(batch.groups(), g, retriever, queries, rule.withTopK(k), choice));
              nanoseconds.add(TIME.getCurrentThreadCpuTime() - start);
            }
          }
        });
    return new Chosen(choice, searches.sum(), nanoseconds.sum());
  }

  /** Chooses for all candidates and heads of a group; returns how often it has searched. */
  private static int choose(
      Groups groups,
      int g,
      Retriever retriever,
      float[][][] queries,
      ChoiceRule rule,
      Choice choice) {
    int heads = rule.heads();
    int n = groups.events(g);
    Subset[] among = new Subset[heads];
    Arrays.setAll(among, h -> rule.among(h, 0, n));
    for (int c = groups.candidates()[g]; c < groups.candidates()[g + 1]; c++) {
      for (int h = 0; h < heads; h++) {
        int[] best = retriever.search(queries[c][h], rule.searched(0, n), among[h]).top().indices();
        rule.keep(choice, c * heads + h, best, 0, n, groups.keyFrom()[g]);
      }
    }
    return heads * (groups.candidates()[g + 1] - groups.candidates()[g]);
  }

  /**
   * Ranks by the click logits of the model, had its heads searched so.
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
