package seminar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.data.Corpus;
import seminar.data.Progress;
import seminar.math.Rng;

/** Damaged logs end in an error that says why, or in a corpus; in nothing else. */
class DamagedClickLogsTest {
  private static final int ROUNDS = 25;

  @TempDir Path folder;

  private static Map<String, String> logs(String reader) {
    Map<String, String> files = new LinkedHashMap<>();
    switch (reader) {
      case "kuairand" -> {
        files.put(
            "log_standard_4_08_to_4_21_pure.csv",
            "user_id,video_id,time_ms,is_click\n1,5,10,1\n1,6,20,0\n2,5,30,1\n1,5,40,1\n");
        files.put(
            "video_features_basic_pure.csv",
            "video_id,author_id,video_type,upload_type,music_id,tag\n"
                + "5,7,NORMAL,Web,8,\"1,2\"\n6,7,AD,Web,0,\n");
      }
      case "jdsearch" -> {
        files.put(
            "user_behavior_data.txt",
            String.join("\t", JdSearchUser.COLUMNS)
                + "\n1\u00182\t3_4\t0.0_1.0\t-1_9\t5_3\tCLICK_ORD\t0_7_8\n"
                + "1\t3_4\t0.0_1.0\t-1_9\t5_3\tCLICK_ORD\t0_7_8\n");
        files.put(
            "product_meta_data.txt",
            String.join("\t", JdSearchProducts.COLUMNS) + "\n3\t1\u00182\t1\t2\t3\t4\t5\t6\n");
      }
      default -> {
        files.put("ratings.csv", "userId,movieId,rating,timestamp\n1,5,4.0,10\n1,6,3.5,20\n");
        files.put("tags.csv", "userId,movieId,tag,timestamp\n1,5,\"a, b\",15\n2,5,old,15\n");
        files.put("movies.csv", "movieId,title,genres\n5,Five (1999),War|Crime\n6,Six,Drama\n");
      }
    }
    return files;
  }

  /** Bytes replaced, swapped or cut off, mostly after the names of the columns. */
  private static byte[] damaged(String text, SplittableRandom rng) {
    byte[] damaged = text.getBytes(StandardCharsets.UTF_8);
    int start = rng.nextInt(5) == 0 ? 0 : text.indexOf('\n') + 1;
    for (int flips = rng.nextInt(3); flips > 0; flips--) {
      damaged[rng.nextInt(start, damaged.length)] = (byte) rng.nextInt(256);
    }
    int from = rng.nextInt(start, damaged.length);
    int to = rng.nextInt(start, damaged.length);
    byte kept = damaged[from];
    damaged[from] = damaged[to];
    damaged[to] = kept;
    int length = rng.nextInt(3) > 0 ? damaged.length : rng.nextInt(start, damaged.length);
    return Arrays.copyOf(damaged, length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdsearch", "kuairand", "movielens"})
  void aDamagedLogGivesACorpusOrAReason(String name) throws IOException {
    SplittableRandom rng = Rng.stream("damaged/" + name, 1);
    CorpusReader reader =
        Sources.byName(name).with("minUserEvents", "1").with("malformedShare", "1");
    int read = 0;
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path place = Files.createDirectories(folder.resolve("round" + round));
      int hit = rng.nextInt(logs(name).size());
      for (Map.Entry<String, String> file : logs(name).entrySet()) {
        byte[] whole = file.getValue().getBytes(StandardCharsets.UTF_8);
        Files.write(
            place.resolve(file.getKey()), hit-- == 0 ? damaged(file.getValue(), rng) : whole);
      }
      try {
        Corpus corpus = reader.read(place, Progress.silent());
        assertTrue(corpus.histories().events() > 0);
        assertTrue(corpus.manifest().counts().containsKey("malformed lines"));
        read++;
      } catch (IOException e) {
        assertFalse(e.getMessage().isBlank());
        refused++;
      }
    }
    assertTrue(read > 0 && refused > 0, "%d read, %d refused".formatted(read, refused));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdsearch", "kuairand", "movielens"})
  void theUndamagedLogIsRead(String name) throws IOException {
    for (Map.Entry<String, String> file : logs(name).entrySet()) {
      Files.writeString(folder.resolve(file.getKey()), file.getValue());
    }
    Corpus corpus = Sources.byName(name).with("minUserEvents", "1").read(folder, Progress.silent());
    assertTrue(corpus.manifest().malformed().isEmpty());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(files.count(), corpus.manifest().sources().size(), "files that are read");
    }
  }
}
