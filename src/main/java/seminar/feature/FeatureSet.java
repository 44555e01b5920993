package seminar.feature;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.FeatureFiles;
import seminar.file.Precision;
import seminar.file.Progress;
import seminar.math.Checks;

/**
 * New features of one kind for the items of a catalogue: a matrix, and which row of it is whose.
 *
 * <p>An item without a text or picture, whose vector is zero, or whose picture cannot be read has
 * no row: it is absent, never a zero that pretends.
 *
 * @param items how many items the catalogue has
 * @param rows [items + 1] the row of each item, or {@link Catalog#ABSENT}; entry 0 is no item's;
 *     not copied
 * @param dims how many numbers a row has
 * @param encoded what became of the items that have a text or picture
 */
public record FeatureSet(int items, int[] rows, int dims, Encoded encoded) {
  /** Checks the lengths. */
  public FeatureSet {
    Checks.sameLength("rows", rows.length, "items with entry 0", items + 1);
  }

  /** The texts of all items that have one, for encoders that learn from them. */
  public static List<String> texts(Catalog catalog) {
    return Arrays.stream(items(catalog, item -> !catalog.text(item).isBlank()))
        .mapToObj(catalog::text)
        .toList();
  }

  /**
   * Encodes the texts of all items that have one; see {@link Encoding#run}.
   *
   * @param file where the matrix goes
   */
  public static FeatureSet texts(
      Catalog catalog, Encoder<String> encoder, Precision precision, Path file, Progress progress)
      throws IOException {
    int[] items = items(catalog, item -> !catalog.text(item).isBlank());
    Inputs<String> texts = Inputs.texts(items.length, i -> catalog.text(items[i]));
    return of(catalog, items, Encoding.run(texts, encoder, precision, file, progress), encoder);
  }

  /**
   * Encodes the pictures of all items that have a file named after their original id; see {@link
   * Encoding#run}.
   *
   * @param file where the matrix goes
   */
  public static FeatureSet pictures(
      Catalog catalog,
      ImageFolder pictures,
      Encoder<BufferedImage> encoder,
      Precision precision,
      Path file,
      Progress progress)
      throws IOException {
    int[] items = items(catalog, item -> pictures.file(catalog.originalId(item)).isPresent());
    List<String> ids = Arrays.stream(items).mapToObj(catalog::originalId).toList();
    return of(
        catalog,
        items,
        Encoding.run(pictures.inputs(ids), encoder, precision, file, progress),
        encoder);
  }

  /**
   * The vectors of all items that a person has one of; see {@link Encoding#run}.
   *
   * @param file where the matrix goes
   */
  public static FeatureSet own(
      Catalog catalog, OwnVectors vectors, Precision precision, Path file, Progress progress)
      throws IOException {
    int[] items = items(catalog, vectors::has);
    Encoded encoded =
        Encoding.run(vectors.inputs(items), vectors.encoder(), precision, file, progress);
    return of(catalog, items, encoded, vectors.encoder());
  }

  private static int[] items(Catalog catalog, IntPredicate has) {
    return IntStream.rangeClosed(1, catalog.size()).filter(has).toArray();
  }

  private static FeatureSet of(Catalog catalog, int[] items, Encoded encoded, Encoder<?> encoder) {
    int[] rows = new int[catalog.size() + 1];
    Arrays.fill(rows, Catalog.ABSENT);
    for (int i = 0; i < items.length; i++) {
      rows[items[i]] = encoded.rows()[i];
    }
    return new FeatureSet(catalog.size(), rows, encoder.dims(), encoded);
  }

  /** How many items have nothing to encode. */
  public int without() {
    return items - encoded.rows().length + encoded.missing();
  }

  /** The share of items that have a row, in [0, 1]. */
  public double coverage() {
    return items == 0 ? 0 : (double) encoded.encoded() / items;
  }

  /**
   * The same corpus with new features; a kind that is not given stays as it is.
   *
   * @throws IllegalArgumentException if the features belong to a catalogue of another size
   */
  public static Corpus into(Corpus corpus, Optional<FeatureSet> text, Optional<FeatureSet> image) {
    Catalog catalog = corpus.catalog();
    int[] texts = new int[catalog.size() + 1];
    int[] images = new int[catalog.size() + 1];
    for (int item = 1; item <= catalog.size(); item++) {
      texts[item] = catalog.textRow(item);
      images[item] = catalog.imageRow(item);
    }
    FeatureFiles files =
        new FeatureFiles(
            text.map(set -> set.encoded.file()).or(corpus.features()::text),
            image.map(set -> set.encoded.file()).or(corpus.features()::image));
    return corpus
        .withCatalog(
            catalog.withRows(
                text.map(FeatureSet::rows).orElse(texts),
                image.map(FeatureSet::rows).orElse(images)))
        .withFeatures(files);
  }
}
