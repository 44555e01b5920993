package seminar.source.kuairand;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.file.Progress;
import seminar.source.CorpusReader;
import seminar.source.Corruption;
import seminar.source.Sources;

class KuaiRandReaderTest {
  private static final String HISTORY_HEAD =
      "user_id\thistory_len_total\tlast_time_ms\twatch_seq\tlong_watch_seq\tlike_seq\n";
  private static final String SHOWN_HEAD =
      "user_id\tvideo_id\ttime_ms\tis_click\tis_like\tis_follow\tlong_view\tplay_time_ms"
          + "\tduration_ms\ttab\tis_rand\n";
  private static final String VIDEOS =
      """
      video_id,author_id,video_type,upload_dt,upload_type,visible_status,video_duration,server_width,server_height,music_id,music_type,tag
      5,70,NORMAL,2022-04-10,LongImport,0.0,87433.0,720.0,1280.0,9155697141,9.0,"39,3"
      11,70.0,UNKNOWN,2022-04-10,UNKNOWN,0.0,,720.0,1280.0,0,,
      12,71,AD,2022-04-10,Web,0.0,,720.0,1280.0,4,9.0,3
      """;
  private static final String LOG_HEAD =
      "user_id,video_id,date,hourmin,time_ms,is_click,is_like,is_follow,is_comment,is_forward,"
          + "is_hate,long_view,play_time_ms,duration_ms,profile_stay_time,comment_stay_time,"
          + "is_profile_enter,is_rand,tab\n";

  @TempDir Path folder;

  private final CorpusReader reader = Sources.byName("kuairand");

  private void derived(String history, String shown) throws IOException {
    Files.write(folder.resolve("history.tsv.gz"), Corruption.packed(HISTORY_HEAD + history));
    Files.write(folder.resolve("val.tsv.gz"), Corruption.packed(SHOWN_HEAD + shown));
    Files.write(folder.resolve("video_features_basic_pure.csv.gz"), Corruption.packed(VIDEOS));
  }

  private static String shown(long user, long video, long time, int click) {
    return "%d\t%d\t%d\t%d\t0\t0\t0\t1033\t168241\t1\t0\n".formatted(user, video, time, click);
  }

  private static String line(long user, long video, long time, int click) {
    return "%d,%d,20220408,400,%d,%d,0,0,0,0,0,1,1033,168241,0,0,0,0,1\n"
        .formatted(user, video, time, click);
  }

  private Corpus tolerant() throws IOException {
    return reader.with("malformedShare", "0.9").read(folder, Progress.silent());
  }

  private String failure() {
    return assertThrows(IOException.class, () -> reader.read(folder, Progress.silent()))
        .getMessage();
  }

  private static String history(Corpus corpus, int user) {
    Histories histories = corpus.histories();
    StringBuilder text = new StringBuilder(histories.userId(user)).append(':');
    for (long event = histories.start(user); event < histories.start(user + 1); event++) {
      text.append(' ').append(corpus.catalog().originalId(histories.item(event)));
    }
    return text.toString();
  }

  private static String exposures(Corpus corpus, int user) {
    Exposures shown = corpus.exposures().orElseThrow();
    StringBuilder text = new StringBuilder();
    for (long e = shown.start(user); e < shown.start(user + 1); e++) {
      text.append(
          " %s/%b/%d@%d"
              .formatted(
                  corpus.catalog().originalId(shown.item(e)),
                  shown.clicked(e),
                  shown.position(e),
                  shown.time(e)));
    }
    return text.toString().trim();
  }

  @Test
  void exposuresComeAfterTheWholeHistory() throws IOException {
    derived(
        "10\t5\t900\t5 5 11\t5\t\n9\t1\t950\t5\t\t\n",
        shown(10, 12, 2000, 1) + shown(10, 5, 900, 0) + shown(77, 5, 1, 1) + shown(9, 5, 990, 0));
    Corpus corpus = reader.read(folder, Progress.silent());
    assertEquals("9: 5", history(corpus, 0));
    assertEquals("10: 5 5 11", history(corpus, 1));
    assertFalse(corpus.histories().hasTimes());
    assertEquals("5/false/1@990", exposures(corpus, 0));
    assertEquals("5/false/3@900 12/true/3@2000", exposures(corpus, 1));
    Map<String, Long> counts = corpus.manifest().counts();
    assertEquals(1L, counts.get("exposures of users without a history"));
    assertEquals(2L, counts.get("watched videos before those of the file"));
    assertEquals(0L, counts.get("malformed lines"));
    assertEquals(3, corpus.manifest().sources().size());
  }

  @Test
  void whatIsKnownOfAVideoIsItsAttributes() throws IOException {
    derived("10\t5\t900\t12 5 11\t\t\n", shown(10, 12, 2000, 1));
    Catalog catalog = reader.read(folder, Progress.silent()).catalog();
    assertEquals(
        List.of(
            "author:70",
            "music:9155697141",
            "tag:39",
            "tag:3",
            "video_type:NORMAL",
            "upload_type:LongImport"),
        Arrays.stream(catalog.attributes(1)).mapToObj(catalog::attributeName).toList());
    assertArrayEquals(
        new String[] {"author:70"},
        Arrays.stream(catalog.attributes(2)).mapToObj(catalog::attributeName).toArray());
    assertEquals("", catalog.text(1));
    assertEquals(Catalog.ABSENT, catalog.textRow(1));
    Catalog rare = reader.with("minAttributeCount", "2").read(folder, Progress.silent()).catalog();
    assertEquals(2, rare.attributeVocabulary());
  }

  @Test
  void malformedHistoriesAndExposuresAreNamed() throws IOException {
    derived(
        "10\t5\t900\t5 11\t\t\n10\t5\t900\t5\t\t\n11\t1\t900\t5 11\t\t\n12\t3\t-9\t5\t\t\n"
            + "13\t3\t9\t5 x\t\t\n14\t3\n",
        shown(10, 5, 899, 1)
            + shown(10, 5, 901, 2)
            + shown(10, 5, 901, 1)
            + "10\t99999999999999999999\t1\t1\t0\t0\t0\t1\t1\t1\t0\n");
    Corpus corpus = tolerant();
    assertEquals("10: 5 11", history(corpus, 0));
    assertEquals(
        List.of(
            "history.tsv.gz:3: user_id 10 has a line already",
            "history.tsv.gz:4: history_len_total is 1, less than the 2 of watch_seq",
            "history.tsv.gz:5: last_time_ms is -9, less than 1",
            "history.tsv.gz:6: watch_seq is 'x', not a whole number",
            "history.tsv.gz:7: 2 fields, not 6",
            "val.tsv.gz:2: time_ms is 899, before 900, the end of the history",
            "val.tsv.gz:3: is_click is 2, neither 0 nor 1",
            "val.tsv.gz:5: video_id is '99999999999999999999', not a whole number"),
        corpus.manifest().malformed());
    assertTrue(failure().contains("5 of 6 lines are malformed"), failure());
  }

  private void raw(Path place, String version, String early, String late, String random)
      throws IOException {
    Files.createDirectories(place);
    Files.writeString(
        place.resolve("log_standard_4_08_to_4_21_" + version + ".csv"), LOG_HEAD + early);
    Files.writeString(
        place.resolve("log_standard_4_22_to_5_08_" + version + "_part1.csv"), LOG_HEAD + late);
    Files.writeString(
        place.resolve("log_random_4_22_to_5_08_" + version + ".csv"), LOG_HEAD + random);
    Files.writeString(place.resolve("video_features_basic_" + version + ".csv"), VIDEOS);
  }

  @Test
  void clicksOfTheStandardLogAreTheHistory() throws IOException {
    raw(
        folder.resolve("data"),
        "1k",
        line(10, 5, 300, 1) + line(10, 11, 100, 0) + line(9, 5, 50, 0),
        line(10, 12, 400, 1),
        line(10, 11, 500, 1) + line(10, 5, 350, 0));
    Corpus corpus = reader.read(folder, Progress.silent());
    assertEquals("kuairand-1k", corpus.manifest().name());
    assertEquals(1, corpus.histories().users());
    assertEquals("10: 5 12", history(corpus, 0));
    assertEquals(400, corpus.histories().time(1));
    assertEquals(
        "11/false/0@100 5/true/0@300 5/false/1@350 12/true/1@400 11/true/2@500",
        exposures(corpus, 0));
    assertEquals(1L, corpus.manifest().counts().get("exposures of users without a history"));
    Corpus plain = reader.with("randomLog", "false").read(folder, Progress.silent());
    assertEquals(3, plain.exposures().orElseThrow().size());
    Corpus alone = reader.with("exposures", "false").read(folder, Progress.silent());
    assertTrue(alone.exposures().isEmpty());
    assertEquals(4L, alone.manifest().counts().get("exposures not kept"));
  }

  @Test
  void oneFolderHoldsOneVersion() throws IOException {
    raw(folder, "pure", line(1, 5, 1, 1), "", "");
    raw(folder, "27k", line(1, 5, 1, 1), "", "");
    assertTrue(failure().contains("several versions of KuaiRand, 27k, pure"), failure());
  }

  @Test
  void missingAndForeignFilesAreNamed() throws IOException {
    assertTrue(failure().contains("has neither history.tsv.gz nor log_standard"), failure());
    raw(folder, "pure", line(1, 5, 1, 1), "", "");
    Path videos = folder.resolve("video_features_basic_pure.csv");
    Files.delete(videos);
    assertTrue(failure().contains("video_features_basic_pure.csv is missing"), failure());
    Files.writeString(videos, "");
    assertTrue(failure().contains("is empty"), failure());
    Files.writeString(videos, VIDEOS.replace("author_id", "author"));
    assertTrue(failure().contains("author_id must be there once"), failure());
    Files.writeString(videos, VIDEOS.replace("upload_dt", "tag"));
    assertTrue(failure().contains("tag must be there once"), failure());
  }

  @Test
  void columnsMayStandInAnyOrder() throws IOException {
    raw(folder, "pure", "", "", "");
    Files.writeString(
        folder.resolve("log_standard_4_08_to_4_21_pure.csv"),
        "is_click,time_ms,more,video_id,user_id\n1.0,7,?,5.0,3\n");
    assertEquals("3: 5", history(reader.read(folder, Progress.silent()), 0));
  }

  @Test
  void aTruncatedArchiveIsNamed() throws IOException {
    derived("10\t5\t900\t5 11\t\t\n", shown(10, 5, 901, 1).repeat(50));
    Path file = folder.resolve("val.tsv.gz");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 12));
    assertTrue(failure().contains("val.tsv.gz is truncated"), failure());
  }

  @Test
  void historiesWithoutDatesCannotBeCutByThem() throws IOException {
    derived("10\t5\t900\t5 11\t\t\n", shown(10, 5, 901, 1));
    IOException e =
        assertThrows(
            IOException.class,
            () -> reader.with("from", "2022-04-08").read(folder, Progress.silent()));
    assertTrue(e.getMessage().contains("leave out the options from and to"), e.getMessage());
  }

  @Test
  void captionsAndCategoriesDescribeVideosOfAllVersions() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    for (int part = 1; part <= 2; part++) {
      Files.writeString(
          data.resolve("log_standard_4_08_to_4_21_27k_part%d.csv".formatted(part)),
          LOG_HEAD + line(1, 5, 1649408076123L + part, 1) + line(1, 11, 1649408079123L + part, 0));
    }
    Files.writeString(data.resolve("log_random_4_22_to_5_08_27k.csv"), LOG_HEAD);
    Files.writeString(data.resolve("video_features_basic_27k.csv"), VIDEOS);
    Corpus bare = reader.read(folder, Progress.silent());
    assertEquals("", bare.catalog().text(1));
    Files.writeString(
        folder.resolve("kuairand_video_captions.csv"),
        "final_video_id,caption,show_cover_text,duration\n"
            + "5,#王者荣耀妲己秀 刺客法,\"妲己打亚瑟, 六分投\",114500.0\n"
            + "11,NaN,NULL,\n6,#另一个,,5966.0\n");
    StringBuilder names = new StringBuilder("final_video_id");
    for (String level : List.of("first", "second", "third", "fourth")) {
      names.append(",%1$s_level_category_id,%1$s_level_category_name".formatted(level));
      names.append(",%s_level_category_prob".formatted(level));
    }
    Files.write(
        data.resolve("kuairand_video_categories.csv.gz"),
        Corruption.packed(
            names + "\n5,7.0,运动,0.9996,126.0,球类运动,1.0,1056.0,篮球,1.0,-124.0,UNKNOWN,0.0\n"));
    Corpus corpus = reader.read(folder, Progress.silent());
    assertEquals("#王者荣耀妲己秀 刺客法. 妲己打亚瑟, 六分投", corpus.catalog().text(1));
    List<String> attributes =
        Arrays.stream(corpus.catalog().attributes(1))
            .mapToObj(corpus.catalog()::attributeName)
            .toList();
    assertTrue(attributes.contains("author:70"), attributes.toString());
    assertEquals(
        List.of("category1:运动", "category2:球类运动", "category3:篮球"),
        attributes.stream().filter(name -> name.startsWith("category")).toList());
    assertEquals("", corpus.catalog().text(2));
    assertEquals(
        1L, corpus.manifest().counts().get("captions and categories of videos of other versions"));
    assertEquals("kuairand-27k", corpus.manifest().name());
    assertEquals(2, corpus.histories().events());
  }
}
