package seminar.source;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Function;
import java.util.stream.StreamSupport;

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
    CorpusReader reader = byName(name);
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      reader = reader.with(setting.getKey(), setting.getValue());
    }
    return reader;
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
