package seminar.recall;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import seminar.experiment.ResultTable;
import seminar.file.Progress;
import seminar.math.Checks;
import seminar.math.Workers;
import seminar.measure.MeanInterval;
import seminar.options.Withers;
import seminar.quantize.Cost;
import tech.tablesaw.api.Table;

/**
 * Figure 2 of the paper, one panel: how much of the exact top K each kind of retrieval finds in
 * synthetic sequences, as norms and weights of the channels vary.
 *
 * <p>For every sequence a fresh history [L, M, d] and one target [M, d] are drawn, codebooks are
 * fitted, and each method's top K is compared with the exact one.
 *
 * <p>The paper prints d = 64, 8 sub-vectors and 512 centroids; the released evaluation uses d = 16,
 * 16 sub-vectors of one dimension and 256 centroids. The published curves agree with the second.
 */
public final class NormRecall {
  private NormRecall() {}

  /** The law of the channels' norms. */
  public enum NormLaw {
    /** Every vector is normal and then scaled to length 1. */
    SAME,
    /** Normal with variance 1 about 0.25·2^m in every dimension of channel m, not scaled. */
    DIFFERENT
  }

  /** What a codebook is learned from. */
  public enum CodebookFit {
    /** The searched history and its target, as in the released evaluation. */
    HISTORY_AND_TARGET,
    /** The searched history. */
    HISTORY,
    /** Another history of the same law, as a deployed codebook would be. */
    OTHER_HISTORY
  }

  /** How events are found. */
  public enum Method {
    /** Multi-modal product quantization, both sides quantized: the paper's method. */
    PQ_SYMMETRIC("multi-modal PQ, symmetric (paper)"),
    /** The same codes, the target as it is. */
    PQ_ASYMMETRIC("multi-modal PQ, asymmetric"),
    /**
     * Channels fused before they are quantized, the target as it is; as many codes an event as all
     * channels had together, as far as dimensions allow.
     */
    FUSED_ASYMMETRIC("PQ of fused keys, asymmetric"),
    /** Exact lists by inner product for all pairs of channels: the bound of HNSW and LSH. */
    TWO_STAGE("two stages, inner product (bound)"),
    /** The same with lists by Euclidean distance, as in the released evaluation. */
    TWO_STAGE_L2("two stages, L2 (bound)"),
    /** Fused keys in four-bit codes, and exact scores of the best candidates. */
    FUSED_REFINED("4-bit PQ of fused keys, refined"),
    /** Graphs for all channels, walked by inner product. */
    HNSW("HNSW cascade, inner product"),
    /** Graphs walked by Euclidean distance, as in the released evaluation. */
    HNSW_L2("HNSW cascade, L2"),
    /** Rotated signs, 4·d bits for each channel. */
    LSH("LSH cascade, 4·d bits"),
    /** Signs along random directions of fused keys, 4·d bits (ETA). */
    SIMHASH("SimHash of fused keys, 4·d bits"),
    /** Fused keys as sums of centroids, as many bytes as {@link #FUSED_ASYMMETRIC} up to 32. */
    RESIDUAL("residual PQ of fused keys"),
    /** Fused keys through a learned encoder and decoder, 8 residual codes. */
    RQ_VAE("RQ-VAE of fused keys"),
    /** Fused keys turned, in four-bit codes for pairs of numbers, learned for inner products. */
    SCORE_AWARE("score-aware OPQ of fused keys, 4-bit"),
    /** Fused keys turned at random, on a grid of four bits a number, lengths beside. */
    RABITQ("RaBitQ of fused keys, 4 bits");

    /** What the figure shows if nothing else is asked: all that takes no graph or hash. */
    public static final List<Method> USUAL =
        List.of(
            PQ_SYMMETRIC, PQ_ASYMMETRIC, FUSED_ASYMMETRIC, TWO_STAGE, TWO_STAGE_L2, FUSED_REFINED);

    private final String label;

    Method(String label) {
      this.label = label;
    }

    /** What the method is called in figures and tables. */
    public String label() {
      return label;
    }
  }

  /**
   * What is computed.
   *
   * @param setting a name for the quantizer's setting, shown in the figure
   * @param dims d
   * @param subspaces S, the paper's N_bit
   * @param centroids C
   * @param sequenceLength L
   * @param topK the values of K, rising
   * @param norms the law of the norms
   * @param weights γ of the channels; their number is M
   * @param sequences how many sequences are averaged, at least 2
   * @param fit what codebooks are learned from
   * @param methods what is compared
   * @param seed of all randomness
   */
  @Withers
  public record Options(
      String setting,
      int dims,
      int subspaces,
      int centroids,
      int sequenceLength,
      List<Integer> topK,
      NormLaw norms,
      List<Double> weights,
      int sequences,
      CodebookFit fit,
      List<Method> methods,
      long seed)
      implements NormRecallOptionsBuilder.With {
    /** Equal weights of four channels. */
    public static final List<Double> EQUAL = List.of(0.25, 0.25, 0.25, 0.25);

    /** The unequal weights of the paper's third row. */
    public static final List<Double> RISING = List.of(0.1, 0.2, 0.3, 0.4);

    /** Checks every range. */
    public Options {
      topK = List.copyOf(topK);
      weights = List.copyOf(weights);
      methods = methods.stream().distinct().sorted().toList();
      Checks.atLeast(1, "number of methods", methods.size());
      Checks.atLeast(1, "sequenceLength L", sequenceLength);
      Checks.atLeast(2, "sequences", sequences);
      Checks.atLeast(1, "number of K", topK.size());
      Checks.atLeast(1, "channels M", weights.size());
      for (int i = 0; i < topK.size(); i++) {
        Checks.atLeast(i == 0 ? 1 : topK.get(i - 1) + 1, "topK K", topK.get(i));
      }
      if (topK.getLast() > sequenceLength) {
        throw new IllegalArgumentException(
            "topK K=%d exceeds sequenceLength L=%d: recall of a whole sequence says nothing"
                .formatted(topK.getLast(), sequenceLength));
      }
      weights.forEach(weight -> Checks.within(-1, 1, "weight", weight));
    }

    /** The setting of the released evaluation: d = 16, 16 × 256; L = 2000, 4 sequences. */
    public static Options script() {
      return base("script", 16, 16, 256);
    }

    /** The setting that the paper prints: d = 64, 8 × 512; L = 2000, 4 sequences. */
    public static Options printed() {
      return base("printed", 64, 8, 512);
    }

    private static Options base(String setting, int dims, int subspaces, int centroids) {
      return new Options(
          setting,
          dims,
          subspaces,
          centroids,
          2000,
          List.of(32, 64, 128, 256),
          NormLaw.SAME,
          EQUAL,
          4,
          CodebookFit.HISTORY_AND_TARGET,
          Method.USUAL,
          1);
    }

    /** Another panel of the same setting. */
    public Options panel(int sequenceLength, NormLaw norms, List<Double> weights) {
      return withSequenceLength(sequenceLength).withNorms(norms).withWeights(weights);
    }

    /** γ as floats [M]. */
    float[] gamma() {
      float[] gamma = new float[weights.size()];
      for (int m = 0; m < gamma.length; m++) {
        gamma[m] = weights.get(m).floatValue();
      }
      return gamma;
    }
  }

  /**
   * Recall at one K.
   *
   * @param topK K
   * @param recall the mean over sequences, with its 95 % confidence interval
   */
  public record Point(int topK, MeanInterval recall) {}

  /**
   * One method's curve.
   *
   * @param method how events are found
   * @param points one for each K, rising
   * @param cost of one search at the largest K
   */
  public record Curve(Method method, List<Point> points, Cost cost) {}

  /**
   * One panel.
   *
   * @param options what was asked
   * @param curves one for each method that was asked for, in the order of {@link Method}
   */
  public record Result(Options options, List<Curve> curves) {
    /**
     * The point of a method at K.
     *
     * @throws IllegalArgumentException if it was not computed
     */
    public Point at(Method method, int topK) {
      return curves.stream()
          .filter(curve -> curve.method == method)
          .flatMap(curve -> curve.points.stream())
          .filter(point -> point.topK == topK)
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "no recall of %s at K=%d, only at K in %s"
                          .formatted(method, topK, options.topK)));
    }

    /** Mean recall as a table: a row for each method, a column for each K (paper Figure 2). */
    public Table table() {
      Map<String, Map<String, Double>> rows = new LinkedHashMap<>();
      for (Curve curve : curves) {
        Map<String, Double> row = new LinkedHashMap<>();
        for (int k : options.topK) {
          row.put("K = " + k, at(curve.method, k).recall().mean());
        }
        rows.put(curve.method.label(), row);
      }
      return ResultTable.numbers("Recall@K, " + options.setting() + " setting", "method", rows);
    }
  }

  /**
   * Computes a panel.
   *
   * @param progress told after every sequence
   * @throws IllegalArgumentException if d is not a multiple of S
   */
  public static Result run(Options options, Workers workers, Progress progress) {
    return run(List.of(options), workers, progress).getFirst();
  }

  /**
   * Computes panels that differ in weights alone, over the same sequences: what knows nothing of
   * weights, graphs above all, is built once for all of them.
   *
   * @param progress told after every sequence
   * @return one result for each, the same as if it were computed alone
   * @throws IllegalArgumentException if there is no panel, they differ in more than weights, or d
   *     is not a multiple of S
   */
  public static List<Result> run(List<Options> panels, Workers workers, Progress progress) {
    Checks.atLeast(1, "number of panels", panels.size());
    Options first = panels.getFirst();
    for (Options panel : panels) {
      Checks.sameLength("weights", panel.weights.size(), "those before", first.weights.size());
      if (!panel.withWeights(first.weights).equals(first)) {
        throw new IllegalArgumentException(
            "%s and %s differ in more than weights: compute them one by one"
                .formatted(first, panel));
      }
    }
    return run(panels, number -> NormSequence.of(first, number), workers, progress);
  }

  /** One panel over other sequences than drawn ones. */
  static Result run(
      Options options, IntFunction<NormSequence> given, Workers workers, Progress progress) {
    return run(List.of(options), given, workers, progress).getFirst();
  }

  private static List<Result> run(
      List<Options> panels, IntFunction<NormSequence> given, Workers workers, Progress progress) {
    List<NormTally> tallies = panels.stream().map(NormTally::new).toList();
    int sequences = panels.getFirst().sequences;
    for (int sequence = 0; sequence < sequences; sequence++) {
      NormSearches searches = new NormSearches(given.apply(sequence), panels.getFirst(), workers);
      for (NormTally tally : tallies) {
        tally.add(sequence, searches);
      }
      progress.at("recall of retrieval", sequence + 1, sequences);
    }
    return tallies.stream().map(NormTally::result).toList();
  }
}
