package seminar.source.kuairand;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.math.Checks;
import seminar.options.Spelled;
import seminar.options.Withers;
import seminar.source.DataFolder;
import seminar.source.EventLog;
import seminar.source.EventLog.Role;
import seminar.source.HistoryOptions;
import seminar.source.LogReader;
import seminar.source.MalformedLine;
import seminar.source.SourceFiles;
import seminar.source.TimeUnits;

/**
 * Reads KuaiRand, a log of short videos with real clicks and real non-clicks, in two layouts that
 * are recognised by the files that are there.
 *
 * <ul>
 *   <li>Histories with later exposures: {@code history.tsv.gz} has the latest watched videos of
 *       each user, oldest first and without times, {@code val.tsv.gz} what they were shown
 *       afterwards. A history is what was watched; every exposure comes after the whole of it.
 *   <li>The public layout of Pure, 1K and 27K, in the folder or in {@code data/} below it: {@code
 *       log_standard_*.csv}, where a click is an event of the history and every line an exposure,
 *       and {@code log_random_*.csv}, whose videos were drawn at random: an unbiased test, so they
 *       are exposures and no events.
 * </ul>
 *
 * <p>Videos come from {@code video_features_basic_*.csv}, packed or not: author, music, tags, kind
 * and way of upload are attributes. A music of 0 and a kind or way that is unknown are none. Where
 * {@code kuairand_video_captions.csv} and {@code kuairand_video_categories.csv} lie beside the logs
 * or above them, a caption and what is written on the cover are the text of a video, and up to four
 * levels of categories further attributes. Nobody types a query here, and a corpus holds no
 * features of users, so {@code user_features} are not read.
 *
 * <p>See:
 *
 * <pre>
 * C. Gao, S. Li, Y. Zhang, J. Chen, B. Li, W. Lei, P. Jiang, X. He. "KuaiRand: an unbiased
 * sequential recommendation dataset with randomly exposed videos". CIKM, 2022.</pre>
 */
public final class KuaiRandReader extends LogReader<KuaiRandReader.Options> {
  private static final String HISTORY = "history.tsv.gz";
  private static final String SHOWN = "val.tsv.gz";
  private static final List<String> LINE = List.of("user_id", "video_id", "time_ms", "is_click");

  /** With {@link Options#defaults}. */
  public KuaiRandReader() {
    this(Options.defaults());
  }

  /** A reader with these options. */
  public KuaiRandReader(Options options) {
    super("kuairand", EventLog.Ids.NUMBERS, options, options.histories(), KuaiRandReader::new);
  }

  /**
   * What is read.
   *
   * @param histories which histories are kept
   * @param randomLog whether exposures drawn at random are read, where the layout has them
   * @param minAttributeCount attributes of fewer videos are left out
   */
  @Withers
  public record Options(
      @Spelled(open = true) HistoryOptions histories, boolean randomLog, int minAttributeCount)
      implements KuaiRandReaderOptionsBuilder.With {
    /** Checks the count. */
    public Options {
      Checks.atLeast(1, "minAttributeCount", minAttributeCount);
    }

    /** All histories with all exposures: the log is there for what was shown and not taken. */
    public static Options defaults() {
      return new Options(HistoryOptions.ofAtLeast(1).withExposures(true), true, 1);
    }
  }

  @Override
  public String description() {
    return "KuaiRand: log_standard_*.csv, log_random_*.csv and video_features_basic_*.csv, or "
        + "%s and %s with the latter; also ".formatted(HISTORY, SHOWN)
        + "kuairand_video_captions.csv and kuairand_video_categories.csv";
  }

  @Override
  protected Corpus read(Path folder, SourceFiles files, EventLog log) throws IOException {
    if (DataFolder.has(folder.resolve(HISTORY))) {
      return histories(folder, files, log);
    }
    for (Path place : List.of(folder, folder.resolve("data"))) {
      KuaiRandFiles logs = KuaiRandFiles.of(place);
      if (!logs.standard().isEmpty()) {
        return logs(logs, files, log);
      }
    }
    throw new IOException(
        ("%s has neither %s nor log_standard_*.csv: give the folder into which KuaiRand was"
                + " unpacked%s")
            .formatted(folder, HISTORY, DataFolder.below(folder, KuaiRandReader::isLog)));
  }

  private static boolean isLog(String name) {
    return name.startsWith("log_standard_") || name.equals(DataFolder.unpacked(HISTORY));
  }

  private Corpus histories(Path folder, SourceFiles files, EventLog log) throws IOException {
    options.histories().needNoDates(folder.resolve(HISTORY));
    Map<Long, Long> ends = new HashMap<>();
    long[] earlier = new long[1];
    files.tabs(
        folder.resolve(HISTORY),
        List.of("user_id", "history_len_total", "last_time_ms", "watch_seq"),
        fields -> earlier[0] += history(fields, ends, log));
    files.tabs(folder.resolve(SHOWN), LINE, fields -> shown(fields, ends, log));
    long others = KuaiRandVideos.read(KuaiRandFiles.of(folder).features(), files, log);
    return assemble("kuairand-histories", false, files, log, earlier[0], others);
  }

  /** A line counts whole or not at all; the number of videos that the file leaves out. */
  private static long history(String[] fields, Map<Long, Long> ends, EventLog log)
      throws MalformedLine, IOException {
    long user = MalformedLine.whole("user_id", fields[0], 0);
    long total = MalformedLine.whole("history_len_total", fields[1], 0);
    long end =
        TimeUnits.MILLISECONDS.millis(
            "last_time_ms", MalformedLine.whole("last_time_ms", fields[2], 1));
    List<Long> videos = new ArrayList<>();
    for (String video : fields[3].isBlank() ? new String[0] : fields[3].trim().split(" +")) {
      videos.add(MalformedLine.whole("watch_seq", video, 0));
    }
    if (total < videos.size()) {
      throw new MalformedLine(
          "history_len_total is %d, less than the %d of watch_seq".formatted(total, videos.size()));
    }
    if (ends.putIfAbsent(user, end) != null) {
      throw new MalformedLine("user_id %d has a line already".formatted(user));
    }
    for (long video : videos) {
      log.event(user, video, 0, 0, Histories.BROWSE, Role.EVENT);
    }
    return total - videos.size();
  }

  private static void shown(String[] fields, Map<Long, Long> ends, EventLog log)
      throws MalformedLine, IOException {
    long user = MalformedLine.whole("user_id", fields[0], 0);
    long video = MalformedLine.whole("video_id", fields[1], 0);
    long time =
        TimeUnits.MILLISECONDS.millis("time_ms", MalformedLine.whole("time_ms", fields[2], 1));
    boolean click = click(fields[3]);
    long end = ends.getOrDefault(user, 0L);
    if (time < end) {
      throw new MalformedLine(
          "time_ms is %d, before %d, the end of the history".formatted(time, end));
    }
    log.event(user, video, 0, time, Histories.BROWSE, click ? Role.CLICKED : Role.PASSED);
  }

  private static boolean click(String text) throws MalformedLine {
    long click = MalformedLine.whole("is_click", text, 0);
    if (click > 1) {
      throw new MalformedLine("is_click is %d, neither 0 nor 1".formatted(click));
    }
    return click == 1;
  }

  private Corpus logs(KuaiRandFiles logs, SourceFiles files, EventLog log) throws IOException {
    for (Path file : logs.standard()) {
      files.commas(file, LINE, fields -> logged(fields, Role.TAKEN, log));
    }
    for (Path file : options.randomLog() ? logs.random() : List.<Path>of()) {
      files.commas(file, LINE, fields -> logged(fields, Role.CLICKED, log));
    }
    long others = KuaiRandVideos.read(logs.features(), files, log);
    return assemble("kuairand-" + logs.version(), true, files, log, 0, others);
  }

  private static void logged(String[] fields, Role taken, EventLog log)
      throws MalformedLine, IOException {
    long user = MalformedLine.whole("user_id", fields[0], 0);
    long video = MalformedLine.whole("video_id", fields[1], 0);
    long time = TimeUnits.MILLISECONDS.millis("time_ms", fields[2]);
    Role role = click(fields[3]) ? taken : Role.PASSED;
    log.event(user, video, 0, time, Histories.BROWSE, role);
  }

  private Corpus assemble(
      String name,
      boolean timedHistories,
      SourceFiles files,
      EventLog log,
      long earlier,
      long others)
      throws IOException {
    EventLog.Found found = log.read(timedHistories, true, files.progress());
    Catalog catalog = log.catalog(options.minAttributeCount());
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("watched videos before those of the file", earlier);
    counts.put("captions and categories of videos of other versions", others);
    counts.putAll(log.descriptions());
    return corpus(name, files, found, catalog, counts);
  }
}
