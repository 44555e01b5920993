package seminar.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import seminar.data.Corpus;
import seminar.file.Progress;

/** Reads the log of one public data set. Immutable. */
public interface CorpusReader {
  /** The name by which the reader is asked for, such as {@code movielens}. */
  String name();

  /** In one sentence: which files it reads. */
  String description();

  /** Its options and their values, by name. */
  Map<String, String> options();

  /**
   * The same reader with another value of an option.
   *
   * @param option one of {@link #options}
   * @param value a number, {@code true} or {@code false}, one of a list of words, or for a time a
   *     day such as {@code 2023-05-22}
   * @throws IllegalArgumentException if there is no such option or the value is out of bounds
   */
  CorpusReader with(String option, String value);

  /**
   * The same reader with other values of some options, which are changed at once where they need to
   * fit each other.
   *
   * @throws IllegalArgumentException as {@link #with(String, String)}
   */
  default CorpusReader with(Map<String, String> settings) {
    CorpusReader reader = this;
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      reader = reader.with(setting.getKey(), setting.getValue());
    }
    return reader;
  }

  /**
   * Reads the files of a folder.
   *
   * @throws IOException if a file is missing, truncated or has too many malformed lines; the
   *     message names it and says what to do
   */
  Corpus read(Path folder, Progress progress) throws IOException;

  /**
   * Reads a log of several files or folders, where the reader takes more than one.
   *
   * @throws IOException as {@link #read(Path, Progress)}, and if there are more than it takes
   */
  default Corpus read(List<Path> data, Progress progress) throws IOException {
    return read(one(name(), data), progress);
  }

  /** The only one there may be. */
  static Path one(String name, List<Path> data) throws IOException {
    if (data.size() != 1) {
      throw new IOException(
          "%d places are given and %s reads one folder: give the one into which the data set was"
              + " unpacked".formatted(data.size(), name));
    }
    return data.getFirst();
  }
}
