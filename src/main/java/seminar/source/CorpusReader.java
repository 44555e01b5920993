package seminar.source;

import java.io.IOException;
import java.nio.file.Path;
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
   * Reads the files of a folder.
   *
   * @throws IOException if a file is missing, truncated or has too many malformed lines; the
   *     message names it and says what to do
   */
  Corpus read(Path folder, Progress progress) throws IOException;
}
