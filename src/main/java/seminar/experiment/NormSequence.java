package seminar.experiment;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import seminar.experiment.NormRecall.CodebookFit;
import seminar.experiment.NormRecall.Method;
import seminar.experiment.NormRecall.NormLaw;
import seminar.experiment.NormRecall.Options;
import seminar.math.Rng;
import seminar.math.Vectors;
import seminar.math.Workers;
import seminar.quantize.Codes;
import seminar.quantize.KMeans;
import seminar.quantize.MultiModalQuantizer;
import seminar.quantize.ProductQuantizer;
import seminar.quantize.ResidualQuantizer;
import seminar.quantize.RqVae;
import seminar.retrieve.CascadeRetriever;
import seminar.retrieve.CascadeRetriever.GraphOptions;
import seminar.retrieve.CascadeRetriever.Metric;
import seminar.retrieve.CodeRetriever;
import seminar.retrieve.ExactRetriever;
import seminar.retrieve.FastScanRetriever;
import seminar.retrieve.Fusion;
import seminar.retrieve.HashRetriever;
import seminar.retrieve.ProductRetriever;
import seminar.retrieve.ProductRetriever.Mode;
import seminar.retrieve.RefinedRetriever;
import seminar.retrieve.Retrieval;
import seminar.retrieve.Retriever;
import seminar.retrieve.ScanRetriever;
import seminar.retrieve.Target;

/**
 * One synthetic history with its target, and the retrievers over it.
 *
 * @param events [L, M, d]
 * @param learning [n, M, d], what codebooks are learned from
 * @param target vectors [M, d] and weights
 * @param name of its random streams
 */
record NormSequence(float[] events, float[] learning, Target target, String name) {
  /** Stages of a residual quantizer: its tables are as wide as vectors. */
  private static final int MOST_STAGES = 32;

  /** Stages of an RQ-VAE. */
  private static final int LEARNED_STAGES = 8;

  /** A retriever with the target in the form that it takes. */
  record Search(Retriever retriever, Target target) {
    Retrieval find(int topK) {
      return retriever.search(target, topK);
    }
  }

  /** Draws sequence number {@code number}. */
  static NormSequence of(Options options, int number) {
    String name = "fig2/sequence/" + number;
    float[] events = draw(options, name + "/events", options.sequenceLength());
    float[] target = target(options, number).vectors();
    float[] learning =
        options.fit() == CodebookFit.OTHER_HISTORY
            ? draw(options, name + "/other", options.sequenceLength())
            : events;
    if (options.fit() == CodebookFit.HISTORY_AND_TARGET) {
      learning = Arrays.copyOf(events, events.length + target.length);
      System.arraycopy(target, 0, learning, events.length, target.length);
    }
    return new NormSequence(events, learning, new Target(target, options.gamma()), name);
  }

  /** The target of sequence number {@code number} alone. */
  static Target target(Options options, int number) {
    String name = "fig2/sequence/" + number;
    return new Target(draw(options, name + "/target", 1), options.gamma());
  }

  private static float[] draw(Options options, String stream, int count) {
    int channels = options.weights().size();
    int dims = options.dims();
    float[] vectors = new float[count * channels * dims]; // [count, M, d]
    Rng.gaussian(Rng.stream(stream, options.seed()), vectors, 1);
    for (int row = 0; row < count * channels; row++) {
      if (options.norms() == NormLaw.SAME) {
        Vectors.normalize(vectors, row * dims, dims);
      } else {
        float mean = (float) Math.scalb(0.25, row % channels);
        for (int n = row * dims; n < (row + 1) * dims; n++) {
          vectors[n] += mean;
        }
      }
    }
    return vectors;
  }

  /** One search for each method; codebooks are learned and graphs are built here. */
  Map<Method, Search> searches(Options options, Workers workers) {
    Map<Method, Search> searches = new EnumMap<>(Method.class);
    float[] gamma = target.weights();
    Fused fused = new Fused(Fusion.keys(learning, gamma, options.dims()), keys(options));
    Target one = new Target(target.fused(), new float[] {1});
    Lazy quantizer = new Lazy();
    for (Method method : options.methods()) {
      Search search =
          switch (method) {
            case PQ_SYMMETRIC -> product(quantizer.of(options, workers), Mode.SYMMETRIC, workers);
            case PQ_ASYMMETRIC -> product(quantizer.of(options, workers), Mode.ASYMMETRIC, workers);
            case FUSED_ASYMMETRIC -> new Search(codes(fused, options, workers), one);
            case FUSED_REFINED -> new Search(refined(fused, options, workers), one);
            case RESIDUAL -> new Search(residual(fused, options, workers), one);
            case RQ_VAE -> new Search(autoencoder(fused, options, workers), one);
            case SIMHASH -> new Search(simHash(fused, options), one);
            case TWO_STAGE, TWO_STAGE_L2, HNSW, HNSW_L2, LSH ->
                new Search(cascade(method, options, workers), target);
          };
      searches.put(method, search);
    }
    return searches;
  }

  /**
   * Fused keys.
   *
   * @param learning [n, d], what codebooks are learned from
   * @param keys [L, d]
   */
  private record Fused(float[] learning, float[] keys) {}

  /** The quantizer of channels, learned when it is first needed. */
  private final class Lazy {
    private MultiModalQuantizer found;

    MultiModalQuantizer of(Options options, Workers workers) {
      if (found == null) {
        found =
            MultiModalQuantizer.fit(
                learning,
                target.channels(),
                options.dims(),
                ProductQuantizer.Options.of(options.subspaces(), options.centroids()),
                Rng.stream(name + "/codebook", options.seed()),
                workers);
      }
      return found;
    }
  }

  private float[] keys(Options options) {
    return Fusion.keys(events, target.weights(), options.dims());
  }

  private Search product(MultiModalQuantizer quantizer, Mode mode, Workers workers) {
    Codes codes = quantizer.encode(events, workers);
    return new Search(ProductRetriever.of(quantizer, codes, mode), target);
  }

  private ScanRetriever codes(Fused fused, Options options, Workers workers) {
    ProductQuantizer.Options settings =
        ProductQuantizer.Options.of(fusedSubspaces(options), options.centroids());
    ProductQuantizer quantizer = fit(fused, settings, options, workers);
    return CodeRetriever.of(quantizer, quantizer.encode(fused.keys, workers));
  }

  /** Half a byte for each dimension: 32 bytes for the printed setting. */
  private Retriever refined(Fused fused, Options options, Workers workers) {
    ProductQuantizer quantizer =
        fit(fused, ProductQuantizer.Options.of(options.dims(), 16), options, workers);
    ScanRetriever first = FastScanRetriever.of(quantizer, quantizer.encode(fused.keys, workers));
    return RefinedRetriever.of(first, fused.keys, RefinedRetriever.Options.standard());
  }

  private ProductQuantizer fit(
      Fused fused, ProductQuantizer.Options settings, Options options, Workers workers) {
    SplittableRandom rng = Rng.stream(name + "/fused", options.seed());
    return ProductQuantizer.fit(fused.learning, options.dims(), settings, rng, workers);
  }

  private ScanRetriever residual(Fused fused, Options options, Workers workers) {
    SplittableRandom rng = Rng.stream(name + "/residual", options.seed());
    int stages = Math.min(MOST_STAGES, fusedSubspaces(options));
    KMeans.Options means = KMeans.Options.of(options.centroids());
    ResidualQuantizer quantizer =
        ResidualQuantizer.fit(fused.learning, options.dims(), stages, means, rng, workers);
    return CodeRetriever.of(quantizer, quantizer.encode(fused.keys, workers));
  }

  /** Events are decoded once: the decoder is not linear, so scores are no sums. */
  private Retriever autoencoder(Fused fused, Options options, Workers workers) {
    SplittableRandom rng = Rng.stream(name + "/rq-vae", options.seed());
    RqVae.Options settings = RqVae.Options.of(LEARNED_STAGES, options.centroids(), options.dims());
    RqVae learned = RqVae.fit(fused.learning, options.dims(), settings, rng, workers);
    float[] decoded = learned.decode(learned.encode(fused.keys, workers));
    return ExactRetriever.fused(decoded, options.dims(), new float[] {1});
  }

  private Retriever simHash(Fused fused, Options options) {
    SplittableRandom rng = Rng.stream(name + "/simhash", options.seed());
    return HashRetriever.of(fused.keys, options.dims(), 4 * options.dims(), rng);
  }

  private Retriever cascade(Method method, Options options, Workers workers) {
    int channels = target.channels();
    int dims = options.dims();
    GraphOptions graph = GraphOptions.script();
    return switch (method) {
      case TWO_STAGE -> CascadeRetriever.of(events, channels, dims, Metric.INNER_PRODUCT);
      case TWO_STAGE_L2 -> CascadeRetriever.of(events, channels, dims, Metric.L2);
      case HNSW ->
          CascadeRetriever.hnsw(events, channels, dims, Metric.INNER_PRODUCT, graph, workers);
      case HNSW_L2 -> CascadeRetriever.hnsw(events, channels, dims, Metric.L2, graph, workers);
      case LSH ->
          CascadeRetriever.lsh(
              events, channels, dims, 4 * dims, Rng.stream(name + "/lsh", options.seed()));
      default -> throw new IllegalArgumentException(method + " is no cascade");
    };
  }

  /** The largest number of sub-vectors that divides d and is not above M·S. */
  private static int fusedSubspaces(Options options) {
    int subspaces = Math.min(options.dims(), options.weights().size() * options.subspaces());
    while (options.dims() % subspaces != 0) {
      subspaces--;
    }
    return subspaces;
  }
}
