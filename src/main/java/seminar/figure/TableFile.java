package seminar.figure;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seminar.file.AtomicFiles;
import seminar.file.Json;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A table as two files: {@code NAME.csv} for spreadsheets, {@code NAME.json} with its provenance.
 */
public final class TableFile {
  private TableFile() {}

  /**
   * Writes both; the folder is made where it is missing. A missing value is an empty cell in the
   * one and absent in the other.
   *
   * @param more what belongs to the table and is not in it, such as provenance, by name
   * @param name the name of both files without their ends
   * @throws IOException if a file cannot be written; the old one is then untouched
   */
  public static void write(Table table, Map<String, ?> more, Path folder, String name)
      throws IOException {
    Map<String, Object> twin = new LinkedHashMap<>();
    twin.put("table", table.name());
    twin.putAll(more);
    twin.put("rows", rows(table));
    Json.writePretty(folder.resolve(name + ".json"), twin);
    writeCsv(table, folder, name);
  }

  /**
   * Writes {@code NAME.csv} alone, for a table whose numbers have a JSON twin already.
   *
   * @throws IOException if the file cannot be written; the old one is then untouched
   */
  public static void writeCsv(Table table, Path folder, String name) throws IOException {
    StringWriter csv = new StringWriter();
    table.write().csv(csv);
    AtomicFiles.write(
        folder.resolve(name + ".csv"), csv.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** The rows as names beside values; what is missing is absent. */
  public static List<Map<String, Object>> rows(Table table) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Row row : table) {
      Map<String, Object> cells = new LinkedHashMap<>();
      for (Column<?> column : table.columns()) {
        if (!column.isMissing(row.getRowNumber())) {
          cells.put(column.name(), column.get(row.getRowNumber()));
        }
      }
      rows.add(cells);
    }
    return rows;
  }
}
