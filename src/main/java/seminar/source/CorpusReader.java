package seminar.source;

import java.io.IOException;
import java.nio.file.Path;
import seminar.data.Corpus;
import seminar.data.Progress;

/** Reads the log of one public data set. */
public interface CorpusReader {
  /** The name by which the reader is asked for, such as {@code movielens}. */
  String name();

  /** In one sentence: which files it reads. */
  String description();

  /**
   * Reads the files of a folder.
   *
   * @throws IOException if a file is missing, truncated or has too many malformed lines; the
   *     message names it and says what to do
   */
  Corpus read(Path folder, Progress progress) throws IOException;
}
