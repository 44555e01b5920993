package seminar.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.file.Progress;

/**
 * The readers and writers there are, by name: every class that a file of {@code META-INF/services}
 * on the class path names for {@link CorpusReader} or {@link CorpusWriter}, so that a format of
 * one's own stands beside those of Seminar.
 */
public final class Sources {
  private Sources() {}

  /** Every reader with its usual options, in alphabetical order. */
  public static List<CorpusReader> all() {
    return named(CorpusReader.class, CorpusReader::name);
  }

  /** The names of all readers. */
  public static List<String> names() {
    return all().stream().map(CorpusReader::name).toList();
  }

  /**
   * The reader of that name, with its usual options.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static CorpusReader byName(String name) {
    return all().stream()
        .filter(reader -> reader.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no source is called %s: there is %s"
                        .formatted(name, String.join(", ", names()))));
  }

  /**
   * The reader of that name with some options set.
   *
   * @param settings value of each option, by name
   * @throws IllegalArgumentException if there is no such reader or option, or a value is out of
   *     bounds
   */
  public static CorpusReader byName(String name, Map<String, String> settings) {
    return byName(name).with(settings);
  }

  /**
   * A corpus by the name of a reader, or by the folder of one that was prepared.
   *
   * @param corpus name of a reader, or a folder
   * @param data the files of a reader; {@code null} for a folder, which has none
   * @param settings value of each option of a reader, by name
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if there is no such reader, folder or option, or a folder is
   *     given data or options
   */
  public static Corpus read(
      String corpus, Path data, Map<String, String> settings, Progress progress)
      throws IOException {
    if (!isPrepared(corpus)) {
      return byName(corpus, settings).read(data, progress);
    }
    if (data != null || !settings.isEmpty()) {
      throw new IllegalArgumentException(
          "%s is a corpus that was prepared: it takes neither data nor options of a reader, %s"
              .formatted(corpus, settings.keySet()));
    }
    return CorpusFolder.read(Path.of(corpus));
  }

  /** Whether a name is no reader's and that of a folder. */
  public static boolean isPrepared(String corpus) {
    return !names().contains(corpus) && Files.isDirectory(Path.of(corpus));
  }

  /** Every writer, in alphabetical order. */
  public static List<CorpusWriter> writers() {
    return named(CorpusWriter.class, CorpusWriter::name);
  }

  private static <T> List<T> named(Class<T> service, Function<T, String> name) {
    ServiceLoader<T> found = ServiceLoader.load(service, Sources.class.getClassLoader());
    return StreamSupport.stream(found.spliterator(), false)
        .sorted(Comparator.comparing(name))
        .toList();
  }

  /**
   * The writer of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the names
   */
  public static CorpusWriter writer(String name) {
    return writers().stream()
        .filter(writer -> writer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no format is called %s: there is %s"
                        .formatted(
                            name,
                            String.join(
                                ", ", writers().stream().map(CorpusWriter::name).toList()))));
  }
}
