package seminar.source.layout;

import java.io.IOException;
import java.util.List;
import seminar.source.table.Table;
import seminar.source.table.TableOptions;

/**
 * One public set whose files are tables.
 *
 * @param name of its reader
 * @param description in one sentence: which files it reads
 * @param logs what the names of logs match, without {@code .gz} or {@code .zst}, as {@link
 *     java.util.regex.Pattern} has it; the first that finds a file counts
 * @param parts whether several logs are parts of one; else there may be one
 * @param items what the names of files match that describe items, all of which count; empty where
 *     the log does it or nothing
 * @param vectors what the name of a file with vectors of items matches; empty where there is none
 * @param options what their columns mean; all can be set otherwise
 * @param told what the columns that are there say beyond that
 */
record Layout(
    String name,
    String description,
    List<String> logs,
    boolean parts,
    List<String> items,
    String vectors,
    TableOptions options,
    Told told) {
  /** What the files that are there say of the options. */
  @FunctionalInterface
  interface Told {
    /**
     * The options for these files.
     *
     * @param log the first log
     * @param items the files that describe items
     */
    TableOptions told(TableOptions options, Table log, List<Table> items) throws IOException;
  }

  /** A set whose files always have the same columns. */
  static Layout of(
      String name,
      String description,
      List<String> logs,
      boolean parts,
      List<String> items,
      TableOptions options) {
    return new Layout(
        name, description, logs, parts, items, "", options, (same, log, tables) -> same);
  }
}
