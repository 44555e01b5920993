package seminar.source.table;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seminar.data.FeatureFiles;
import seminar.file.NpyWriter;
import seminar.file.Precision;
import seminar.file.TemporaryFolder;
import seminar.source.MalformedLine;

/**
 * Vectors of items, written as they are read into a matrix on disk with a row for each item that
 * occurs. The matrix is a file of its own until the program ends; whoever writes the corpus copies
 * it.
 */
final class TableVectors implements AutoCloseable {
  private final String column;
  private final Set<String> met;
  private final Map<String, Integer> rows = new HashMap<>();
  private Path file;
  private NpyWriter matrix;
  private float[] vector;
  private long strangers;
  private long further;

  /**
   * No vector yet.
   *
   * @param met the ids of the items that occur
   */
  TableVectors(String column, Set<String> met) {
    this.column = column;
    this.met = met;
  }

  /** Adds the vector of an item, which is written as a list of numbers; its first one counts. */
  void add(String item, String field) throws MalformedLine, IOException {
    if (!met.contains(item)) {
      strangers++;
      return;
    }
    if (rows.containsKey(item)) {
      further++;
      return;
    }
    String[] numbers = numbers(field);
    if (matrix == null) {
      begin(numbers.length);
    }
    if (numbers.length != vector.length) {
      throw new MalformedLine(
          "%s has %d numbers, not %d".formatted(column, numbers.length, vector.length));
    }
    for (int i = 0; i < numbers.length; i++) {
      vector[i] = (float) Fields.number(column, numbers[i].strip());
      if (!Float.isFinite(vector[i])) {
        throw new MalformedLine("%s has %s, too large".formatted(column, numbers[i]));
      }
    }
    matrix.append(vector, 1);
    rows.put(item, rows.size());
  }

  private String[] numbers(String field) throws MalformedLine {
    String list = field.strip();
    if (!Fields.isList(list) || list.length() == 2) {
      throw new MalformedLine("%s is '%s', not a list of numbers".formatted(column, field));
    }
    return list.substring(1, list.length() - 1).split(",", -1);
  }

  private void begin(int dims) throws IOException {
    TemporaryFolder folder = TemporaryFolder.of("seminar-vectors");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> sweep(folder)));
    file = folder.path().resolve("vectors.npy");
    matrix = NpyWriter.create(file, dims, Precision.SINGLE);
    vector = new float[dims];
  }

  private static void sweep(TemporaryFolder folder) {
    try {
      folder.close();
    } catch (IOException e) {
      // Nobody is left who could be told.
      return;
    }
  }

  /** The row of each item that has one. */
  Map<String, Integer> rows() {
    return rows;
  }

  /** What was not used, by name. */
  Map<String, Long> counts() {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("vectors of items that nobody met", strangers);
    counts.put("further vectors of an item", further);
    return counts;
  }

  /** The matrix, once it is whole. */
  FeatureFiles finish() throws IOException {
    if (matrix == null) {
      return FeatureFiles.none();
    }
    matrix.finish();
    return new FeatureFiles(Optional.empty(), Optional.of(file));
  }

  @Override
  public void close() throws IOException {
    if (matrix != null) {
      matrix.close();
    }
  }
}
