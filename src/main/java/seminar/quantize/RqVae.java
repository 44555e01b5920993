package seminar.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import seminar.math.Checks;
import seminar.math.Rng;
import seminar.math.Workers;

/**
 * A residual-quantized variational autoencoder (RQ-VAE): an encoder, a residual quantizer of what
 * it says, a decoder, learned together.
 *
 * <pre>
 *   z = E(x)      ẑ = the sum of S centroids nearest to z, stage by stage      x̂ = D(ẑ)
 *   loss = ‖x − x̂‖² + β·‖z − ẑ‖²,   with ∂ẑ/∂z taken as 1 (straight-through)
 * </pre>
 *
 * <p>Encoder and decoder are moved by Adam; the codebooks begin as k-means of what the encoder says
 * and go on after every epoch by one Lloyd iteration, where the original moves them by running
 * means: no code is left without vectors. The decoder is not linear, so scores are no sums of table
 * entries, and this is no {@link Quantizer}: events are decoded and scored as vectors. On data
 * without structure it cannot be better than a {@link ResidualQuantizer}. Immutable and
 * thread-safe; same bits for any number of threads.
 *
 * @see <a href="https://arxiv.org/abs/2203.01941">Lee, Kim, Kim, Cho, Han. Autoregressive image
 *     generation using residual quantization. CVPR 2022</a>
 */
public final class RqVae {
  private final Mlp encoder;
  private final Mlp decoder;
  private final ResidualQuantizer codebook;
  private final double scale; // inputs are divided by it
  private final int dims;
  private final List<Double> history;

  private RqVae(
      Mlp encoder,
      Mlp decoder,
      ResidualQuantizer codebook,
      double scale,
      int dims,
      List<Double> history) {
    this.encoder = encoder;
    this.decoder = decoder;
    this.codebook = codebook;
    this.scale = scale;
    this.dims = dims;
    this.history = List.copyOf(history);
  }

  /**
   * How it is learned.
   *
   * @param stages S
   * @param centroids C of each stage
   * @param latent how many numbers the encoder says
   * @param hidden units between
   * @param epochs passes over the vectors
   * @param batch vectors of one step
   * @param rate of Adam
   * @param commitment β
   */
  public record Options(
      int stages,
      int centroids,
      int latent,
      int hidden,
      int epochs,
      int batch,
      double rate,
      double commitment) {
    /** Checks the ranges. */
    public Options {
      Checks.atLeast(1, "stages S", stages);
      Checks.within(1, ProductQuantizer.MAX_CENTROIDS, "centroids C", centroids);
      Checks.atLeast(1, "latent", latent);
      Checks.atLeast(1, "hidden", hidden);
      Checks.atLeast(1, "epochs", epochs);
      Checks.atLeast(1, "batch", batch);
      Checks.within(0, 1, "rate", rate);
      Checks.within(0, 100, "commitment", commitment);
    }

    /** As many latent numbers as dims, 128 hidden units, 30 epochs of batches of 128. */
    public static Options of(int stages, int centroids, int dims) {
      return new Options(stages, centroids, dims, 128, 30, 128, 2e-3, 0.25);
    }
  }

  /**
   * Learns from {@code vectors} [n, dims].
   *
   * @throws IllegalArgumentException if there is no vector, the last row is not whole, or a number
   *     is not finite
   */
  public static RqVae fit(
      float[] vectors, int dims, Options options, SplittableRandom rng, Workers workers) {
    int n = Checks.atLeast(1, "number of vectors n", Rows.bounded("vectors", vectors, dims));
    double squares = 0;
    for (float value : vectors) {
      squares += (double) value * value;
    }
    double scale = squares == 0 ? 1 : Math.sqrt(squares / vectors.length);
    Mlp encoder = new Mlp(dims, options.hidden, options.latent, rng.split());
    Mlp decoder = new Mlp(options.latent, options.hidden, dims, rng.split());
    SplittableRandom codes = rng.split();
    SplittableRandom order = rng.split();
    List<Double> history = new ArrayList<>();
    RqVaeStep step = new RqVaeStep(encoder, decoder, options, workers);
    float[] latents = latents(encoder, vectors, dims, scale, workers);
    ResidualQuantizer codebook = codebook(latents, options, codes, workers);
    for (int epoch = 0; epoch < options.epochs; epoch++) {
      history.add(step.epoch(vectors, dims, scale, codebook, Rng.permutation(order, n)));
      latents = latents(encoder, vectors, dims, scale, workers);
      codebook = codebook.moved(latents, workers);
    }
    return new RqVae(encoder, decoder, codebook, scale, dims, history);
  }

  private static ResidualQuantizer codebook(
      float[] latents, Options options, SplittableRandom rng, Workers workers) {
    KMeans.Options brief = new KMeans.Options(options.centroids, 4, 1e-3);
    ResidualQuantizer.Options greedy = ResidualQuantizer.Options.greedy(options.stages, brief);
    return ResidualQuantizer.fit(latents, options.latent, greedy, rng, workers);
  }

  private static float[] latents(
      Mlp encoder, float[] vectors, int dims, double scale, Workers workers) {
    int n = vectors.length / dims;
    int latent = encoder.out();
    float[] latents = new float[Math.multiplyExact(n, latent)];
    workers.forEach(
        n,
        (shard, from, to) -> {
          double[] x = new double[dims];
          double[] h = new double[encoder.hidden()];
          double[] z = new double[latent];
          for (int l = from; l < to; l++) {
            read(vectors, l * dims, scale, x);
            encoder.forward(x, h, z);
            for (int j = 0; j < latent; j++) {
              latents[l * latent + j] = (float) z[j];
            }
          }
        });
    return latents;
  }

  /** Reads a vector divided by the scale. */
  static void read(float[] vectors, int offset, double scale, double[] x) {
    for (int j = 0; j < x.length; j++) {
      x[j] = vectors[offset + j] / scale;
    }
  }

  /** d. */
  public int dims() {
    return dims;
  }

  /** What the encoder says, quantized. */
  public ResidualQuantizer codebook() {
    return codebook;
  }

  /** The mean loss of each epoch, in units of the vectors' mean square. */
  public List<Double> history() {
    return history;
  }

  /**
   * The codes [L, S] of {@code vectors} [L, d].
   *
   * @throws IllegalArgumentException if the last row is not whole or a number is not finite
   */
  public Codes encode(float[] vectors, Workers workers) {
    Rows.bounded("vectors", vectors, dims);
    return codebook.encode(latents(encoder, vectors, dims, scale, workers), workers);
  }

  /**
   * The vectors [L, d] that {@code codes} [L, S] stand for.
   *
   * @throws IllegalArgumentException if the codes have another S or C
   */
  public float[] decode(Codes codes) {
    float[] latents = codebook.decode(codes);
    int latent = codebook.dims();
    float[] vectors = new float[Math.multiplyExact(codes.rows(), dims)];
    double[] z = new double[latent];
    double[] h = new double[decoder.hidden()];
    double[] x = new double[dims];
    for (int l = 0; l < codes.rows(); l++) {
      read(latents, l * latent, 1, z);
      decoder.forward(z, h, x);
      for (int j = 0; j < dims; j++) {
        vectors[l * dims + j] = (float) (x[j] * scale);
      }
    }
    return vectors;
  }
}
