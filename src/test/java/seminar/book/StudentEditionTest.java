package seminar.book;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What students get of a notebook. */
class StudentEditionTest {
  private static final String NOTEBOOK =
      """
      {"cells":[
        {"cell_type":"code","id":"a","metadata":{},"source":["int x = 1;"],"execution_count":1,
         "outputs":[{"output_type":"stream","name":"stdout","text":["kept"]}]},
        {"cell_type":"code","id":"b","metadata":{"tags":["exercise"]},"source":["// try\\n","x + 1"],
         "execution_count":2,"outputs":[{"output_type":"stream","name":"stdout","text":["told"]}]},
        {"cell_type":"code","id":"c","metadata":{"tags":["solution"]},"source":["secret()"],
         "execution_count":3,"outputs":[{"output_type":"stream","name":"stdout","text":["told"]}]},
        {"cell_type":"markdown","id":"d","metadata":{"tags":["solution"]},"source":["secret words"]}
      ],"metadata":{"kernelspec":{"name":"seminar-java"}},"nbformat":4,"nbformat_minor":5}
      """;

  @Test
  void solutionsAreEmptyAndOutputsOfExercisesGone(@TempDir Path folder) throws IOException {
    Path teacher = Files.createDirectory(folder.resolve("teacher"));
    Path student = folder.resolve("student");
    Files.writeString(teacher.resolve("n.ipynb"), NOTEBOOK);
    assertEquals(Map.of("n.ipynb", 3), StudentEdition.write(teacher, student));
    String copy = Files.readString(student.resolve("n.ipynb"));
    assertFalse(copy.contains("secret") || copy.contains("told"), copy);
    JsonNode root = StoredNotebook.json(student.resolve("n.ipynb"));
    assertEquals(4, root.path("cells").size());
    assertEquals("kept", StoredNotebook.text(root.at("/cells/0/outputs/0/text")));
    assertEquals("// try\nx + 1", StoredNotebook.text(root.at("/cells/1/source")));
    assertTrue(StoredNotebook.text(root.at("/cells/2/source")).startsWith("// Your turn"));
    assertTrue(root.at("/cells/2/execution_count").isNull());
    assertTrue(StoredNotebook.text(root.at("/cells/3/source")).contains("teacher's edition"));
    assertTrue(root.at("/cells/3/outputs").isMissingNode());
    assertEquals(NOTEBOOK, Files.readString(teacher.resolve("n.ipynb")));
    assertTrue(copy.startsWith("{\n \"cells\": [\n  {\n   \"cell_type\""), copy);
  }

  @Test
  void committedNotebooksKeepEveryCellAndAllThatIsNotTagged(@TempDir Path folder)
      throws IOException {
    Path source = Path.of("notebooks");
    Map<String, Integer> changed = StudentEdition.write(source, folder);
    assertEquals(StoredNotebook.in(source).size(), changed.size());
    for (Map.Entry<String, Integer> entry : changed.entrySet()) {
      Path before = source.resolve(entry.getKey());
      Path after = folder.resolve(entry.getKey());
      if (entry.getValue() == 0) {
        assertArrayEquals(Files.readAllBytes(before), Files.readAllBytes(after));
      } else {
        assertEquals(sameCells(before, after), entry.getValue(), entry.getKey());
      }
    }
  }

  /** How many cells have a tag; all others are checked to be the same. */
  private static int sameCells(Path before, Path after) throws IOException {
    JsonNode old = StoredNotebook.json(before).path("cells");
    JsonNode copy = StoredNotebook.json(after).path("cells");
    assertEquals(old.size(), copy.size());
    int tagged = 0;
    for (int i = 0; i < old.size(); i++) {
      String tags = old.get(i).path("metadata").path("tags").toString();
      if (tags.contains("\"solution\"") || tags.contains("\"exercise\"")) {
        tagged++;
        assertEquals(0, copy.get(i).path("outputs").size());
      } else {
        assertEquals(old.get(i), copy.get(i));
      }
    }
    return tagged;
  }

  @Test
  void theTeachersEditionIsNeverWrittenOver(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("n.ipynb"), NOTEBOOK);
    assertThrows(
        IllegalArgumentException.class, () -> StudentEdition.write(folder, folder.resolve(".")));
    assertEquals(NOTEBOOK, Files.readString(folder.resolve("n.ipynb")));
  }

  @Test
  void whatIsNoNotebookIsNamed(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("n.ipynb"), "{\"nbformat\": 3}");
    IOException e =
        assertThrows(
            IOException.class, () -> StudentEdition.write(folder, folder.resolve("student")));
    assertTrue(e.getMessage().contains("n.ipynb: is no notebook of format 4"), e.getMessage());
  }
}
