package seminar.recall;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.experiment.ResultTable;
import seminar.file.Progress;
import seminar.math.Checks;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.recall.NormRecall.CodebookFit;
import seminar.recall.NormRecall.Method;
import seminar.recall.NormRecall.NormLaw;
import seminar.recall.NormRecall.Options;
import seminar.recall.NormRecall.Result;
import seminar.retrieve.Target;
import seminar.search.PairVectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Paper Table 4: recall of retrieval on embeddings that were learned, not drawn. The channels are
 * those of a trained model, each with the weight that fusion gives it; a sequence is a run of
 * events of the corpus, over as many histories as its length needs, and its target is one more
 * event.
 *
 * <p>Shapes: L events, M = 4 channels (text, picture, attributes, query), d dims.
 */
public final class Table4 {
  private static final int CHANNELS = 4;
  private static final int LENGTH = 2000;
  private static final List<Integer> TOP_K = List.of(32, 64, 128, 256);

  /** What the paper has for its Alipay embeddings, L = 2000. */
  private static final Map<Method, List<Double>> PAPER =
      Map.of(
          Method.HNSW_L2, List.of(0.7881, 0.8603, 0.9288, 0.9409),
          Method.LSH, List.of(0.7528, 0.8175, 0.8721, 0.9257),
          Method.RQ_VAE, List.of(0.8225, 0.8422, 0.8633, 0.8995),
          Method.PQ_SYMMETRIC, List.of(0.9638, 0.9769, 0.9797, 0.9874));

  private Table4() {}

  /**
   * L for this corpus: the paper's 2,000, or all events but the target where there are fewer.
   *
   * @return nothing if that is no more than the largest K, at which recall would be 1 for all
   */
  public static OptionalInt length(Corpus corpus) {
    int length = (int) Math.min(LENGTH, corpus.histories().events() - 1);
    return length > TOP_K.getLast() ? OptionalInt.of(length) : OptionalInt.empty();
  }

  /**
   * The printed setting of the quantiser over learned embeddings.
   *
   * @param length L, at most the events of the corpus less one
   * @param sequences how many sequences are averaged, at least 2
   * @param seed of sequences and codebooks
   */
  public static Options options(PairVectors vectors, int length, int sequences, long seed) {
    return new Options(
        "learned",
        vectors.dims(),
        8,
        512,
        length,
        TOP_K,
        NormLaw.DIFFERENT,
        List.of(1.0, 1.0, 1.0, 1.0),
        sequences,
        CodebookFit.HISTORY,
        List.of(
            Method.PQ_SYMMETRIC,
            Method.PQ_ASYMMETRIC,
            Method.FUSED_ASYMMETRIC,
            Method.FUSED_REFINED,
            Method.SCORE_AWARE,
            Method.RABITQ,
            Method.HNSW_L2,
            Method.LSH,
            Method.RQ_VAE),
        seed);
  }

  /**
   * Computes the table.
   *
   * @throws IllegalArgumentException if the corpus has too few events, or d is not a multiple of 8
   */
  public static Result run(
      PairVectors vectors, Corpus corpus, Options options, Workers workers, Progress progress) {
    return NormRecall.run(
        options, number -> sequence(vectors, corpus, options, number), workers, progress);
  }

  private static NormSequence sequence(
      PairVectors vectors, Corpus corpus, Options options, int number) {
    Histories histories = corpus.histories();
    int length = options.sequenceLength();
    int events = Math.toIntExact(histories.events());
    if (events <= length) {
      throw new IllegalArgumentException(
          "L is %d: corpus %s has %d events, so give at most %d"
              .formatted(length, corpus.manifest().name(), events, events - 1));
    }
    String name = "table4/sequence/" + number;
    SplittableRandom rng = Rng.stream(name, options.seed());
    int from = rng.nextInt(events - length);
    int[] items = new int[length + 1];
    int[] queries = new int[length + 1];
    for (int i = 0; i < length; i++) {
      items[i] = histories.item(from + i);
      queries[i] = histories.query(from + i);
    }
    int target = rng.nextInt(events);
    items[length] = histories.item(target);
    queries[length] = histories.query(target);
    float[] all = eventMajor(vectors.parts(items, queries), vectors.dims());
    int row = CHANNELS * vectors.dims();
    float[] history = Arrays.copyOf(all, length * row);
    float[] asked = Arrays.copyOfRange(all, length * row, all.length);
    return new NormSequence(history, history, new Target(asked, options.gamma()), name);
  }

  /** From [M][n, d] to [n, M, d]. */
  private static float[] eventMajor(float[][] parts, int dims) {
    Checks.sameLength("channels", parts.length, "M", CHANNELS);
    int n = parts[0].length / dims;
    float[] rows = new float[n * CHANNELS * dims];
    for (int i = 0; i < n; i++) {
      for (int m = 0; m < CHANNELS; m++) {
        System.arraycopy(parts[m], i * dims, rows, (i * CHANNELS + m) * dims, dims);
      }
    }
    return rows;
  }

  /** Recall of each method beside the paper's. */
  public static Table table(String corpus, Result result) {
    Table table =
        Table.create(
            "Recall@K on learned embeddings of %s, L = %,d"
                .formatted(corpus, result.options().sequenceLength()),
            StringColumn.create(
                "method", result.curves().stream().map(c -> c.method().label()).toList()));
    List<Integer> ks = result.options().topK();
    for (int k = 0; k < ks.size(); k++) {
      DoubleColumn ours = DoubleColumn.create("R@" + ks.get(k));
      DoubleColumn paper = DoubleColumn.create("paper R@" + ks.get(k));
      for (NormRecall.Curve curve : result.curves()) {
        ours.append(curve.points().get(k).recall().mean());
        List<Double> published = PAPER.get(curve.method());
        paper.append(published == null ? null : published.get(k));
      }
      table.addColumns(ResultTable.formatted(ours), ResultTable.formatted(paper));
    }
    return table;
  }
}
