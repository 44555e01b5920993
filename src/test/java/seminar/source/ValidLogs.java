package seminar.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import seminar.data.Corpus;
import seminar.file.Progress;
import seminar.math.Rng;
import seminar.source.layout.PublishedLogs;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Small logs without a fault, in the format of each reader. */
final class ValidLogs {
  private static final int USERS = 12;

  private ValidLogs() {}

  /** Options with which nothing of such a log is left out. */
  static Map<String, String> options(String format) {
    return switch (format) {
      case "amazon" -> Map.of("minUserEvents", "1", "minItemEvents", "1");
      case "kuaisar" -> Map.of("exposures", "true");
      default -> Map.of();
    };
  }

  /** Writes a log into a new folder. */
  static void write(String format, Path folder) throws IOException {
    switch (format) {
      case "jdsearch" -> jdSearch(Files.createDirectories(folder));
      case "kuairand" -> kuaiRand(Files.createDirectories(folder));
      default -> {
        if (PublishedLogs.names().contains(format)) {
          PublishedLogs.write(format, folder);
        } else {
          Corpus world = World.of(WorldOptions.small().withUsers(USERS)).corpus();
          Sources.writer(format).write(world, folder, Progress.silent());
        }
      }
    }
  }

  private static void kuaiRand(Path folder) throws IOException {
    SplittableRandom rng = Rng.stream("valid/kuairand", 1);
    StringBuilder history =
        new StringBuilder("user_id\thistory_len_total\tlast_time_ms\twatch_seq\tlong_watch_seq")
            .append("\tlike_seq\n");
    StringBuilder shown =
        new StringBuilder("user_id\tvideo_id\ttime_ms\tis_click\tis_like\tis_follow\tlong_view")
            .append("\tplay_time_ms\tduration_ms\ttab\tis_rand\n");
    for (int user = 0; user < USERS; user++) {
      int length = 1 + rng.nextInt(9);
      String watched = joined(length, " ", rng, 40);
      history.append("%d\t%d\t9000\t%s\t%s\t\n".formatted(user, length, watched, watched));
      for (int i = 0; i < 6; i++) {
        int click = rng.nextInt(2);
        shown.append(
            "%d\t%d\t%d\t%d\t0\t0\t0\t10\t20\t1\t0\n"
                .formatted(user, rng.nextInt(40), 9000 + i, click));
      }
    }
    StringBuilder videos =
        new StringBuilder("video_id,author_id,video_type,upload_dt,upload_type,visible_status,")
            .append("video_duration,server_width,server_height,music_id,music_type,tag\n");
    for (int video = 0; video < 40; video++) {
      videos.append(
          "%d,%d,NORMAL,2022-04-10,Web,0.0,87433.0,720.0,1280.0,%d,9.0,\"%d,3\"\n"
              .formatted(video, 70 + video % 7, 100 + video % 5, video % 9));
    }
    write(folder.resolve("history.tsv.gz"), history);
    write(folder.resolve("val.tsv.gz"), shown);
    write(folder.resolve("video_features_basic_pure.csv.gz"), videos);
  }

  private static void jdSearch(Path folder) throws IOException {
    SplittableRandom rng = Rng.stream("valid/jdsearch", 1);
    StringBuilder users =
        new StringBuilder(
            "query\tcandidate_wid_list\tcandidate_label_list\thistory_qry_list"
                + "\thistory_wid_list\thistory_type_list\thistory_time_list\n");
    for (int user = 0; user < 2 * USERS; user++) {
      int length = 2 + rng.nextInt(6);
      users
          .append("12\u001832\t%s\t1.0_0.0_0.0\t".formatted(joined(3, "_", rng, 30)))
          .append(joined(length, "_", rng, 9).replace("4", "-1"))
          .append("\t%s\tORD".formatted(joined(length, "_", rng, 30)))
          .append("_CLICK".repeat(length - 1))
          .append("\t0_%s\n".formatted(joined(length, "_", rng, 5000)));
    }
    StringBuilder products =
        new StringBuilder(
            "wid\tname\tbrand_id\tcate_id_1\tcate_id_2\tcate_id_3\tcate_id_4\tshop_id\n");
    for (int product = 1; product <= 30; product++) {
      products.append("%d\t12\u0018%d\t1\t2\t3\t4\t5\t6\n".formatted(product, product));
    }
    write(folder.resolve("user_behavior_data.txt"), users);
    write(folder.resolve("product_meta_data.txt"), products);
  }

  private static String joined(int count, String by, SplittableRandom rng, int below) {
    return IntStream.range(0, count)
        .mapToObj(i -> Integer.toString(1 + rng.nextInt(below - 1)))
        .collect(Collectors.joining(by));
  }

  private static void write(Path file, StringBuilder text) throws IOException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    boolean packed = file.toString().endsWith(".gz");
    Files.write(file, packed ? Corruption.packed(bytes) : bytes);
  }
}
