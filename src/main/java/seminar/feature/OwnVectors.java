package seminar.feature;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import seminar.data.Catalog;
import seminar.file.Sha256;

/**
 * Vectors of items that a person has made: matrices ({@link NpyStore}), each with a text file that
 * has the id of each row in a line of its own. The matrices are mapped, not copied into memory.
 *
 * <p>An id that the catalogue does not have is counted, as is one that was there before: its first
 * row counts. Immutable; safe for any number of threads.
 */
public final class OwnVectors {
  private static final String MATRIX = ".npy";

  /** How many vectors are read at once. */
  private static final int BATCH = 1024;

  private final List<NpyStore> matrices = new ArrayList<>();
  private final Given encoder;
  private final int[] matrixOf;
  private final int[] rowOf;
  private final long unknown;
  private final long repeated;

  private OwnVectors(Catalog catalog, List<Part> parts) throws IOException {
    matrixOf = new int[catalog.size() + 1];
    Arrays.fill(matrixOf, Catalog.ABSENT);
    rowOf = new int[catalog.size() + 1];
    Map<String, Integer> items = new HashMap<>();
    for (int item = 1; item <= catalog.size(); item++) {
      items.put(catalog.originalId(item), item);
    }
    Fingerprint all = new Fingerprint().add("own vectors 1");
    long[] counts = new long[2];
    for (Part part : parts) {
      matrices.add(NpyStore.open(part.matrix));
      read(part, items, counts);
      all.add(Sha256.of(part.matrix)).add(Sha256.of(part.ids));
    }
    unknown = counts[0];
    repeated = counts[1];
    int dims = matrices.getFirst().dims();
    encoder = new Given(dims, all.hex());
    if (Arrays.stream(matrixOf).allMatch(each -> each == Catalog.ABSENT)) {
      throw new IOException(
          "%s: none of the %d ids is an item's; the first item is '%s'"
              .formatted(
                  parts.getFirst().ids, unknown, catalog.size() == 0 ? "" : catalog.originalId(1)));
    }
    checkFinite(catalog, parts);
  }

  /** A matrix and the ids of its rows. */
  private record Part(Path matrix, Path ids) {
    private static Part of(Path matrix) {
      String name = matrix.getFileName().toString();
      return new Part(
          matrix,
          matrix.resolveSibling(name.substring(0, name.length() - MATRIX.length()) + ".txt"));
    }
  }

  /** Whether a path is that of vectors: a {@code .npy} file or a folder. */
  public static boolean are(Path path) {
    return path.toString().endsWith(MATRIX) || Files.isDirectory(path);
  }

  /**
   * Opens vectors of a catalogue's items.
   *
   * @param path a {@code .npy} file, or a folder with several, which are taken in the order of
   *     their names
   * @param ids the file of the ids, encoded in UTF-8; without one, and in a folder, that of the
   *     same name that ends in {@code .txt}
   * @throws IOException if a file is missing or is no such matrix, a matrix has not as many rows as
   *     ids or not as many numbers in a row as the first, no id is known, or the vector of an item
   *     holds a number that is not finite; the message names file, row and id
   */
  public static OwnVectors open(Catalog catalog, Path path, Optional<Path> ids) throws IOException {
    if (!Files.isDirectory(path)) {
      return new OwnVectors(
          catalog, List.of(ids.map(file -> new Part(path, file)).orElseGet(() -> Part.of(path))));
    }
    try (Stream<Path> files = Files.list(path)) {
      List<Part> parts =
          files.filter(file -> file.toString().endsWith(MATRIX)).sorted().map(Part::of).toList();
      if (parts.isEmpty()) {
        throw new IOException(path + " holds no .npy file: give the folder of the vectors");
      }
      return new OwnVectors(catalog, parts);
    }
  }

  /** Notes which rows are whose, and counts ids that are unknown and repeated. */
  private void read(Part part, Map<String, Integer> items, long[] counts) throws IOException {
    int matrix = matrices.size() - 1;
    NpyStore store = matrices.get(matrix);
    if (store.dims() != matrices.getFirst().dims()) {
      throw new IOException(
          "%s has %d numbers in a row, the matrix before it %d: give vectors of one length"
              .formatted(part.matrix, store.dims(), matrices.getFirst().dims()));
    }
    if (!Files.isRegularFile(part.ids)) {
      throw new IOException(
          "%s is missing: give a text file with the id of each row of %s, one a line"
              .formatted(part.ids, part.matrix.getFileName()));
    }
    long rows = 0;
    try (BufferedReader lines = Files.newBufferedReader(part.ids)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Integer item = items.get(rows == 0 ? line.replace("\ufeff", "").strip() : line.strip());
        if (item == null) {
          counts[0]++;
        } else if (matrixOf[item] != Catalog.ABSENT) {
          counts[1]++;
        } else if (rows < store.rows()) {
          matrixOf[item] = matrix;
          rowOf[item] = (int) rows;
        }
        rows++;
      }
    } catch (CharacterCodingException e) {
      throw new IOException(part.ids + " is no text in UTF-8: save the ids one a line", e);
    }
    if (rows != store.rows()) {
      throw new IOException(
          "%s has %d lines, %s has %d rows: give the id of each row in a line of its own"
              .formatted(part.ids, rows, part.matrix.getFileName(), store.rows()));
    }
  }

  private void checkFinite(Catalog catalog, List<Part> parts) throws IOException {
    float[] vector = new float[encoder.dims];
    for (int item = 1; item <= catalog.size(); item++) {
      if (has(item)) {
        matrices.get(matrixOf[item]).copyRow(rowOf[item], vector, 0);
        for (float number : vector) {
          if (!Float.isFinite(number)) {
            throw new IOException(
                "%s: row %d, of item '%s', holds %s, which is no number that a vector can have:"
                        .formatted(
                            parts.get(matrixOf[item]).matrix,
                            rowOf[item],
                            catalog.originalId(item),
                            number)
                    + " mend the row, or leave it out with its id");
          }
        }
      }
    }
  }

  /** Whether an item has a vector. */
  public boolean has(int item) {
    return matrixOf[item] != Catalog.ABSENT;
  }

  /** How many ids are no item's. */
  public long unknown() {
    return unknown;
  }

  /** How many ids of items were there before; their first row counts. */
  public long repeated() {
    return repeated;
  }

  /** Names the bytes of all files, 64 hexadecimal digits. */
  public String fingerprint() {
    return encoder.fingerprint;
  }

  /** The vectors of some items that have one. */
  Inputs<float[]> inputs(int[] items) {
    Fingerprint all = new Fingerprint();
    for (int item : items) {
      all.add(matrixOf[item]).add(rowOf[item]);
    }
    return new Rows(this, items, all.hex());
  }

  /** One that gives each vector as it is. */
  Encoder<float[]> encoder() {
    return encoder;
  }

  private record Rows(OwnVectors vectors, int[] items, String fingerprint)
      implements Inputs<float[]> {
    @Override
    public int size() {
      return items.length;
    }

    @Override
    public Optional<float[]> get(int index) {
      int item = items[index];
      return Optional.of(vectors.matrices.get(vectors.matrixOf[item]).row(vectors.rowOf[item]));
    }
  }

  private record Given(int dims, String fingerprint) implements Encoder<float[]> {
    @Override
    public int batchSize() {
      return BATCH;
    }

    @Override
    public List<float[]> encodeBatch(List<float[]> vectors) {
      return vectors;
    }
  }
}
