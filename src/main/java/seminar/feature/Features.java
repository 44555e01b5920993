package seminar.feature;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.FeatureFiles;
import seminar.file.Sha256;
import seminar.math.Workers;
import seminar.world.World;

/**
 * The features of a corpus' items.
 *
 * @param text rows named by {@link Catalog#textRow}
 * @param image rows named by {@link Catalog#imageRow}
 */
public record Features(FeatureStore text, FeatureStore image) {
  /**
   * The features of a corpus that brings its own, or whose texts are to be hashed.
   *
   * @throws IOException if a matrix cannot be read, or the row of an item holds a number that is
   *     not finite
   * @throws IllegalArgumentException if items have pictures but neither a matrix nor the pictures
   *     themselves are at hand, or a matrix has too few rows
   */
  public static Features of(Corpus corpus) throws IOException {
    return of(
        corpus,
        item -> {
          throw new IllegalArgumentException(
              "item %d has a picture that is not at hand: give the pictures or a matrix of features"
                  .formatted(item));
        });
  }

  /**
   * Opens the matrices that came with the corpus and computes what is lacking: {@link HashedText}
   * of the texts, {@link PictureDescriptor} of the pictures. Other encoders make matrices through
   * {@link FeatureSet}.
   *
   * @param pictures the picture of an item; asked only for items that have one
   * @throws IOException if a matrix cannot be read, or the row of an item holds a number that is
   *     not finite
   * @throws IllegalArgumentException if a matrix has fewer rows than the catalogue names
   */
  public static Features of(Corpus corpus, IntFunction<BufferedImage> pictures) throws IOException {
    Catalog catalog = corpus.catalog();
    Optional<Path> text = corpus.features().text();
    Optional<Path> image = corpus.features().image();
    return new Features(
        text.isPresent() ? open(text.get(), catalog, catalog::textRow) : hashed(catalog),
        image.isPresent()
            ? open(image.get(), catalog, catalog::imageRow)
            : encode(catalog, catalog::imageRow, PictureDescriptor.encoder(), pictures));
  }

  /** The features of a planted world, with the lengths that its dials ask for. */
  public static Features of(World world) throws IOException {
    Features unit = of(world.corpus(), world::picture);
    return new Features(
        unit.text.scaled(world.options().text().norm()),
        unit.image.scaled(world.options().image().norm()));
  }

  /**
   * Writes both matrices, {@code text.npy} and {@code image.npy}, into a folder.
   *
   * @return where they lie, for {@link Corpus#withFeatures}
   */
  public FeatureFiles write(Path folder) throws IOException {
    NpyStore.write(folder.resolve("text.npy"), text);
    NpyStore.write(folder.resolve("image.npy"), image);
    return new FeatureFiles(
        Optional.of(folder.resolve("text.npy")), Optional.of(folder.resolve("image.npy")));
  }

  private static FeatureStore open(Path file, Catalog catalog, IntUnaryOperator row)
      throws IOException {
    NpyStore store = NpyStore.open(file);
    int rows = rows(catalog, row);
    if (rows > store.rows()) {
      throw new IllegalArgumentException(
          "%s has %d rows: the catalogue names row %d".formatted(file, store.rows(), rows - 1));
    }
    checkFinite(file, store, catalog, row);
    return store;
  }

  /** Rows that no item names may hold anything: some files keep NaN for what is absent. */
  private static void checkFinite(
      Path file, FeatureStore store, Catalog catalog, IntUnaryOperator row) throws IOException {
    int[] wrong = new int[Workers.shards(catalog.size())];
    Workers.common()
        .forEach(
            catalog.size(),
            (shard, from, to) -> {
              float[] vector = new float[store.dims()];
              for (int item = to; item > from; item--) {
                int at = row.applyAsInt(item);
                if (at != Catalog.ABSENT) {
                  store.copyRow(at, vector, 0);
                  wrong[shard] = isFinite(vector) ? wrong[shard] : item;
                }
              }
            });
    for (int item : wrong) {
      if (item > 0) {
        throw new IOException(
            "%s: row %d, of item %d (%s), holds a number that is not finite: make the features anew"
                .formatted(file, row.applyAsInt(item), item, catalog.originalId(item)));
      }
    }
  }

  private static boolean isFinite(float[] vector) {
    for (float number : vector) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }

  /** One more than the highest row that an item names. */
  private static int rows(Catalog catalog, IntUnaryOperator row) {
    int rows = 0;
    for (int item = 1; item <= catalog.size(); item++) {
      rows = Math.max(rows, row.applyAsInt(item) + 1);
    }
    return rows;
  }

  private static FeatureStore hashed(Catalog catalog) {
    return encode(catalog, catalog::textRow, textEncoder(catalog), catalog::text);
  }

  /** What encodes the texts of a corpus that brings no text features of its own. */
  public static Encoder<String> textEncoder(Catalog catalog) {
    List<String> texts = new ArrayList<>();
    for (int item = 1; item <= catalog.size(); item++) {
      if (catalog.textRow(item) != Catalog.ABSENT) {
        texts.add(catalog.text(item));
      }
    }
    return HashedText.fit(texts, HashedText.DIMS);
  }

  private static <T> FeatureStore encode(
      Catalog catalog, IntUnaryOperator row, Encoder<T> encoder, IntFunction<T> thing) {
    int dims = encoder.dims();
    float[] values = new float[Math.multiplyExact(rows(catalog, row), dims)];
    Workers.common()
        .forEach(
            catalog.size(),
            (shard, from, to) -> {
              for (int item = from + 1; item <= to; item++) {
                int at = row.applyAsInt(item);
                if (at != Catalog.ABSENT) {
                  float[] vector = encoder.encode(thing.apply(item));
                  System.arraycopy(vector, 0, values, at * dims, dims);
                }
              }
            });
    return new MemoryStore(dims, values);
  }

  /**
   * A fingerprint of all numbers that items have, 16 hexadecimal digits: the hash of a corpus says
   * nothing of them. Reads both matrices once.
   */
  public String hash(Catalog catalog) {
    Sha256.Running digest = new Sha256.Running();
    update(digest, text, catalog, catalog::textRow);
    update(digest, image, catalog, catalog::imageRow);
    return digest.hex().substring(0, 16);
  }

  /**
   * The rows of items in their order; an absent one is one byte, so that none can take its place.
   */
  private static void update(
      Sha256.Running digest, FeatureStore store, Catalog catalog, IntUnaryOperator row) {
    float[] vector = new float[store.dims()];
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int item = 1; item <= catalog.size(); item++) {
      int at = row.applyAsInt(item);
      if (at == Catalog.ABSENT) {
        digest.update(new byte[1], 0, 1);
      } else {
        store.copyRow(at, vector, 0);
        bytes.asFloatBuffer().put(vector);
        digest.update(bytes.array(), 0, bytes.capacity());
      }
    }
  }
}
