package seminar.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
  @TempDir Path folder;

  @Test
  void fieldsAreQuotedWhereTheyMustBe() throws IOException {
    Path file = folder.resolve("a.csv");
    try (CsvFile csv = CsvFile.commas(file, List.of("id", "name"))) {
      csv.row("1", "plain words");
      csv.row("2", "a, \"b\"");
      csv.row("3", " edge");
      csv.row("4", "two\nlines");
      csv.row("5", "");
      assertThrows(IllegalArgumentException.class, () -> csv.row("6"));
    }
    assertEquals(
        "id,name\n1,plain words\n2,\"a, \"\"b\"\"\"\n3,\" edge\"\n4,\"two\nlines\"\n5,\n",
        Files.readString(file));
  }

  @Test
  void betweenTabsNothingIsQuotedAndNoTabIsHidden() throws IOException {
    Path file = folder.resolve("a.tsv");
    try (CsvFile table = CsvFile.tabs(file, List.of("id", "name"))) {
      table.row("1", "a, \"b\"");
      for (String name : List.of("a\tb", "a\nb", "a\rb")) {
        String message =
            assertThrows(IllegalArgumentException.class, () -> table.row("2", name)).getMessage();
        assertEquals(
            "name '"
                + name
                + "' holds a tab or the end of a line, which a table between tabs"
                + " cannot have",
            message);
      }
    }
    assertTrue(Files.readString(file).startsWith("id\tname\n1\ta, \"b\"\n"));
  }
}
