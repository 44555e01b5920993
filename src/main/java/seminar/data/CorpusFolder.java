package seminar.data;

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
import java.util.regex.Pattern;
import seminar.data.FolderFiles.Entry;
import seminar.file.AtomicFiles;
import seminar.file.Sha256;

/**
 * A corpus as a folder: {@code manifest.json}, one file of little-endian values for each column,
 * {@code text.npy} and {@code image.npy} where feature matrices came with the corpus, {@code
 * negatives.bin} where test negatives did, and any companion columns, such as the truth of a
 * planted world.
 *
 * <p>Files end in what they hold: {@code .i8 .i32 .i64} whole numbers of that many bits, {@code
 * .f32} real numbers, {@code .utf8} text, {@code .offsets.i64} where each row of the column of the
 * same name begins. The manifest lists the length and SHA-256 of every file. Reading maps the
 * columns into memory, so a corpus may be larger than the heap; checksums are compared, and every
 * value is checked, when a file is new or has changed since they last were.
 */
public final class CorpusFolder {
  private static final String TEXT = "text.npy";
  private static final String IMAGE = "image.npy";
  private static final String NEGATIVES = "negatives.bin";
  private static final Pattern COMPANION =
      Pattern.compile("[a-z]+(-[a-z]+)*(\\.offsets)?\\.(i8|i32|i64|f32|utf8)");

  private CorpusFolder() {}

  /**
   * Writes a corpus. The folder is put in place only when everything is written; until then what
   * was there stays.
   *
   * @throws IOException if the folder exists and holds something other than a corpus
   */
  public static void write(Corpus corpus, Path folder) throws IOException {
    write(corpus, folder, Map.of());
  }

  /**
   * As {@link #write(Corpus, Path)}, with further columns beside those of the corpus; they are no
   * part of its hash.
   *
   * @param companions columns by the name of their file, such as {@code truth-intent.i32}
   * @throws IllegalArgumentException if a name is not of that form or is a column of the corpus
   */
  public static void write(Corpus corpus, Path folder, Map<String, MemorySegment> companions)
      throws IOException {
    for (String name : companions.keySet()) {
      if (!COMPANION.matcher(name).matches() || corpus.columns().containsKey(name)) {
        throw new IllegalArgumentException(
            "companion %s: words with hyphens and an ending such as .i32, no column of the corpus"
                .formatted(name));
      }
    }
    if (Files.exists(folder) && !isEmpty(folder) && !FolderFiles.isCorpus(folder)) {
      throw new IOException(
          folder + " holds something that is no corpus: choose another folder or empty it");
    }
    AtomicFiles.writeFolder(folder, temporary -> writeInto(corpus, companions, temporary));
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void writeInto(Corpus corpus, Map<String, MemorySegment> companions, Path folder)
      throws IOException {
    Map<String, MemorySegment> columns = new TreeMap<>(corpus.columns());
    columns.putAll(companions);
    Map<String, Entry> files = new TreeMap<>();
    for (Map.Entry<String, MemorySegment> column : columns.entrySet()) {
      writeColumn(folder.resolve(column.getKey()), column.getValue());
      files.put(column.getKey(), entry(folder.resolve(column.getKey())));
    }
    copy(corpus.features().text(), folder.resolve(TEXT), files);
    copy(corpus.features().image(), folder.resolve(IMAGE), files);
    if (corpus.negatives().isPresent()) {
      corpus.negatives().get().write(folder.resolve(NEGATIVES));
      files.put(NEGATIVES, entry(folder.resolve(NEGATIVES)));
    }
    FolderFiles.write(folder, corpus.manifest(), files);
    CheckedFiles memory = CheckedFiles.none(folder);
    for (Map.Entry<String, Entry> file : files.entrySet()) {
      memory.remember(folder.resolve(file.getKey()), file.getValue().sha256());
    }
    memory.rememberValues(FolderFiles.checksums(files));
    memory.write();
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

  private static void copy(Optional<Path> matrix, Path to, Map<String, Entry> files)
      throws IOException {
    if (matrix.isPresent()) {
      // A copy by the library would also copy a write protection.
      try (OutputStream out = Files.newOutputStream(to)) {
        Files.copy(matrix.get(), out);
      }
      files.put(to.getFileName().toString(), entry(to));
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
    FolderFiles contents = FolderFiles.read(folder);
    CheckedFiles memory = CheckedFiles.read(folder);
    Map<String, MemorySegment> columns = new HashMap<>();
    for (String name : contents.files().keySet()) {
      Path file = contents.whole(folder, name, memory);
      if (COMPANION.matcher(name).matches()) {
        columns.put(name, map(file));
      }
    }
    try {
      String checksums = FolderFiles.checksums(contents.files());
      boolean known = memory.knowsValues(checksums);
      Corpus corpus = assemble(folder, contents, columns, !known);
      corpus.hashIs(contents.hash(corpus.columns().keySet()));
      if (!known) {
        memory.rememberValues(checksums);
      }
      memory.write();
      return corpus;
    } catch (IllegalArgumentException e) {
      throw new IOException(FolderFiles.broken(folder, e.getMessage()), e);
    }
  }

  /**
   * Maps a companion column.
   *
   * @param name the name of its file
   * @throws IOException if the folder is no corpus or has no such column, or it is damaged
   */
  public static MemorySegment companion(Path folder, String name) throws IOException {
    FolderFiles contents = FolderFiles.read(folder);
    if (!contents.files().containsKey(name) || !COMPANION.matcher(name).matches()) {
      throw new IOException("%s: this corpus came without %s".formatted(folder, name));
    }
    return map(contents.whole(folder, name, CheckedFiles.read(folder)));
  }

  /**
   * Maps all columns that lie beside those of the corpus.
   *
   * @return columns by the name of their file, as {@link #write(Corpus, Path, Map)} takes them
   * @throws IOException if the folder is no corpus, or a column is damaged
   */
  public static Map<String, MemorySegment> companions(Path folder, Corpus corpus)
      throws IOException {
    FolderFiles contents = FolderFiles.read(folder);
    CheckedFiles memory = CheckedFiles.read(folder);
    Map<String, MemorySegment> companions = new TreeMap<>();
    for (String name : contents.files().keySet()) {
      if (COMPANION.matcher(name).matches() && !corpus.columns().containsKey(name)) {
        companions.put(name, map(contents.whole(folder, name, memory)));
      }
    }
    return companions;
  }

  private static Corpus assemble(
      Path folder, FolderFiles contents, Map<String, MemorySegment> columns, boolean check)
      throws IOException {
    Columns.Source source =
        name -> {
          if (!columns.containsKey(name)) {
            throw new IllegalArgumentException("the manifest does not list " + name);
          }
          return columns.get(name);
        };
    boolean times = columns.containsKey("event-time.i64");
    boolean actions = columns.containsKey("event-action.i8");
    boolean shown = columns.containsKey("exposure.offsets.i64");
    boolean shownTimes = columns.containsKey("exposure-time.i64");
    Optional<Path> negatives = listed(folder, contents, NEGATIVES);
    return new Corpus(
        contents.corpus(),
        Catalog.read(source),
        Queries.read(source),
        Histories.read(source, times, actions),
        shown ? Optional.of(Exposures.read(source, shownTimes)) : Optional.empty(),
        negatives.isPresent() ? Optional.of(Negatives.read(negatives.get())) : Optional.empty(),
        new FeatureFiles(listed(folder, contents, TEXT), listed(folder, contents, IMAGE)),
        check);
  }

  private static Optional<Path> listed(Path folder, FolderFiles contents, String name) {
    return contents.files().containsKey(name)
        ? Optional.of(folder.resolve(name))
        : Optional.empty();
  }

  private static MemorySegment map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long bytes = channel.size();
      return bytes == 0
          ? MemorySegment.ofArray(new long[0])
          : channel.map(FileChannel.MapMode.READ_ONLY, 0, bytes, Arena.ofAuto());
    }
  }
}
