package seminar.book;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import seminar.file.AtomicFiles;
import seminar.file.Json;

/**
 * Copies of the notebooks for students. Cells with the tag {@code solution} are emptied but for a
 * sentence; cells with that tag or {@code exercise} lose their outputs. The notebooks themselves
 * are the teacher's edition and stay as they are.
 */
public final class StudentEdition {
  /** The tag of cells that are emptied. */
  public static final String SOLUTION = "solution";

  /** The tag of cells that the student runs: their outputs would tell the answer. */
  public static final String EXERCISE = "exercise";

  private static final String EMPTY_CODE =
      "// Your turn: the solution is in the teacher's edition.";
  private static final String EMPTY_TEXT = "*The solution is in the teacher's edition.*";

  private StudentEdition() {}

  /**
   * Writes the student edition.
   *
   * @param notebooks folder of the teacher's edition
   * @param folder where the copies go, under the same names
   * @return how many cells were emptied or lost outputs, by name of the notebook
   * @throws IOException if a notebook cannot be read or a copy not written
   * @throws IllegalArgumentException if the two folders are the same: nothing is written
   */
  public static Map<String, Integer> write(Path notebooks, Path folder) throws IOException {
    List<Path> files = StoredNotebook.in(notebooks);
    Files.createDirectories(folder);
    if (Files.isSameFile(notebooks, folder)) {
      throw new IllegalArgumentException(
          "%s holds the notebooks themselves: name another folder".formatted(folder));
    }
    Map<Path, byte[]> copies = new LinkedHashMap<>();
    Map<String, Integer> changed = new LinkedHashMap<>();
    for (Path file : files) {
      JsonNode notebook = StoredNotebook.json(file);
      int count = 0;
      for (JsonNode cell : notebook.path("cells")) {
        count += strip((ObjectNode) cell) ? 1 : 0;
      }
      copies.put(file.getFileName(), count == 0 ? Files.readAllBytes(file) : bytes(notebook));
      changed.put(file.getFileName().toString(), count);
    }
    for (Map.Entry<Path, byte[]> copy : copies.entrySet()) {
      AtomicFiles.write(folder.resolve(copy.getKey()), copy.getValue());
    }
    return changed;
  }

  /** Takes away what the student shall find; whether anything was tagged. */
  private static boolean strip(ObjectNode cell) {
    Set<String> tags = new HashSet<>();
    cell.path("metadata").path("tags").forEach(tag -> tags.add(tag.asText()));
    if (!tags.contains(SOLUTION) && !tags.contains(EXERCISE)) {
      return false;
    }
    boolean code = cell.path("cell_type").asText().equals("code");
    if (tags.contains(SOLUTION)) {
      cell.putArray("source").add(code ? EMPTY_CODE : EMPTY_TEXT);
    }
    if (code) {
      cell.putArray("outputs");
      cell.putNull("execution_count");
    }
    return true;
  }

  /** As Jupyter writes it: indented by one blank, a line feed at the end. */
  private static byte[] bytes(JsonNode notebook) throws IOException {
    DefaultIndenter lines = new DefaultIndenter(" ", "\n");
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(separators).withObjectIndenter(lines).withArrayIndenter(lines);
    return (Json.writer().with(printer).writeValueAsString(notebook) + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
