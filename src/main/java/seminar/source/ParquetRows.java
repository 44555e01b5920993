package seminar.source;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The rows of a file of Parquet, read by the embedded database. A value is given as text: a time as
 * milliseconds since 1970 (UTC), a list or a structure as JSON, a null as nothing.
 */
public final class ParquetRows {
  private static final int REPORT_EVERY = 20_000;

  private final Path file;
  private final Map<String, String> types = new TreeMap<>();
  private final List<String> names = new ArrayList<>();

  private ParquetRows(Path file) {
    this.file = file;
  }

  /**
   * Opens a file and reads its columns.
   *
   * @throws IOException if it is missing, truncated, or no Parquet
   */
  public static ParquetRows of(Path file) throws IOException {
    SourceText.require(file);
    ParquetRows rows = new ParquetRows(file);
    try (Workbench bench = new Workbench();
        Workbench.Answer answer = bench.open("DESCRIBE SELECT * FROM " + rows.table())) {
      while (answer.rows().next()) {
        rows.names.add(answer.rows().getString(1));
        rows.types.put(answer.rows().getString(1), answer.rows().getString(2));
      }
      return rows;
    } catch (SQLException e) {
      throw rows.broken(e);
    }
  }

  /**
   * Writes a table of comma-separated values with a line of names as Parquet; the types of its
   * columns are those that all of its rows fit.
   *
   * @throws IOException if the one cannot be read or the other not be written
   */
  public static void write(Path commas, Path parquet) throws IOException {
    SourceText.require(commas);
    try (Workbench bench = new Workbench()) {
      bench.run(
          "COPY (FROM read_csv(%s, header = true, sample_size = -1)) TO %s (FORMAT parquet)"
              .formatted(quoted(commas), quoted(parquet)));
    }
  }

  private static String quoted(Path file) {
    return "'" + file.toString().replace("'", "''") + "'";
  }

  /** The names of the columns. */
  public List<String> columns() {
    return List.copyOf(names);
  }

  /**
   * Hears every row, in the order of the file.
   *
   * @param required columns that must be there
   * @param optional columns that may be; a missing one is empty in every row
   * @param row hears the required fields, then the optional ones; rows count from 1
   */
  public void read(
      SourceFiles files, List<String> required, List<String> optional, SourceFiles.NumberedRow row)
      throws IOException {
    Header header = Header.of(file, names.toArray(String[]::new), required, optional);
    String[] found = new String[names.size()];
    List<Integer> places =
        Arrays.stream(header.places()).filter(place -> place >= 0).boxed().distinct().toList();
    String select =
        places.stream().map(place -> value(names.get(place))).collect(Collectors.joining(", "));
    try (Workbench bench = new Workbench();
        Workbench.Answer count = bench.open("SELECT count(*) FROM " + table());
        Workbench.Answer answer =
            bench.open("SELECT %s FROM %s".formatted(select.isEmpty() ? "1" : select, table()))) {
      count.rows().next();
      long size = count.rows().getLong(1);
      ResultSet rows = answer.rows();
      for (long number = 1; rows.next(); number++) {
        for (int i = 0; i < places.size(); i++) {
          String text = rows.getString(i + 1);
          found[places.get(i)] = text == null ? "" : text;
        }
        long line = number;
        files.use(file, line, () -> row.accept(line, header.pick(found)));
        if (number % REPORT_EVERY == 0) {
          files.report(file, number, size);
        }
      }
      files.finish(file);
    } catch (SQLException e) {
      throw broken(e);
    }
  }

  private String table() {
    return "read_parquet(%s)".formatted(quoted(file));
  }

  private String value(String name) {
    String column = '"' + name.replace("\"", "\"\"") + '"';
    String type = types.get(name);
    if (type.startsWith("TIMESTAMP") || type.equals("DATE")) {
      return "epoch_ms(%s)".formatted(column);
    }
    boolean nested = type.endsWith("]") || type.startsWith("STRUCT") || type.startsWith("MAP");
    return nested ? "CAST(to_json(%s) AS VARCHAR)".formatted(column) : column;
  }

  private IOException broken(SQLException cause) {
    return new IOException(
        "%s is truncated or no Parquet file (%s): fetch it again"
            .formatted(file, cause.getMessage().lines().findFirst().orElse("")),
        cause);
  }
}
