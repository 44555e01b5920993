package seminar.source.kuairand;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import seminar.source.EventLog;
import seminar.source.MalformedLine;
import seminar.source.PlainText;
import seminar.source.SourceFiles;

/** What the files say of videos. */
final class KuaiRandVideos {
  private static final List<String> VIDEO =
      List.of("video_id", "author_id", "video_type", "upload_type", "music_id", "tag");
  private static final String UNKNOWN = "UNKNOWN";

  private KuaiRandVideos() {}

  /** The number of rows of words that are of no video of this version. */
  static long read(Path file, SourceFiles files, EventLog log) throws IOException {
    KuaiRandWords words = new KuaiRandWords(log);
    files.commas(
        file,
        VIDEO,
        fields -> {
          long video = MalformedLine.whole("video_id", fields[0], 0);
          log.item(video, "", attributes(fields));
          words.know(video);
        });
    return words.read(file.toAbsolutePath().getParent(), files);
  }

  private static List<String> attributes(String[] fields) throws MalformedLine {
    Arrays.setAll(fields, i -> PlainText.optional(fields[i]));
    List<String> attributes = new ArrayList<>();
    if (!fields[1].isEmpty()) {
      attributes.add("author:" + MalformedLine.whole("author_id", fields[1], 0));
    }
    if (!fields[4].isEmpty() && MalformedLine.whole("music_id", fields[4], 0) > 0) {
      attributes.add("music:" + MalformedLine.whole("music_id", fields[4], 0));
    }
    for (String tag : fields[5].isEmpty() ? new String[0] : fields[5].split(",", -1)) {
      attributes.add("tag:" + MalformedLine.whole("tag", tag, 0));
    }
    word("video_type", fields[2], attributes);
    word("upload_type", fields[3], attributes);
    return attributes;
  }

  private static void word(String name, String value, List<String> attributes)
      throws MalformedLine {
    if (value.indexOf('\n') >= 0) {
      throw new MalformedLine("%s is '%s', not a word".formatted(name, value));
    }
    if (!value.isEmpty() && !value.equals(UNKNOWN)) {
      attributes.add(name + ":" + value);
    }
  }
}
