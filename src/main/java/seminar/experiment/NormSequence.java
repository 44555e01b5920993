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
import seminar.quantize.MultiModalQuantizer;
import seminar.quantize.ProductQuantizer;
import seminar.retrieve.CascadeRetriever;
import seminar.retrieve.CascadeRetriever.Metric;
import seminar.retrieve.ProductRetriever;
import seminar.retrieve.ProductRetriever.Mode;
import seminar.retrieve.Retrieval;
import seminar.retrieve.Retriever;
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
    float[] target = draw(options, name + "/target", 1);
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

  /** One search for each method; codebooks are learned here. */
  Map<Method, Search> searches(Options options, Workers workers) {
    int channels = options.weights().size();
    int dims = options.dims();
    Map<Method, Search> searches = new EnumMap<>(Method.class);
    MultiModalQuantizer quantizer =
        fit(learning, channels, options.subspaces(), options, workers, "/codebook");
    Codes codes = quantizer.encode(events, workers);
    searches.put(Method.PQ_SYMMETRIC, product(quantizer, codes, Mode.SYMMETRIC, target));
    searches.put(Method.PQ_ASYMMETRIC, product(quantizer, codes, Mode.ASYMMETRIC, target));
    MultiModalQuantizer one =
        fit(fuse(learning, dims), 1, fusedSubspaces(options), options, workers, "/fused");
    searches.put(
        Method.FUSED_ASYMMETRIC,
        product(
            one,
            one.encode(fuse(events, dims), workers),
            Mode.ASYMMETRIC,
            new Target(target.fused(), new float[] {1})));
    searches.put(Method.TWO_STAGE, cascade(channels, dims, Metric.INNER_PRODUCT));
    searches.put(Method.TWO_STAGE_L2, cascade(channels, dims, Metric.L2));
    return searches;
  }

  private MultiModalQuantizer fit(
      float[] vectors, int channels, int subspaces, Options options, Workers workers, String part) {
    SplittableRandom rng = Rng.stream(name + part, options.seed());
    ProductQuantizer.Options settings = ProductQuantizer.Options.of(subspaces, options.centroids());
    return MultiModalQuantizer.fit(vectors, channels, options.dims(), settings, rng, workers);
  }

  private static Search product(
      MultiModalQuantizer quantizer, Codes codes, Mode mode, Target target) {
    return new Search(ProductRetriever.of(quantizer, codes, mode), target);
  }

  private Search cascade(int channels, int dims, Metric metric) {
    return new Search(CascadeRetriever.of(events, channels, dims, metric), target);
  }

  /** The largest number of sub-vectors that divides d and is not above M·S. */
  private static int fusedSubspaces(Options options) {
    int subspaces = Math.min(options.dims(), options.weights().size() * options.subspaces());
    while (options.dims() % subspaces != 0) {
      subspaces--;
    }
    return subspaces;
  }

  /** Keys Σ_m γ_m x⁽ᵐ⁾ [n, d] of vectors [n, M, d]. */
  private float[] fuse(float[] vectors, int dims) {
    int width = target.channels() * dims;
    float[] keys = new float[vectors.length / target.channels()];
    for (int i = 0; i < vectors.length / width; i++) {
      for (int m = 0; m < target.channels(); m++) {
        Vectors.addScaled(target.weights()[m], vectors, i * width + m * dims, keys, i * dims, dims);
      }
    }
    return keys;
  }
}
