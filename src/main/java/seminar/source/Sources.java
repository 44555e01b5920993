package seminar.source;

import java.util.List;
import java.util.Map;

/** The readers and writers there are, by name. */
public final class Sources {
  private Sources() {}

  /** Every reader with its usual options, in alphabetical order. */
  public static List<CorpusReader> all() {
    return List.of(
        new AmazonReader(AmazonReader.Options.defaults()),
        new JdSearchReader(JdSearchReader.Options.defaults()),
        new KuaiRandReader(KuaiRandReader.Options.defaults()),
        new KuaiSarReader(KuaiSarReader.Options.defaults()),
        new MovieLensReader(MovieLensReader.Options.defaults()),
        new S3RecReader(S3RecReader.Options.defaults()));
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
    return List.of(
        new AmazonWriter(), new KuaiSarWriter(), new MovieLensWriter(), new S3RecWriter());
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
