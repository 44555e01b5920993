package seminar.quantize;

import java.util.Arrays;
import java.util.SplittableRandom;
import seminar.math.Checks;
import seminar.math.Workers;

/**
 * A product quantizer learned and applied for inner products instead of distances: of what the
 * codes leave over, the part along the vector costs η times as much as the part across it, since it
 * is that part which changes the largest scores (anisotropic loss).
 *
 * <pre>
 *   ℓ(x, x̂) = ‖r‖² + (η − 1) ⟨r, x/‖x‖⟩²,   r = x − x̂
 *   η = (d − 1) T² / (1 − T²)              for scores above T·‖q‖·‖x‖
 * </pre>
 *
 * <p>Both the codes of a vector and the centroids of a subspace are found for given others, in
 * turns: the loss ties all subspaces together by the one number ⟨r, x⟩. With η = 1 it is a product
 * quantizer. Codes and scans are those of a {@link ProductQuantizer} of the same codebook.
 * Immutable and thread-safe.
 *
 * @see <a href="https://proceedings.mlr.press/v119/guo20h.html">Guo et al. Accelerating large-scale
 *     inference with anisotropic vector quantization. ICML 2020</a>
 */
public final class ScoreAwareQuantizer extends QuantizerLayer {
  /** A code is looked for again for the others' sake at most so often. */
  private static final int MOST_PASSES = 8;

  private final ProductQuantizer quantizer;
  private final float eta;
  private final double[][] squares; // ‖centroid‖² [S, C]

  private ScoreAwareQuantizer(ProductQuantizer quantizer, float eta) {
    super(quantizer);
    this.quantizer = quantizer;
    this.eta = eta;
    float[] codebook = quantizer.codebook();
    int width = quantizer.subDims();
    this.squares = new double[quantizer.subspaces()][quantizer.centroids()];
    for (int i = 0; i < codebook.length; i++) {
      int centroid = i / width;
      squares[centroid / quantizer.centroids()][centroid % quantizer.centroids()] +=
          (double) codebook[i] * codebook[i];
    }
  }

  /**
   * How to fit.
   *
   * @param codebook of the product quantizer that it starts from
   * @param threshold T, the share of the largest possible score above which scores matter, 0 to
   *     below 1; η is at least 1
   * @param rounds how often codes and centroids are improved in turns
   */
  public record Options(ProductQuantizer.Options codebook, double threshold, int rounds) {
    /** Checks the ranges. */
    public Options {
      Checks.within(0, Math.nextDown(1.0), "threshold T", threshold);
      Checks.atLeast(0, "rounds", rounds);
    }

    /** T = .2, as the paper, and ten rounds. */
    public static Options of(ProductQuantizer.Options codebook) {
      return new Options(codebook, 0.2, 10);
    }

    float eta(int dims) {
      double square = threshold * threshold;
      return (float) Math.max(1, (dims - 1) * square / (1 - square));
    }
  }

  /**
   * With a known codebook.
   *
   * @param eta η, at least 1 and finite
   */
  public static ScoreAwareQuantizer of(ProductQuantizer quantizer, float eta) {
    Checks.within(1, Float.MAX_VALUE, "η", eta);
    return new ScoreAwareQuantizer(quantizer, eta);
  }

  /**
   * Learns a codebook from {@code vectors} [n, dims], or from a sample of them.
   *
   * @throws IllegalArgumentException as {@link ProductQuantizer#fit}
   */
  public static ScoreAwareQuantizer fit(
      float[] vectors, int dims, Options options, SplittableRandom rng, Workers workers) {
    Checks.atLeast(1, "number of vectors n", Rows.bounded("vectors", vectors, dims));
    float[] sample = options.codebook.sampled(vectors, dims, rng);
    ProductQuantizer start =
        ProductQuantizer.fit(sample, dims, options.codebook, rng.split(), workers);
    ScoreAwareQuantizer fitted = of(start, options.eta(dims));
    for (int round = 0; round < options.rounds; round++) {
      fitted = ScoreAwareRound.of(fitted, sample, workers);
    }
    return fitted;
  }

  /**
   * Learns a rotation for a product quantizer first, and then a score-aware codebook of turned
   * vectors: both gains add up on real vectors.
   *
   * @param turns how often the rotation is improved
   * @throws IllegalArgumentException as {@link ProductQuantizer#fit}
   */
  public static RotatedQuantizer fitTurned(
      float[] vectors,
      int dims,
      Options options,
      int turns,
      SplittableRandom rng,
      Workers workers) {
    Rotation rotation =
        RotatedQuantizer.fit(vectors, dims, options.codebook, turns, rng.split(), workers)
            .rotation();
    float[] turned = rotation.apply(vectors, workers);
    return RotatedQuantizer.of(rotation, fit(turned, dims, options, rng.split(), workers));
  }

  /** η. */
  public float eta() {
    return eta;
  }

  /** The codebook. */
  public ProductQuantizer quantizer() {
    return quantizer;
  }

  /**
   * The mean loss of {@code vectors} [n, d] under their codes.
   *
   * @throws IllegalArgumentException if there is no vector, or as {@link Rows#bounded}
   */
  public double loss(float[] vectors, Workers workers) {
    int dims = dims();
    float[] decoded = decode(encode(vectors, workers));
    int n = Checks.atLeast(1, "number of vectors n", vectors.length / dims);
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double along = 0;
      for (int j = i * dims; j < (i + 1) * dims; j++) {
        double left = (double) vectors[j] - decoded[j];
        sum += left * left;
        along += left * vectors[j];
      }
      double length = Rows.length(vectors, i * dims, dims);
      sum += length == 0 ? 0 : (eta - 1) * along * along / (length * length);
    }
    return sum / n;
  }

  @Override
  Codes write(float[] vectors, Workers workers) {
    Codes codes = quantizer.write(vectors, workers);
    workers.forEach(
        codes.rows(),
        (shard, from, to) -> {
          Search search = new Search();
          for (int l = from; l < to; l++) {
            search.improve(Arrays.copyOfRange(vectors, l * dims(), (l + 1) * dims()), codes, l);
          }
        });
    return codes;
  }

  /** Improves the codes of one vector after the other; for one thread. */
  private final class Search {
    private final float[][] products = newTables(); // ⟨x_s, c⟩

    /** Takes for each subspace the best code given the others, until none changes. */
    void improve(float[] x, Codes codes, int row) {
      double length = Rows.length(x, 0, x.length);
      if (length == 0) {
        return;
      }
      quantizer.tables(x, products);
      double along = length; // ⟨r, x⟩ / ‖x‖ = ‖x‖ − Σ_s ⟨c_s, x_s⟩ / ‖x‖
      for (int s = 0; s < columns(); s++) {
        along -= products[s][codes.get(row, s)] / length;
      }
      boolean changed = true;
      for (int pass = 0; pass < MOST_PASSES && changed; pass++) {
        changed = false;
        for (int s = 0; s < columns(); s++) {
          int code = codes.get(row, s);
          double others = along + products[s][code] / length;
          int best = best(s, others, length, code);
          along = others - products[s][best] / length;
          changed |= best != code;
          codes.set(row * columns() + s, best);
        }
      }
    }

    private int best(int s, double others, double length, int code) {
      int best = code;
      double least = cost(s, code, others, length);
      for (int c = 0; c < centroids(); c++) {
        double cost = cost(s, c, others, length);
        if (cost < least) {
          least = cost;
          best = c;
        }
      }
      return best;
    }

    /** The loss, but for what does not depend on the code. */
    private double cost(int s, int c, double others, double length) {
      double product = products[s][c];
      double along = others - product / length;
      return squares[s][c] - 2 * product + (eta - 1) * along * along;
    }
  }
}
