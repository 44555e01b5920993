package seminar.book;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import seminar.file.Json;

/**
 * A Jupyter notebook as it lies on the disk, with the outputs of its last run (nbformat 4).
 *
 * @param file where it lies
 * @param cells in order
 */
public record StoredNotebook(Path file, List<Cell> cells) {
  private static final int FORMAT = 4;

  /** Copies the list. */
  public StoredNotebook {
    cells = List.copyOf(cells);
  }

  /** What a cell is. */
  public enum Kind {
    /** Text in Markdown. */
    MARKDOWN,
    /** Java. */
    CODE,
    /** Shown as it stands. */
    RAW
  }

  /**
   * A cell.
   *
   * @param number from 1 on
   * @param source its text
   * @param outputs what it gave; none unless it is code
   */
  public record Cell(int number, Kind kind, String source, List<Output> outputs) {
    /** Copies the list. */
    public Cell {
      outputs = List.copyOf(outputs);
    }
  }

  /**
   * One output: the same thing in one or several forms.
   *
   * @param type stream, execute_result, display_data or error
   * @param forms text of each MIME type; pictures other than SVG are in Base64, specifications of
   *     charts in JSON
   */
  public record Output(String type, Map<String, String> forms) {
    /** Text of a MIME type, if the output has it. */
    public Optional<String> form(String mime) {
      return Optional.ofNullable(forms.get(mime));
    }
  }

  /**
   * Reads a notebook.
   *
   * @throws IOException if the file cannot be read or is no notebook of format 4
   */
  public static StoredNotebook read(Path file) throws IOException {
    JsonNode root = json(file);
    List<Cell> cells = new ArrayList<>();
    for (JsonNode cell : root.path("cells")) {
      cells.add(cell(cells.size() + 1, cell, file));
    }
    return new StoredNotebook(file, cells);
  }

  /** The notebooks of a folder by name. */
  static List<Path> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("%s: there is no such folder of notebooks".formatted(folder));
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
      if (found.isEmpty()) {
        throw new IOException("%s: holds no notebook (.ipynb)".formatted(folder));
      }
      return found;
    }
  }

  /** The whole file, checked to be a notebook. */
  static JsonNode json(Path file) throws IOException {
    JsonNode root = Json.tree(file, "this is no notebook");
    if (root.path("nbformat").asInt() != FORMAT || !root.path("cells").isArray()) {
      throw new IOException("%s: is no notebook of format %d".formatted(file, FORMAT));
    }
    return root;
  }

  private static Cell cell(int number, JsonNode cell, Path file) throws IOException {
    Kind kind =
        switch (cell.path("cell_type").asText()) {
          case "markdown" -> Kind.MARKDOWN;
          case "code" -> Kind.CODE;
          case "raw" -> Kind.RAW;
          default ->
              throw new IOException(
                  "%s: cell %d is of the unknown kind '%s'"
                      .formatted(file, number, cell.path("cell_type").asText()));
        };
    List<Output> outputs = cell.path("outputs").valueStream().map(StoredNotebook::output).toList();
    return new Cell(number, kind, text(cell.path("source")), outputs);
  }

  private static Output output(JsonNode output) {
    Map<String, String> forms = new LinkedHashMap<>();
    output.path("data").properties().forEach(e -> forms.put(e.getKey(), text(e.getValue())));
    if (output.has("text")) {
      forms.put("text/plain", text(output.path("text")));
    }
    if (output.has("ename")) {
      forms.put(
          "text/plain", output.path("ename").asText() + ": " + output.path("evalue").asText());
    }
    return new Output(output.path("output_type").asText(), forms);
  }

  /** A text, which may be stored as a list of its lines; what JSON stands for itself, as JSON. */
  static String text(JsonNode node) {
    if (node.isArray()) {
      return node.valueStream().map(JsonNode::asText).collect(Collectors.joining());
    }
    return node.isObject() ? node.toString() : node.asText();
  }

  /** The name of the file without its end. */
  public String name() {
    String name = file.getFileName().toString();
    return name.substring(0, name.length() - ".ipynb".length());
  }

  /** Its first heading of the first level, or its name where there is none. */
  public String title() {
    return cells.stream()
        .filter(cell -> cell.kind() == Kind.MARKDOWN)
        .flatMap(cell -> cell.source().lines())
        .filter(line -> line.startsWith("# "))
        .map(line -> line.substring(2).strip())
        .findFirst()
        .orElse(name());
  }
}
