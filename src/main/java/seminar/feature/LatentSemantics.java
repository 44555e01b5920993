package seminar.feature;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import seminar.math.Checks;
import seminar.math.Rng;
import seminar.math.Vectors;
import seminar.math.Workers;

/**
 * Latent semantic analysis: texts that use words which occur in the same texts are near, even where
 * they share no word.
 *
 * <p>The weighted words of n texts ({@code tf-idf}) form a sparse matrix A [n × words] of rows of
 * length 1. A text with weights x [words] has the vector x V [dims], given length 1, where the
 * columns of V are the right singular vectors of A with the largest singular values. A text of
 * which nothing lies in that space, such as one without a known word, has the zero vector.
 *
 * <p>Immutable; safe for any number of threads. Same texts and options, same bits on one machine,
 * for any number of threads. Cost of fitting: (iterations + 1) · 2 · (dims + oversampling)
 * multiplications for each word of a text, and as much memory as (n + words) · (dims +
 * oversampling) numbers of 4 bytes. See:
 *
 * <pre>
 * S. Deerwester, S. T. Dumais, G. W. Furnas, T. K. Landauer, R. Harshman. "Indexing by latent
 * semantic analysis". Journal of the American Society for Information Science 41(6), 1990.</pre>
 */
public final class LatentSemantics implements Encoder<String> {
  private static final int BATCH = 1024;

  /** A shorter projection is the rounding noise of a text that lies outside the space. */
  private static final float NOTHING = 1e-5f;

  private final Vocabulary vocabulary;
  private final TruncatedSvd svd;
  private final double explained;

  private LatentSemantics(Vocabulary vocabulary, TruncatedSvd svd, double explained) {
    this.vocabulary = vocabulary;
    this.svd = svd;
    this.explained = explained;
  }

  /**
   * How to fit.
   *
   * @param dims how many numbers a vector has
   * @param minimumTexts a word counts if at least so many texts contain it
   * @param oversampling how many more directions the iteration carries along
   * @param iterations how often it is refined; 2 to 4 are enough
   * @param seed of its random start
   */
  public record Options(int dims, int minimumTexts, int oversampling, int iterations, long seed) {
    /** Checks the ranges. */
    public Options {
      Checks.atLeast(1, "dims", dims);
      Checks.atLeast(1, "minimumTexts", minimumTexts);
      Checks.atLeast(0, "oversampling", oversampling);
      Checks.atLeast(0, "iterations", iterations);
    }

    /** The usual ones: words of at least 2 texts, 10 more directions, 4 refinements. */
    public static Options of(int dims, long seed) {
      return new Options(dims, 2, 10, 4, seed);
    }
  }

  /** Learns the space of some texts; see {@link #fit(int, IntFunction, Options, Workers)}. */
  public static LatentSemantics fit(List<String> texts, Options options) {
    return fit(texts.size(), texts::get, options, Workers.common());
  }

  /**
   * Learns the space of some texts.
   *
   * @param texts how many there are
   * @param text gives the same text at every call, on any thread
   * @throws IllegalArgumentException if no word occurs in enough texts
   */
  public static LatentSemantics fit(
      int texts, IntFunction<String> text, Options options, Workers workers) {
    Vocabulary vocabulary = Vocabulary.of(texts, text, options.minimumTexts(), workers);
    if (vocabulary.size() == 0) {
      throw new IllegalArgumentException(
          "no word occurs in minimumTexts = %d of %d texts: lower it or give more texts"
              .formatted(options.minimumTexts(), texts));
    }
    Vocabulary.SparseRow[] rows = new Vocabulary.SparseRow[texts];
    workers.forEach(
        texts,
        (shard, from, to) -> {
          for (int i = from; i < to; i++) {
            rows[i] = vocabulary.weigh(text.apply(i));
          }
        });
    SparseMatrix matrix = SparseMatrix.of(vocabulary.size(), Arrays.asList(rows));
    TruncatedSvd svd =
        TruncatedSvd.of(
            matrix,
            options.dims(),
            options.oversampling(),
            options.iterations(),
            Rng.stream("feature/lsa", options.seed()),
            workers);
    double kept = 0;
    for (double value : svd.values()) {
      kept += value * value;
    }
    return new LatentSemantics(vocabulary, svd, kept / matrix.squares());
  }

  /** The singular values of the directions, falling; 0 where the texts have fewer. */
  double[] singularValues() {
    return svd.values().clone();
  }

  /** Which share of the squares of all weights of the fitted texts lies in the space. */
  public double explained() {
    return explained;
  }

  /** How many words it knows. */
  public int vocabulary() {
    return vocabulary.size();
  }

  @Override
  public int dims() {
    return svd.values().length;
  }

  @Override
  public String fingerprint() {
    Fingerprint all = new Fingerprint().add("latent semantics 1").add(dims());
    for (int word = 0; word < vocabulary.size(); word++) {
      all.add(vocabulary.word(word)).add(Double.doubleToLongBits(vocabulary.rarity(word)));
    }
    return all.add(svd.vectors()).hex();
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public List<float[]> encodeBatch(List<String> texts) {
    return Encoding.each(texts, this::encode);
  }

  /** The vector of a text: {@code dims} numbers of length 1, or zero if it has no known word. */
  @Override
  public float[] encode(String text) {
    Vocabulary.SparseRow row = vocabulary.weigh(text);
    int dims = dims();
    float[] vector = new float[dims];
    for (int i = 0; i < row.columns().length; i++) {
      Vectors.addScaled(row.values()[i], svd.vectors(), row.columns()[i] * dims, vector, 0, dims);
    }
    float length = Vectors.normalize(vector, 0, dims);
    return length > NOTHING ? vector : new float[dims];
  }
}
