package seminar.source.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.data.Corpus;
import seminar.file.Progress;
import seminar.source.SameCorpus;
import seminar.source.Sources;
import seminar.world.World;
import seminar.world.WorldOptions;

/** The same log is the same corpus, whatever the format of its files. */
class SameTableTest {
  private static final Map<String, String> COLUMNS =
      Map.ofEntries(
          Map.entry("user", "user_id"),
          Map.entry("item", "item_id"),
          Map.entry("query", "query"),
          Map.entry("time", "time_ms"),
          Map.entry("clicked", "clicked"),
          Map.entry("text", "text"),
          Map.entry("attributes", "attributes"),
          Map.entry("minUserEvents", "1"));

  @TempDir private Path folder;
  private Path written;

  @BeforeEach
  void writeTables() throws IOException {
    written = folder.resolve("written");
    Corpus world = World.of(WorldOptions.small().withUsers(25).withSeed(11)).corpus();
    Sources.writer("table").write(world, written, Progress.silent());
  }

  private static Corpus read(Path data, Map<String, String> settings) throws IOException {
    return Sources.byName("table", settings).read(data, Progress.silent());
  }

  private Corpus asWritten() throws IOException {
    return read(written, Map.of("minUserEvents", "1"));
  }

  @Test
  void whatIsWrittenIsReadBackWithoutAWordAboutItsColumns() throws IOException {
    Corpus world = World.of(WorldOptions.small().withUsers(25).withSeed(11)).corpus();
    SameCorpus.inAll().check(world, asWritten());
  }

  /** Each statement of the database makes both tables in another format. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "csv (FORMAT csv, HEADER)",
        "csv.gz (FORMAT csv, HEADER)",
        "csv.zst (FORMAT csv, HEADER, COMPRESSION zstd)",
        "csv (FORMAT csv, HEADER, DELIMITER ';')",
        "csv (FORMAT csv, HEADER, DELIMITER '|', FORCE_QUOTE *)",
        "jsonl (FORMAT json)",
        "jsonl.gz (FORMAT json, COMPRESSION gzip)",
        "json.zst (FORMAT json, COMPRESSION zstd)",
        "parquet (FORMAT parquet)",
        "parquet (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 2048)"
      })
  void everyFormatGivesTheSameHash(String format) throws IOException, SQLException {
    String end = format.split(" ", 2)[0];
    Path events = folder.resolve("log." + end);
    Path items = folder.resolve("goods." + end);
    copy("events.csv", "*", events, format.split(" ", 2)[1]);
    copy("items.csv", "*", items, format.split(" ", 2)[1]);
    Map<String, String> settings = new HashMap<>(COLUMNS);
    settings.put("items", items.toString());
    assertEquals(asWritten().hash(), read(events, settings).hash());
  }

  /**
   * Lists as Parquet has them, times as timestamps, truth as booleans, and a part for each user.
   */
  @Test
  void typedColumnsAndPartsGiveTheSameHash() throws IOException, SQLException {
    Path parts = folder.resolve("parts");
    copy(
        "events.csv",
        "user_id, item_id, query, clicked = 1 AS clicked, make_timestamp_ms(time_ms) AS time_ms",
        parts,
        "(FORMAT parquet, PARTITION_BY (user_id), WRITE_PARTITION_COLUMNS)");
    Path items = folder.resolve("goods.parquet");
    copy(
        "items.csv",
        "item_id, text, CAST(from_json(attributes, '[\"VARCHAR\"]') AS VARCHAR[]) AS attributes",
        items,
        "(FORMAT parquet)");
    Map<String, String> settings = new HashMap<>(COLUMNS);
    settings.put("items", items.toString());
    assertEquals(asWritten().hash(), read(parts, settings).hash());
    assertEquals(asWritten().hash(), read(folder.resolve("parts/**.parquet"), settings).hash());
  }

  /** One row a user, with a list for each column. */
  @ParameterizedTest
  @ValueSource(strings = {"parquet", "jsonl"})
  void aRowForEachHistoryGivesTheSameHash(String end) throws IOException, SQLException {
    Path events = folder.resolve("sequences." + end);
    copy(
        "events.csv",
        "user_id, list(item_id) AS item_id, list(query) AS query, list(time_ms) AS time_ms, "
            + "list(clicked) AS clicked",
        events,
        end.equals("jsonl") ? "(FORMAT json)" : "(FORMAT parquet)",
        " GROUP BY user_id");
    Map<String, String> settings = new HashMap<>(COLUMNS);
    settings.put("items", written.resolve("items.csv").toString());
    assertEquals(asWritten().hash(), read(events, settings).hash());
  }

  private void copy(String table, String columns, Path to, String how) throws SQLException {
    copy(table, columns, to, how, "");
  }

  private void copy(String table, String columns, Path to, String how, String more)
      throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT %s FROM read_csv('%s', header = true)%s) TO '%s' %s"
              .formatted(columns, written.resolve(table), more, to, how));
    }
  }

  /** The names of users are no numbers, or numbers that a computer would not write so. */
  @ParameterizedTest
  @ValueSource(strings = {"'u' || user_id", "'00' || user_id"})
  void idsThatAreNoNumbersAreTexts(String user) throws IOException, SQLException {
    Path events = folder.resolve("log.csv");
    copy("events.csv", "* REPLACE (%s AS user_id)".formatted(user), events, "(HEADER)");
    Map<String, String> settings = new HashMap<>(COLUMNS);
    settings.put("items", written.resolve("items.csv").toString());
    Corpus texts = read(events, settings);
    List<String> ids =
        java.util.stream.IntStream.range(0, texts.histories().users())
            .mapToObj(texts.histories()::userId)
            .toList();
    assertEquals(ids.stream().sorted().toList(), ids);
    assertEquals(asWritten().histories().events(), texts.histories().events());
    assertEquals("TEXTS", texts.manifest().options().get("ids"));
    Files.delete(events);
  }
}
