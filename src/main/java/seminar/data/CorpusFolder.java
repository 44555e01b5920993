package seminar.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A corpus as a folder: {@code manifest.json}, one file of little-endian values for each column,
 * and {@code text.npy} and {@code image.npy} where feature matrices came with the corpus.
 *
 * <p>Files end in what they hold: {@code .i8 .i32 .i64} whole numbers of that many bits, {@code
 * .utf8} text, {@code .offsets.i64} where each row of the column of the same name begins. The
 * manifest lists the length and SHA-256 of every file. Reading maps the columns into memory, so a
 * corpus may be larger than the heap.
 */
public final class CorpusFolder {
  private static final String MANIFEST = "manifest.json";
  private static final String TEXT = "text.npy";
  private static final String IMAGE = "image.npy";
  private static final String FORMAT = "seminar-corpus/1";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private CorpusFolder() {}

  /** A file of the folder, as the manifest lists it. */
  record Entry(long bytes, String sha256) {}

  /** What {@code manifest.json} holds. */
  record Contents(String format, String hash, Manifest corpus, Map<String, Entry> files) {}

  /**
   * Writes a corpus. The folder is put in place only when everything is written; until then what
   * was there stays.
   *
   * @throws IOException if the folder exists and holds something other than a corpus
   */
  public static void write(Corpus corpus, Path folder) throws IOException {
    if (Files.exists(folder) && !Files.exists(folder.resolve(MANIFEST)) && !isEmpty(folder)) {
      throw new IOException(
          folder + " holds something that is no corpus: choose another folder or empty it");
    }
    AtomicFiles.writeFolder(folder, temporary -> writeInto(corpus, temporary));
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void writeInto(Corpus corpus, Path folder) throws IOException {
    Map<String, Entry> files = new TreeMap<>();
    for (Map.Entry<String, MemorySegment> column : corpus.columns().entrySet()) {
      writeColumn(folder.resolve(column.getKey()), column.getValue());
      files.put(column.getKey(), entry(folder.resolve(column.getKey())));
    }
    copy(corpus.features().text(), folder, TEXT, files);
    copy(corpus.features().image(), folder, IMAGE, files);
    Contents contents = new Contents(FORMAT, corpus.hash(), corpus.manifest(), files);
    Files.write(folder.resolve(MANIFEST), JSON.writeValueAsBytes(contents));
  }

  private static void writeColumn(Path file, MemorySegment column) throws IOException {
    byte[] block = new byte[(int) Math.min(1 << 20, column.byteSize())];
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      for (long at = 0; at < column.byteSize(); at += block.length) {
        int n = (int) Math.min(block.length, column.byteSize() - at);
        MemorySegment.copy(column, Columns.BYTE, at, block, 0, n);
        out.write(block, 0, n);
      }
    }
  }

  private static void copy(
      Optional<Path> matrix, Path folder, String name, Map<String, Entry> files)
      throws IOException {
    if (matrix.isPresent()) {
      // A copy by the library would also copy a write protection.
      try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
        Files.copy(matrix.get(), out);
      }
      files.put(name, entry(folder.resolve(name)));
    }
  }

  private static Entry entry(Path file) throws IOException {
    return new Entry(Files.size(file), Sha256.of(file));
  }

  /**
   * Reads a corpus, mapping its columns.
   *
   * @throws IOException if the folder is no corpus, or a file is missing, truncated or damaged; the
   *     message names it and says what to do
   */
  public static Corpus read(Path folder) throws IOException {
    Contents contents = manifest(folder);
    Map<String, MemorySegment> columns = new HashMap<>();
    for (Map.Entry<String, Entry> file : contents.files().entrySet()) {
      check(folder, file.getKey(), file.getValue());
      if (!file.getKey().endsWith(".npy")) {
        columns.put(file.getKey(), map(folder.resolve(file.getKey())));
      }
    }
    try {
      return assemble(folder, contents, columns);
    } catch (IllegalArgumentException e) {
      throw new IOException(broken(folder, e.getMessage()), e);
    }
  }

  private static Corpus assemble(
      Path folder, Contents contents, Map<String, MemorySegment> columns) {
    Columns.Source source =
        name -> {
          if (!columns.containsKey(name)) {
            throw new IllegalArgumentException("the manifest does not list " + name);
          }
          return columns.get(name);
        };
    boolean times = columns.containsKey("event-time.i64");
    boolean actions = columns.containsKey("event-action.i8");
    FeatureFiles features =
        new FeatureFiles(matrix(folder, contents, TEXT), matrix(folder, contents, IMAGE));
    return new Corpus(
        contents.corpus(),
        Catalog.read(source),
        Queries.read(source),
        Histories.read(source, times, actions),
        features);
  }

  private static Optional<Path> matrix(Path folder, Contents contents, String name) {
    return contents.files().containsKey(name)
        ? Optional.of(folder.resolve(name))
        : Optional.empty();
  }

  private static Contents manifest(Path folder) throws IOException {
    Path file = folder.resolve(MANIFEST);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "%s is no corpus folder: it has no %s; make one with ./seminar import"
              .formatted(folder, MANIFEST));
    }
    Contents contents;
    try {
      contents = JSON.readValue(file.toFile(), Contents.class);
    } catch (JsonProcessingException e) {
      throw new IOException(broken(folder, MANIFEST + " cannot be parsed"), e);
    }
    if (contents == null || !FORMAT.equals(contents.format())) {
      throw new IOException(broken(folder, MANIFEST + " does not say format " + FORMAT));
    }
    if (contents.corpus() == null || contents.files() == null) {
      throw new IOException(broken(folder, MANIFEST + " is incomplete"));
    }
    return contents;
  }

  private static void check(Path folder, String name, Entry expected) throws IOException {
    Path file = folder.resolve(name);
    if (!file.normalize().startsWith(folder.normalize()) || expected == null) {
      throw new IOException(broken(folder, MANIFEST + " lists a wrong file " + name));
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException(broken(folder, name + " is missing"));
    }
    long bytes = Files.size(file);
    if (bytes != expected.bytes()) {
      throw new IOException(
          broken(
              folder,
              "%s is %d bytes long, the manifest says %d: it is %s"
                  .formatted(
                      name,
                      bytes,
                      expected.bytes(),
                      bytes < expected.bytes() ? "truncated" : "changed")));
    }
    if (!Sha256.of(file).equals(expected.sha256())) {
      throw new IOException(broken(folder, name + " does not have the checksum of the manifest"));
    }
  }

  private static String broken(Path folder, String how) {
    return "%s: %s; import the corpus again".formatted(folder, how);
  }

  private static MemorySegment map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long bytes = channel.size();
      return bytes == 0
          ? MemorySegment.ofArray(new byte[0])
          : channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, Arena.ofAuto());
    }
  }
}
