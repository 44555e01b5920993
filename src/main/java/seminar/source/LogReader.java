package seminar.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.FeatureFiles;
import seminar.data.Histories;
import seminar.data.Manifest;
import seminar.data.Negatives;
import seminar.file.Progress;
import seminar.options.OptionPaths;

/**
 * A reader whose options are a record, and what all of them do alike: options by their paths, one
 * tally of lines and one log of events for a run, and a manifest that says where everything comes
 * from. What is left to each is what its files mean.
 *
 * @param <O> its options
 */
public abstract class LogReader<O extends Record> implements CorpusReader {
  private static final String VERSION = "/1";

  /** What is read. */
  protected final O options;

  private final String name;
  private final EventLog.Ids ids;
  private final HistoryOptions histories;
  private final Function<O, CorpusReader> other;

  /**
   * A reader of that name.
   *
   * @param ids what the ids of users and items are in its files
   * @param histories those of its options that say which events and histories are kept
   * @param other makes the reader of other options
   */
  protected LogReader(
      String name,
      EventLog.Ids ids,
      O options,
      HistoryOptions histories,
      Function<O, CorpusReader> other) {
    this.name = name;
    this.ids = ids;
    this.options = options;
    this.histories = histories;
    this.other = other;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final Map<String, String> options() {
    return OptionPaths.describe(options);
  }

  @Override
  public final CorpusReader with(String option, String value) {
    return with(Map.of(option, value));
  }

  @Override
  public final CorpusReader with(Map<String, String> settings) {
    return other.apply(OptionPaths.set(options, settings));
  }

  @Override
  public final Corpus read(Path data, Progress progress) throws IOException {
    return read(List.of(data), progress);
  }

  @Override
  public Corpus read(List<Path> data, Progress progress) throws IOException {
    SourceFiles files = new SourceFiles(progress, histories.malformedShare());
    try (EventLog log = new EventLog(ids, histories)) {
      return read(data, files, log);
    } catch (HistoryStream.NoHistory e) {
      throw new IOException(e.getMessage() + "; " + files.tally().inWords(), e);
    }
  }

  /** Reads one folder; readers of several files say so. */
  protected Corpus read(List<Path> data, SourceFiles files, EventLog log) throws IOException {
    return read(CorpusReader.one(name, data), files, log);
  }

  /**
   * Reads the files of a folder.
   *
   * @param files opens them and counts their lines
   * @param log empty; it gives the histories back
   */
  protected abstract Corpus read(Path folder, SourceFiles files, EventLog log) throws IOException;

  /** Whether times are those of a calendar; else they count from some other beginning. */
  protected boolean dated() {
    return true;
  }

  private long early(Histories histories) {
    long early = 0;
    for (long event = 0; dated() && histories.hasTimes() && event < histories.events(); event++) {
      early += TimeUnits.isEarly(histories.time(event)) ? 1 : 0;
    }
    return early;
  }

  /** A corpus without ready-made features and negatives. */
  protected final Corpus corpus(
      String corpus,
      SourceFiles files,
      EventLog.Found found,
      Catalog catalog,
      Map<String, Long> more) {
    return corpus(corpus, files, found, catalog, more, FeatureFiles.none(), Optional.empty());
  }

  /**
   * Puts together what was found.
   *
   * @param corpus what it is called
   * @param more counts of the reader, beside those of lines and histories
   */
  protected final Corpus corpus(
      String corpus,
      SourceFiles files,
      EventLog.Found found,
      Catalog catalog,
      Map<String, Long> more,
      FeatureFiles features,
      Optional<Negatives> negatives) {
    LineTally tally = files.tally();
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("lines", tally.lines());
    counts.put("malformed lines", tally.malformed());
    counts.put("files read as ISO-8859-1", files.latin());
    counts.putAll(found.counts());
    counts.put("events dated before 1990", early(found.histories()));
    counts.putAll(more);
    counts.values().removeIf(count -> count == 0);
    counts.putIfAbsent("malformed lines", tally.malformed());
    Manifest manifest =
        new Manifest(corpus, name + VERSION, options(), counts, files.hashes(), tally.first());
    return new Corpus(
        manifest.withSizes(catalog, found.queries(), found.histories()),
        catalog,
        found.queries(),
        found.histories(),
        found.exposures(),
        negatives,
        features);
  }
}
