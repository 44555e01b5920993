package seminar.recall;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.quantize.Codes;
import seminar.quantize.GridQuantizer;
import seminar.quantize.KMeans;
import seminar.quantize.MultiModalQuantizer;
import seminar.quantize.ProductQuantizer;
import seminar.quantize.Quantizer;
import seminar.quantize.ResidualQuantizer;
import seminar.quantize.RqVae;
import seminar.quantize.ScoreAwareQuantizer;
import seminar.recall.NormRecall.Method;
import seminar.recall.NormRecall.Options;
import seminar.retrieve.CascadeRetriever;
import seminar.retrieve.CascadeRetriever.GraphOptions;
import seminar.retrieve.CascadeRetriever.Metric;
import seminar.retrieve.ChannelRetriever;
import seminar.retrieve.CodeRetriever;
import seminar.retrieve.ExactRetriever;
import seminar.retrieve.FastScanRetriever;
import seminar.retrieve.FusedKeys;
import seminar.retrieve.HashRetriever;
import seminar.retrieve.ProductRetriever;
import seminar.retrieve.ProductRetriever.Mode;
import seminar.retrieve.RefinedRetriever;
import seminar.retrieve.Retrieval;
import seminar.retrieve.Retriever;
import seminar.retrieve.ScanRetriever;
import seminar.retrieve.Target;

/**
 * The retrievers over one sequence. Graphs, hashes and codebooks of channels know nothing of the
 * channels' weights: they are built once, when they are first needed, for all weights. What fuses
 * the channels is built anew for other weights.
 */
final class NormSearches {
  /** Stages of a residual quantizer: its tables are as wide as vectors. */
  private static final int MOST_STAGES = 32;

  /** How often a rotation is improved. */
  private static final int TURNS = 20;

  /** Stages of an RQ-VAE. */
  private static final int LEARNED_STAGES = 8;

  /** A retriever with the query in the form that it takes. */
  record Search(Retriever retriever, float[] query) {
    Retrieval find(int topK) {
      return retriever.search(query, topK);
    }
  }

  /**
   * Fused keys.
   *
   * @param learning [n, d], what codebooks are learned from
   * @param keys [L, d]
   */
  private record Fused(float[] learning, float[] keys) {}

  private final NormSequence drawn;
  private final Options options;
  private final int dims;
  private final Workers workers;
  private final Map<Method, ChannelRetriever> overChannels = new EnumMap<>(Method.class);
  private MultiModalQuantizer quantizer; // of channels, null until it is needed
  private Codes codes;

  /**
   * Nothing is built yet.
   *
   * @param options what is compared; their weights do not count
   */
  NormSearches(NormSequence drawn, Options options, Workers workers) {
    this.drawn = drawn;
    this.options = options;
    this.workers = workers;
    dims = options.dims();
  }

  /**
   * The target's exact score of every event [L].
   *
   * @param gamma weights of the channels [M]
   */
  float[] exact(float[] gamma) {
    Target target = new Target(drawn.target().vectors(), gamma);
    return ExactRetriever.fused(drawn.events(), dims, gamma).scores(target.fused());
  }

  /**
   * One search for each method.
   *
   * @param gamma weights of the channels [M]
   */
  Map<Method, Search> of(float[] gamma) {
    Target target = new Target(drawn.target().vectors(), gamma);
    float[] one = target.fused();
    Fused fused =
        new Fused(
            FusedKeys.keys(drawn.learning(), gamma, dims),
            FusedKeys.keys(drawn.events(), gamma, dims));
    Map<Method, Search> searches = new EnumMap<>(Method.class);
    for (Method method : options.methods()) {
      Search search =
          switch (method) {
            case FUSED_ASYMMETRIC -> new Search(pieces(fused), one);
            case FUSED_REFINED -> new Search(refined(fused), one);
            case RESIDUAL -> new Search(residual(fused), one);
            case RQ_VAE -> new Search(autoencoder(fused), one);
            case SIMHASH -> new Search(simHash(fused), one);
            case SCORE_AWARE -> new Search(scoreAware(fused), one);
            case RABITQ -> new Search(grid(fused), one);
            default -> {
              ChannelRetriever channels = overChannels.computeIfAbsent(method, this::overChannels);
              yield new Search(channels.weighted(gamma), target.vectors());
            }
          };
      searches.put(method, search);
    }
    return searches;
  }

  private ChannelRetriever overChannels(Method method) {
    float[] events = drawn.events();
    int channels = drawn.target().channels();
    GraphOptions graph = GraphOptions.script();
    return switch (method) {
      case PQ_SYMMETRIC -> product(Mode.SYMMETRIC);
      case PQ_ASYMMETRIC -> product(Mode.ASYMMETRIC);
      case TWO_STAGE -> CascadeRetriever.of(events, channels, dims, Metric.INNER_PRODUCT);
      case TWO_STAGE_L2 -> CascadeRetriever.of(events, channels, dims, Metric.L2);
      case HNSW ->
          CascadeRetriever.hnsw(events, channels, dims, Metric.INNER_PRODUCT, graph, workers);
      case HNSW_L2 -> CascadeRetriever.hnsw(events, channels, dims, Metric.L2, graph, workers);
      case LSH -> CascadeRetriever.lsh(events, channels, dims, 4 * dims, rng("lsh"));
      default -> throw new IllegalArgumentException(method + " fuses the channels");
    };
  }

  private ChannelRetriever product(Mode mode) {
    if (quantizer == null) {
      quantizer =
          MultiModalQuantizer.fit(
              drawn.learning(),
              drawn.target().channels(),
              dims,
              ProductQuantizer.Options.of(options.subspaces(), options.centroids()),
              rng("codebook"),
              workers);
      codes = quantizer.encode(drawn.events(), workers);
    }
    return ProductRetriever.of(quantizer, codes, mode);
  }

  private Retriever pieces(Fused fused) {
    ProductQuantizer.Options settings =
        ProductQuantizer.Options.of(fusedSubspaces(), options.centroids());
    ProductQuantizer pieces = fit(fused, settings);
    return CodeRetriever.of(pieces, pieces.encode(fused.keys, workers));
  }

  /** Half a byte for each dimension: 32 bytes for the printed setting. */
  private Retriever refined(Fused fused) {
    ProductQuantizer small = fit(fused, ProductQuantizer.Options.of(dims, 16));
    ScanRetriever first = FastScanRetriever.of(small, small.encode(fused.keys, workers));
    return RefinedRetriever.of(first, fused.keys, RefinedRetriever.Options.standard());
  }

  private ProductQuantizer fit(Fused fused, ProductQuantizer.Options settings) {
    return ProductQuantizer.fit(fused.learning, dims, settings, rng("fused"), workers);
  }

  /** Learned from the best sums alone, which takes an eighth of the time; encoded by a beam. */
  private Retriever residual(Fused fused) {
    int stages = Math.min(MOST_STAGES, fusedSubspaces());
    KMeans.Options means = KMeans.Options.of(options.centroids());
    ResidualQuantizer.Options settings = new ResidualQuantizer.Options(stages, means, true, 1);
    ResidualQuantizer sums =
        ResidualQuantizer.fit(fused.learning, dims, settings, rng("residual"), workers)
            .withBeam(ResidualQuantizer.BEAM);
    return CodeRetriever.of(sums, sums.encode(fused.keys, workers));
  }

  /** Events are decoded once: the decoder is not linear, so scores are no sums. */
  private Retriever autoencoder(Fused fused) {
    RqVae.Options settings = RqVae.Options.of(LEARNED_STAGES, options.centroids(), dims);
    RqVae learned = RqVae.fit(fused.learning, dims, settings, rng("rq-vae"), workers);
    float[] decoded = learned.decode(learned.encode(fused.keys, workers));
    return ExactRetriever.fused(decoded, dims, new float[] {1});
  }

  private Retriever simHash(Fused fused) {
    return HashRetriever.of(fused.keys, dims, 4 * dims, rng("simhash"));
  }

  private Retriever scoreAware(Fused fused) {
    int pieces = dims % 2 == 0 ? dims / 2 : dims;
    ScoreAwareQuantizer.Options settings =
        ScoreAwareQuantizer.Options.of(ProductQuantizer.Options.of(pieces, 16));
    Quantizer quantizer =
        ScoreAwareQuantizer.fitTurned(
            fused.learning, dims, settings, TURNS, rng("score-aware"), workers);
    return FastScanRetriever.of(quantizer, quantizer.encode(fused.keys, workers));
  }

  private Retriever grid(Fused fused) {
    Quantizer quantizer = GridQuantizer.rabitq(fused.learning, dims, 4, rng("grid"));
    return FastScanRetriever.of(quantizer, quantizer.encode(fused.keys, workers));
  }

  /** The largest number of sub-vectors that divides d and is not above M·S. */
  private int fusedSubspaces() {
    int subspaces = Math.min(dims, drawn.target().channels() * options.subspaces());
    while (dims % subspaces != 0) {
      subspaces--;
    }
    return subspaces;
  }

  private SplittableRandom rng(String use) {
    return Rng.stream(drawn.name() + "/" + use, options.seed());
  }
}
