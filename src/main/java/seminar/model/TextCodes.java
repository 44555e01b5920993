package seminar.model;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.quantize.Codes;
import seminar.quantize.KMeans;
import seminar.quantize.ProductQuantizer;
import seminar.quantize.Quantizer;
import seminar.quantize.ResidualQuantizer;
import seminar.quantize.RotatedQuantizer;
import seminar.quantize.Rotation;

/**
 * The codes of the texts of a catalogue, and of any other text (our CODE-1).
 *
 * <p>Codes and what makes them are parameters that never learn, {@code channel/codes/...}: a
 * checkpoint holds them, a model takes over those of its search unit, and whoever opens a kept
 * model codes a new text as it did. They follow from the texts, the options and the seed.
 *
 * <p>Shapes: texts [n, dims], of unit length; codes [I + 1, S], −1 where an item has no text. Code
 * c of column s names row {@code s C + c} of a table. Thread safety: one thread at a time.
 */
final class TextCodes {
  /** Improvements of the rotation, after which more gain little. */
  private static final int TURNS = 20;

  /** The most items that are learned from. */
  private static final int SAMPLE = 1 << 16;

  private static final int BLOCK = 4096;
  private static final int[] NONE = {};

  private final Backend backend;
  private final ItemCodes options;
  private final int dims;
  private final Parameter codes;
  private final Parameter rotation; // [dims, dims]; no row for residual codes
  private final Parameter centroids; // [S C, dims / S]; [S C, dims] for residual codes
  private final Scratch scratch = new Scratch();

  /**
   * Learns codes from the items that have a text, and codes all of them.
   *
   * @param largest I, the largest number that is asked for
   * @throws IllegalArgumentException if no item has a text, or S pieces of one would not be equally
   *     long
   */
  TextCodes(
      Backend backend, Parameters parameters, ItemFeatures text, int largest, ItemCodes options) {
    this.backend = backend;
    this.options = options;
    dims = text.dims();
    int columns = options.columns();
    boolean pieces = options.kind() == ItemCodes.Kind.PRODUCT;
    if (pieces && dims % columns != 0) {
      throw new IllegalArgumentException(
          "texts have %d numbers, no multiple of columns S=%d of model.channels.codes: pieces must be"
                  .formatted(dims, columns)
              + " equally long");
    }
    codes = constant(parameters, "items", largest + 1, columns);
    rotation = constant(parameters, "rotation", pieces ? dims : 0, dims);
    int width = pieces ? dims / columns : dims;
    centroids = constant(parameters, "centroids", columns * options.centroids(), width);
    learn(text, largest, parameters.stream("channel/codes"));
  }

  private static Parameter constant(Parameters parameters, String name, int rows, int cols) {
    Parameter constant = parameters.table("channel/codes/" + name, rows, cols, 0);
    constant.freeze(true);
    return constant;
  }

  private void learn(ItemFeatures text, int largest, SplittableRandom rng) {
    int[] told = text.items();
    if (told.length == 0) {
      throw new IllegalArgumentException(
          "model.channels.codes.kind is %s, but no item of this catalogue has a text: take NONE"
              .formatted(options.kind()));
    }
    fit(texts(text, sample(told, rng)), rng);
    Quantizer quantizer = quantizer();
    int columns = options.columns();
    float[] written = new float[Math.multiplyExact(largest + 1, columns)];
    Arrays.fill(written, -1);
    for (int from = 0; from < told.length; from += BLOCK) {
      int[] block = Arrays.copyOfRange(told, from, Math.min(told.length, from + BLOCK));
      Codes coded = quantizer.encode(texts(text, block), Workers.common());
      for (int i = 0; i < block.length; i++) {
        for (int s = 0; s < columns; s++) {
          written[block[i] * columns + s] = coded.get(i, s);
        }
      }
    }
    codes.set(written);
  }

  private static int[] sample(int[] told, SplittableRandom rng) {
    if (told.length <= SAMPLE) {
      return told;
    }
    int[] order = Rng.permutation(rng, told.length);
    return IntStream.range(0, SAMPLE).map(i -> told[order[i]]).sorted().toArray();
  }

  private float[] texts(ItemFeatures text, int[] items) {
    Matrix rows = Matrix.zeros(items.length, dims);
    text.gather(backend, items, new boolean[items.length], rows);
    return rows.toArray();
  }

  private void fit(float[] texts, SplittableRandom rng) {
    Workers workers = Workers.common();
    KMeans.Options clustering = KMeans.Options.of(options.centroids());
    int columns = options.columns();
    switch (options.kind()) {
      case PRODUCT -> {
        ProductQuantizer.Options pieces = new ProductQuantizer.Options(columns, clustering);
        RotatedQuantizer fitted = RotatedQuantizer.fit(texts, dims, pieces, TURNS, rng, workers);
        rotation.set(fitted.rotation().rows());
        centroids.set(((ProductQuantizer) fitted.quantizer()).codebook());
      }
      case RESIDUAL -> {
        ResidualQuantizer.Options greedy = ResidualQuantizer.Options.greedy(columns, clustering);
        centroids.set(ResidualQuantizer.fit(texts, dims, greedy, rng, workers).codebook());
      }
      case NONE -> throw new IllegalArgumentException("there are no codes to learn");
    }
  }

  /** What codes texts, as the parameters are now. */
  private Quantizer quantizer() {
    float[] book = centroids.value().toArray();
    if (options.kind() == ItemCodes.Kind.RESIDUAL) {
      return ResidualQuantizer.of(book, dims, options.columns()).withBeam(1);
    }
    return RotatedQuantizer.of(
        Rotation.of(rotation.value().toArray(), dims),
        ProductQuantizer.of(book, dims, options.columns()));
  }

  /** The rows that each of these items names; none where it has no text. */
  int[][] rows(int[] items) {
    Matrix own = scratch.matrix("codes", items.length, options.columns());
    backend.lookup().gather(codes.value(), items, own);
    float[] values = own.toArray();
    int columns = options.columns();
    int[][] rows = new int[items.length][];
    for (int i = 0; i < rows.length; i++) {
      int at = i * columns;
      rows[i] = values[at] < 0 ? NONE : rows(s -> (int) values[at + s]);
    }
    return rows;
  }

  /**
   * The rows that other texts name.
   *
   * @param texts [n, dims], of unit length
   * @param present whether there is an i-th text; where not, it names none
   */
  int[][] rows(float[] texts, boolean[] present) {
    Codes coded = quantizer().encode(texts, Workers.common());
    int[][] rows = new int[present.length][];
    for (int i = 0; i < rows.length; i++) {
      int text = i;
      rows[i] = present[i] ? rows(s -> coded.get(text, s)) : NONE;
    }
    return rows;
  }

  private int[] rows(java.util.function.IntUnaryOperator code) {
    return IntStream.range(0, options.columns())
        .map(s -> s * options.centroids() + code.applyAsInt(s))
        .toArray();
  }
}
