package seminar.source.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import seminar.file.Progress;
import seminar.source.DataFolder;
import seminar.source.JsonFiles;
import seminar.source.ParquetRows;
import seminar.source.Separation;
import seminar.source.SourceFiles;

/**
 * The rows of one file, whatever its format. A value is a text: empty where there is none, JSON
 * where it is a list.
 */
public sealed interface Table permits Table.Separated, Table.JsonLines, Table.Parquet, AtomicTable {
  /** So many rows say what the columns are. */
  int SAMPLE = 1000;

  /** The file. */
  Path file();

  /**
   * The names of the columns; of JSON lines those of the first {@value #SAMPLE}.
   *
   * @throws IOException if the file cannot be read
   */
  List<String> columns() throws IOException;

  /**
   * Hears every row, in the order of the file.
   *
   * @param required columns that must be there
   * @param row hears the fields of these columns
   * @throws IOException if a column is missing, naming those that are there, or the file is broken
   */
  void rows(SourceFiles files, List<String> required, SourceFiles.NumberedRow row)
      throws IOException;

  /** Formats of tables. */
  enum Format {
    /** As the name of the file ends. */
    AUTO,
    /** Lines of fields with something between them. */
    CSV,
    /** An object of JSON on each line. */
    JSON_LINES,
    /** Apache Parquet. */
    PARQUET,
    /**
     * Fields between tabs under names with their types, such as {@code item_id:token}: the atomic
     * files of RecBole. A column is known by its name alone; of a type such as {@code token_seq} it
     * holds lists, whose values stand between blanks.
     */
    ATOMIC
  }

  /**
   * A file as a table.
   *
   * @param delimiter between fields of a line; empty where the first line tells it
   * @param columns their names, where the file has no line of names; else empty
   * @throws IOException if the file cannot be read
   */
  static Table of(Path file, Format format, String delimiter, List<String> columns)
      throws IOException {
    return switch (format == Format.AUTO ? format(file) : format) {
      case PARQUET -> new Parquet(file, ParquetRows.of(file));
      case JSON_LINES -> new JsonLines(file);
      case ATOMIC -> new AtomicTable(file);
      default ->
          new Separated(
              file,
              delimiter.isEmpty()
                  ? Separation.told(file, columns)
                  : Separation.by(delimiter, columns));
    };
  }

  /** The format that the name of a file speaks of. */
  private static Format format(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    String bare = DataFolder.unpacked(name);
    if (bare.endsWith(".parquet") || bare.endsWith(".pq")) {
      return Format.PARQUET;
    }
    if (bare.endsWith(".inter") || bare.endsWith(".item") || bare.endsWith(".user")) {
      return Format.ATOMIC;
    }
    boolean json = bare.endsWith(".json") || bare.endsWith(".jsonl") || bare.endsWith(".ndjson");
    return json ? Format.JSON_LINES : Format.CSV;
  }

  /**
   * Whether there is a column of that name.
   *
   * @throws IOException if the file cannot be read
   */
  default boolean has(String column) throws IOException {
    return columns().contains(column);
  }

  /** The first rows of some columns, at most {@code most}; malformed ones are left out. */
  default List<String[]> head(List<String> columns, int most) throws IOException {
    List<String[]> head = new ArrayList<>();
    try {
      rows(
          new SourceFiles(Progress.silent(), 1),
          columns,
          (number, fields) -> {
            head.add(fields);
            if (head.size() == most) {
              throw new Enough();
            }
          });
    } catch (Enough e) {
      return head;
    }
    return head;
  }

  /** Nothing more needs to be read. */
  final class Enough extends IOException {
    private static final long serialVersionUID = 1;
  }

  /** Lines of fields. */
  record Separated(Path file, Separation how) implements Table {
    @Override
    public List<String> columns() throws IOException {
      return how.names(file);
    }

    @Override
    public void rows(SourceFiles files, List<String> required, SourceFiles.NumberedRow row)
        throws IOException {
      files.separated(file, how, required, List.of(), row);
    }
  }

  /** Objects of JSON, one on each line. A name with dots may reach into an object. */
  record JsonLines(Path file) implements Table {
    @Override
    public List<String> columns() throws IOException {
      Set<String> names = new LinkedHashSet<>();
      int[] lines = new int[1];
      try {
        JsonFiles.lines(
            new SourceFiles(Progress.silent(), 1),
            file,
            object -> {
              object.fieldNames().forEachRemaining(names::add);
              if (++lines[0] == SAMPLE) {
                throw new Enough();
              }
            });
      } catch (Enough e) {
        return List.copyOf(names);
      }
      return List.copyOf(names);
    }

    @Override
    public boolean has(String column) throws IOException {
      List<String> columns = columns();
      return columns.contains(column) || columns.contains(column.split("\\.", 2)[0]);
    }

    @Override
    public void rows(SourceFiles files, List<String> required, SourceFiles.NumberedRow row)
        throws IOException {
      Set<String> unmet = new HashSet<>(required);
      long[] lines = new long[1];
      JsonFiles.lines(
          files,
          file,
          object -> {
            String[] fields = new String[required.size()];
            for (int i = 0; i < fields.length; i++) {
              JsonNode value = value(object, required.get(i));
              fields[i] = text(value);
              if (!unmet.isEmpty() && !value.isMissingNode()) {
                unmet.remove(required.get(i));
              }
            }
            row.accept(++lines[0], fields);
          });
      if (!unmet.isEmpty()) {
        throw new IOException(
            "%s has the fields %s: no line has %s; is it another file?"
                .formatted(file, String.join(", ", columns()), String.join(", ", unmet)));
      }
    }

    private static JsonNode value(JsonNode object, String name) {
      JsonNode value = object.path(name);
      int dot = value.isMissingNode() ? name.indexOf('.') : -1;
      return dot < 0 ? value : value(object.path(name.substring(0, dot)), name.substring(dot + 1));
    }

    private static String text(JsonNode value) {
      if (value.isNull() || value.isMissingNode()) {
        return "";
      }
      return value.isValueNode() ? value.asText() : value.toString();
    }
  }

  /** Apache Parquet. */
  record Parquet(Path file, ParquetRows parquet) implements Table {
    @Override
    public List<String> columns() {
      return parquet.columns();
    }

    @Override
    public void rows(SourceFiles files, List<String> required, SourceFiles.NumberedRow row)
        throws IOException {
      parquet.read(files, required, List.of(), row);
    }
  }
}
