package seminar.source.layout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import seminar.math.Rng;
import seminar.source.Corruption;

/**
 * Small logs of people who do not exist, in the form in which each set is published: names of
 * files, line of names, quoting and types.
 */
public final class PublishedLogs {
  /** How many users a log has. */
  public static final int USERS = 12;

  private static final int ITEMS = 20;

  private final Path folder;
  private final SplittableRandom rng;

  private PublishedLogs(String name, Path folder) {
    this.folder = folder;
    rng = Rng.stream("published/" + name, 1);
  }

  /** The names of the readers whose logs it can write. */
  public static List<String> names() {
    return List.of(
        "amazon2023",
        "kuairec",
        "microlens",
        "mind",
        "pairs",
        "recbole",
        "taobao",
        "taobao-mm",
        "tenrec",
        "yambda");
  }

  /** Writes the log of one set into a new folder. */
  public static void write(String name, Path folder) throws IOException {
    PublishedLogs logs = new PublishedLogs(name, Files.createDirectories(folder));
    switch (name) {
      case "amazon2023" -> logs.amazon();
      case "kuairec" -> logs.kuaiRec();
      case "microlens" -> logs.microLens();
      case "mind" -> logs.mind();
      case "pairs" -> logs.pairs();
      case "recbole" -> logs.recBole();
      case "taobao" -> logs.taobao();
      case "taobao-mm" -> logs.taobaoMm();
      case "tenrec" -> logs.tenrec();
      case "yambda" -> logs.yambda();
      default -> throw new IllegalArgumentException("nothing is known of " + name);
    }
  }

  @FunctionalInterface
  private interface Event {
    String line(int user, int item, int number);
  }

  /** Lines of three to six events a user. */
  private List<String> events(Event event) {
    List<String> lines = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      int length = 3 + rng.nextInt(4);
      for (int i = 0; i < length; i++) {
        lines.add(event.line(user, rng.nextInt(ITEMS), lines.size()));
      }
    }
    return lines;
  }

  @FunctionalInterface
  private interface Item {
    String line(int item);
  }

  private static List<String> items(Item item) {
    return IntStream.range(0, ITEMS).mapToObj(item::line).toList();
  }

  private void lines(String file, String header, List<String> lines) throws IOException {
    String text = header + String.join("\n", lines) + "\n";
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, file.endsWith(".gz") ? Corruption.packed(bytes) : bytes);
  }

  private void parquet(String file, String columns, List<String> rows) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (" + columns + ")");
      statement.execute("INSERT INTO t VALUES " + String.join(", ", rows));
      statement.execute("COPY t TO '%s' (FORMAT parquet)".formatted(path));
    } catch (SQLException e) {
      throw new IOException(e);
    }
  }

  private void amazon() throws IOException {
    lines(
        "All_Beauty.jsonl.gz",
        "",
        events(
            (user, item, number) ->
                ("{\"rating\": %d.0, \"title\": \"Such a lovely scent\", \"text\": \"I'd call it"
                     + " \\\"floral\\\".<br />\", \"images\": [], \"asin\": \"B00YQ6X%03d\","
                     + " \"parent_asin\": \"B01CUPM%03d\", \"user_id\":"
                     + " \"AGKHLEW2SOWHNMFQIJGBECAF7%03d\", \"timestamp\": %d, \"helpful_vote\": 0,"
                     + " \"verified_purchase\": true}")
                    .formatted(
                        1 + number % 5, number, item, user, 1588687728923L + 1000L * number)));
    lines(
        "meta_All_Beauty.jsonl.gz",
        "",
        items(
            item ->
                ("{\"main_category\": \"All Beauty\", \"title\": \"Lotion %1$d\","
                     + " \"average_rating\": 4.8, \"rating_number\": 10, \"features\": [\"soft\"],"
                     + " \"description\": [], \"price\": null, \"images\": [{\"thumb\":"
                     + " \"https://m.media-amazon.com/images/I/%1$d.jpg\", \"large\":"
                     + " \"https://m.media-amazon.com/images/I/%1$d_.jpg\", \"variant\": \"MAIN\","
                     + " \"hi_res\": null}], \"videos\": [], \"store\": \"Howard Products\","
                     + " \"categories\": [], \"details\": {\"Brand\": \"Howard\"}, \"parent_asin\":"
                     + " \"B01CUPM%1$03d\", \"bought_together\": null}")
                    .formatted(item)));
  }

  private void recBole() throws IOException {
    lines(
        "ml-100k.inter",
        "user_id:token\titem_id:token\trating:float\ttimestamp:float\n",
        events(
            (user, item, number) ->
                "%d\t%d\t%d\t%d"
                    .formatted(1 + user, 1 + item, 1 + number % 5, 881250949 + number)));
    lines(
        "ml-100k.item",
        "item_id:token\tmovie_title:token_seq\trelease_year:token\tclass:token_seq\n",
        items(item -> "%d\tToy Story %d\t1995\tAnimation Children's".formatted(1 + item, item)));
    lines(
        "ml-100k.user",
        "user_id:token\tage:token\tgender:token\toccupation:token\tzip_code:token\n",
        List.of("1\t24\tM\ttechnician\t85711"));
  }

  private void kuaiRec() throws IOException {
    lines(
        "KuaiRec 2.0/data/big_matrix.csv",
        "user_id,video_id,play_duration,video_duration,time,date,timestamp,watch_ratio\n",
        events(
            (user, item, number) ->
                "%d,%d,13838,10867,2020-07-05 00:08:23.438,20200705,%d.438,%s"
                    .formatted(user, item, 1593878903 + number, 1.273397 + number % 3)));
    lines(
        "KuaiRec 2.0/data/kuairec_caption_category.csv",
        "video_id,manual_cover_text,caption,topic_tag,first_level_category_id,"
            + "first_level_category_name,second_level_category_id,second_level_category_name,"
            + "third_level_category_id,third_level_category_name\n",
        items(
            item ->
                item % 2 == 0
                    ? "%d,UNKNOWN,晚饭后，运动一下！,[],9,喜剧,727,搞笑互动,-124,UNKNOWN".formatted(item)
                    : "%d,五爱街,#搞笑 “真好”,\"[2020中高考加油,感谢]\",5,时尚,737,营销售卖,2596,女装".formatted(item)));
    lines(
        "KuaiRec 2.0/data/item_categories.csv",
        "video_id,feat\n",
        items(item -> "%d,\"[27, %d]\"".formatted(item, item % 9)));
    List<String> daily = new ArrayList<>();
    for (int day = 20200705; day < 20200708; day++) {
      int date = day;
      daily.addAll(
          items(
              item ->
                  "%d,%d,%d,NORMAL,2020-03-30,ShortImport,public,5966.0,720,1280,3350323409"
                      .formatted(item, date, 3309 + item)));
    }
    lines(
        "KuaiRec 2.0/data/item_daily_features.csv",
        "video_id,date,author_id,video_type,upload_dt,upload_type,visible_status,video_duration,"
            + "video_width,video_height,music_id\n",
        daily);
  }

  private void microLens() throws IOException {
    lines(
        "MicroLens-100k_pairs.csv",
        "user,item,timestamp\n",
        events(
            (user, item, number) ->
                "%d,%d,%d".formatted(1 + user, 1 + item, 1583378629552L + 1000L * number)));
    lines(
        "MicroLens-100k_title_en.csv",
        "\uFEFF",
        items(item -> "%d,\"Snow, %d times\"".formatted(1 + item, item)));
  }

  private void mind() throws IOException {
    for (String part : List.of("MINDsmall_train", "MINDsmall_dev")) {
      List<String> behaviors = new ArrayList<>();
      for (int user = 0; user < USERS; user++) {
        String history = user % 4 == 0 ? "" : "N%d N%d".formatted(100 + user, 101 + user);
        for (int i = 0; i < 2; i++) {
          behaviors.add(
              "%d\tU%d\t11/%d/2019 %d:05:58 %s\t%s\tN%d-1 N%d-0 N%d-0"
                  .formatted(
                      behaviors.size() + 1,
                      user,
                      part.endsWith("dev") ? 15 : 11 + i,
                      1 + rng.nextInt(12),
                      i == 0 ? "AM" : "PM",
                      history,
                      100 + rng.nextInt(ITEMS),
                      100 + rng.nextInt(ITEMS),
                      100 + rng.nextInt(ITEMS)));
        }
      }
      lines(part + "/behaviors.tsv", "", behaviors);
      lines(
          part + "/news.tsv",
          "",
          items(
              item ->
                  ("N%d\tlifestyle\tlifestyleroyals\tThe \"Brands\" %d\tShop the notebooks."
                          + "\thttps://assets.msn.com/labs/mind/AAGH0ET.html\t[{\"Label\": \"Prince"
                          + " Philip\", \"Type\": \"P\", \"WikidataId\": \"Q80976\"}]\t[]")
                      .formatted(100 + item, item)));
    }
  }

  private void pairs() throws IOException {
    lines("ml-1m.txt", "", events((user, item, n) -> "%d %d".formatted(1 + user, 1 + item)));
  }

  private void taobao() throws IOException {
    List<String> kinds = List.of("pv", "pv", "buy", "cart", "fav");
    lines(
        "UserBehavior.csv",
        "",
        events(
            (user, item, number) ->
                "%d,%d,%d,%s,%d"
                    .formatted(
                        1 + user,
                        2268318 + item,
                        2520377 + item % 3,
                        kinds.get(number % 5),
                        1511544070 + number)));
  }

  private void taobaoMm() throws IOException {
    List<String> histories = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      String items =
          IntStream.range(0, 3 + rng.nextInt(5))
              .mapToObj(i -> id(rng.nextInt(ITEMS)))
              .collect(Collectors.joining(", ", "[", "]"));
      histories.add(
          "(%d, 1, 2, 3, 4, 5, %s, %s)".formatted(-58759430334327705L + user, items, items));
    }
    parquet(
        "raw/train_user_features.parquet",
        "\"129_1\" BIGINT, \"130_1\" BIGINT, \"130_2\" BIGINT, \"130_3\" BIGINT, \"130_4\" BIGINT,"
            + " \"130_5\" BIGINT, \"150_2_180\" BIGINT[], \"151_2_180\" BIGINT[]",
        histories);
    parquet(
        "raw/item_features.parquet",
        "\"205\" BIGINT, \"206\" BIGINT, \"213\" BIGINT, \"214\" BIGINT",
        items(item -> "(%s, %d, 1, 2)".formatted(id(item), -7L * (item % 3))));
    parquet(
        "raw/scl_embedding_int8_p90.parquet",
        "\"205\" BIGINT, \"205_c\" TINYINT[]",
        items(item -> "(%s, [-60, %d, 61])".formatted(id(item), item)));
  }

  private static String id(int item) {
    return Long.toString((item % 2 == 0 ? -1 : 1) * (4611686018427387904L + item));
  }

  private void tenrec() throws IOException {
    lines(
        "QB-video.csv",
        "user_id,item_id,click,follow,like,share,video_category,watching_times,gender,age\n",
        events(
            (user, item, number) ->
                "%d,%d,%d,0,0,0,%s,1,1,4"
                    .formatted(
                        1 + user, 4 + item, number % 4 == 3 ? 0 : 1, item % 5 == 0 ? "\\N" : "1")));
  }

  private void yambda() throws IOException {
    parquet(
        "flat/50m/listens.parquet",
        "uid UINTEGER, timestamp UINTEGER, item_id UINTEGER, is_organic UTINYINT,"
            + " played_ratio_pct USMALLINT, track_length_seconds UINTEGER",
        events(
            (user, item, number) ->
                "(%d, %d, %d, 1, %d, 195)"
                    .formatted(100 + user, 5 * number, 22 + item, number % 4 == 3 ? 49 : 100)));
    parquet(
        "artist_item_mapping.parquet",
        "artist_id UINTEGER, item_id UINTEGER",
        IntStream.range(0, 2 * ITEMS)
            .mapToObj(row -> "(%d, %d)".formatted(row % 7, 22 + row % ITEMS))
            .toList());
    parquet(
        "album_item_mapping.parquet",
        "album_id UINTEGER, item_id UINTEGER",
        items(item -> "(%d, %d)".formatted(item % 3, 22 + item)));
    parquet(
        "embeddings.parquet",
        "item_id UINTEGER, embed DOUBLE[], normalized_embed DOUBLE[]",
        items(
            item ->
                item % 5 == 0
                    ? "(%d, [1.0, 2.0], [0.25, 0.5])".formatted(1000 + item)
                    : "(%d, [3.0, 4.0], [0.5, %s])".formatted(22 + item, item / 32.0)));
  }
}
