package seminar.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import seminar.data.Corpus;
import seminar.file.Progress;

/**
 * Writes a corpus in the format of one public data set, as its reader of the same name reads it.
 *
 * <p>What is read back is the same corpus as far as the format can say it; each writer's Javadoc
 * says what it cannot. Reading and writing once more changes nothing at all.
 */
public interface CorpusWriter {
  /** The name of the format, the same as its reader's. */
  String name();

  /** In one sentence: which files it writes. */
  String description();

  /** Options of the reader of the same name with which nothing of a written corpus is lost. */
  Map<String, String> readerOptions();

  /**
   * Writes the files of the format into a folder, which is put in place when all are written.
   *
   * @throws IOException if they cannot be written; what was in the folder is then as before
   * @throws IllegalArgumentException if the format cannot hold the corpus; the message says why
   */
  void write(Corpus corpus, Path folder, Progress progress) throws IOException;
}
