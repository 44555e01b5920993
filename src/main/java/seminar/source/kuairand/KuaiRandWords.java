package seminar.source.kuairand;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import seminar.source.DataFolder;
import seminar.source.EventLog;
import seminar.source.MalformedLine;
import seminar.source.PlainText;
import seminar.source.SourceFiles;

/**
 * Captions and categories of videos, which the authors publish since January 2026 for all versions
 * at once: {@code kuairand_video_captions.csv} and {@code kuairand_video_categories.csv}, packed or
 * not, beside the logs or one folder above them.
 */
final class KuaiRandWords {
  private static final String CAPTIONS = "kuairand_video_captions.csv";
  private static final String CATEGORIES = "kuairand_video_categories.csv";
  private static final List<String> LEVELS = List.of("first", "second", "third", "fourth");
  private static final String UNKNOWN = "UNKNOWN";
  private static final String JOINT = ". ";

  private final BitSet videos = new BitSet();
  private final EventLog log;
  private long others;

  /** Words of no video yet. */
  KuaiRandWords(EventLog log) {
    this.log = log;
  }

  /** A video is of this version: rows of others are left out. */
  void know(long video) {
    if (video <= Integer.MAX_VALUE) {
      videos.set((int) video);
    }
  }

  /** Reads what there is; the number of rows that were left out. */
  long read(Path folder, SourceFiles files) throws IOException {
    Path captions = find(folder, CAPTIONS);
    Path categories = find(folder, CATEGORIES);
    if (captions != null || categories != null) {
      log.mergeDescriptions();
    }
    if (captions != null) {
      files.commas(
          captions, List.of("final_video_id", "caption", "show_cover_text"), this::caption);
    }
    if (categories != null) {
      List<String> columns = new ArrayList<>(List.of("final_video_id"));
      LEVELS.forEach(level -> columns.add(level + "_level_category_name"));
      files.commas(categories, columns, this::category);
    }
    return others;
  }

  private static Path find(Path folder, String name) {
    Path above = folder.toAbsolutePath().getParent();
    for (Path place : above == null ? List.of(folder) : List.of(folder, above)) {
      if (DataFolder.has(place.resolve(name))) {
        return place.resolve(name);
      }
    }
    return null;
  }

  private boolean isOther(long video) {
    boolean other = video > Integer.MAX_VALUE || !videos.get((int) video);
    others += other ? 1 : 0;
    return other;
  }

  private void caption(String[] fields) throws MalformedLine, IOException {
    long video = MalformedLine.whole("final_video_id", fields[0], 0);
    String caption = PlainText.optional(fields[1]).strip();
    String cover = PlainText.optional(fields[2]).strip();
    if (!isOther(video)) {
      String joint = caption.isEmpty() || cover.isEmpty() ? "" : JOINT;
      log.item(video, caption + joint + cover, List.of());
    }
  }

  private void category(String[] fields) throws MalformedLine, IOException {
    long video = MalformedLine.whole("final_video_id", fields[0], 0);
    List<String> categories = new ArrayList<>();
    for (int level = 1; level < fields.length; level++) {
      String name = PlainText.optional(fields[level]).strip();
      if (!name.isEmpty() && !name.equals(UNKNOWN)) {
        categories.add("category%d:%s".formatted(level, name.replaceAll("\\s+", " ")));
      }
    }
    if (!isOther(video)) {
      log.item(video, "", categories);
    }
  }
}
