package seminar.source.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.data.Corpus;
import seminar.file.Progress;
import seminar.source.Sources;
import seminar.world.World;
import seminar.world.WorldOptions;

/** The planted world is the same corpus in whatever format it was written. */
class SameLogTest {
  private static final String ALL = "1";

  @TempDir private Path folder;

  private static Corpus world(long seed) {
    return World.of(WorldOptions.small().withUsers(20).withSeed(seed)).corpus();
  }

  private static Corpus read(String name, Path data, Map<String, String> settings)
      throws IOException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("minUserEvents", ALL);
    return Sources.byName(name, all).read(data, Progress.silent());
  }

  private Path written(Corpus corpus, String format) throws IOException {
    Path into = folder.resolve(format);
    Sources.writer(format).write(corpus, into, Progress.silent());
    return into;
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement run = connection.createStatement()) {
      run.execute(statement);
    }
  }

  private String table(Path tables, String name) {
    return "read_csv('%s', header = true, all_varchar = true)".formatted(tables.resolve(name));
  }

  /** Both tables as atomic files: attributes between blanks, times in seconds with a fraction. */
  private Path atomic(Path tables, boolean timed) throws SQLException, IOException {
    Path into = Files.createDirectories(folder.resolve("atomic"));
    String time =
        timed
            ? ", printf('%d.%03d', time_ms::BIGINT // 1000, time_ms::BIGINT % 1000)"
                + " AS \"timestamp:float\""
            : "";
    String label = timed ? ", clicked AS \"label:float\"" : "";
    String how = " TO '%s' (DELIMITER '\t', HEADER, QUOTE '')";
    sql(
        ("COPY (SELECT user_id AS \"user_id:token\", item_id AS \"item_id:token\", query AS"
                    + " \"query:token_seq\"%s%s FROM %s)")
                .formatted(time, label, table(tables, "events.csv"))
            + how.formatted(into.resolve("world.inter")));
    sql(
        ("COPY (SELECT item_id AS \"item_id:token\", text AS \"text:token_seq\","
                    + " array_to_string(from_json(attributes, '[\"VARCHAR\"]'), ' ') AS"
                    + " \"attributes:token_seq\" FROM %s)")
                .formatted(table(tables, "items.csv"))
            + how.formatted(into.resolve("world.item")));
    return into;
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void atomicFilesGiveTheHashOfTables(long seed) throws IOException, SQLException {
    Path tables = written(world(seed), "table");
    Corpus expected = read("table", tables, Map.of());
    Path atomic = atomic(tables, true);
    Corpus actual = read("recbole", atomic, Map.of("query", "query:token_seq"));
    assertTrue(actual.histories().hasTimes());
    assertEquals(expected.hash(), actual.hash());
  }

  /** S³-Rec has neither times nor texts nor what was shown: what it has is the same everywhere. */
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void whatS3RecHoldsIsTheSameInEveryFormat(long seed) throws IOException, SQLException {
    Corpus expected = read("s3rec", written(world(seed), "s3rec"), Map.of());
    Path tables = written(expected, "table");
    Map<String, String> plain = Map.of("exposures", "false");
    assertEquals(expected.hash(), read("table", tables, plain).hash());
    Path atomic = atomic(tables, false);
    Map<String, String> query = Map.of("exposures", "false", "query", "query:token_seq");
    assertEquals(expected.hash(), read("recbole", atomic, query).hash());
    for (String format : new String[] {"jsonl", "parquet"}) {
      Path into = Files.createDirectories(folder.resolve(format));
      for (String name : new String[] {"events", "items"}) {
        sql(
            "COPY (SELECT * FROM %s) TO '%s' (FORMAT %s)"
                .formatted(
                    table(tables, name + ".csv"),
                    into.resolve(name + "." + format),
                    format.equals("jsonl") ? "json" : format));
      }
      Map<String, String> columns = new HashMap<>(plain);
      columns.putAll(Map.of("user", "user_id", "item", "item_id", "query", "query"));
      columns.putAll(Map.of("items", "items." + format, "text", "text"));
      columns.put("attributes", "attributes");
      Path events = into.resolve("events." + format);
      assertEquals(expected.hash(), read("table", events, columns).hash(), format);
    }
  }
}
