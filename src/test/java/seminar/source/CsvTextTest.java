package seminar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.file.CsvFile;
import seminar.math.Rng;

class CsvTextTest {
  @TempDir Path folder;

  private static CsvText text(String text) throws IOException {
    return new CsvText(Path.of("x.csv"), new StringReader(text), ',');
  }

  private static List<List<String>> records(String text) throws IOException {
    List<List<String>> records = new ArrayList<>();
    CsvText csv = text(text);
    while (csv.next()) {
      List<String> fields = new ArrayList<>();
      for (int i = 0; i < csv.fields(); i++) {
        fields.add(csv.field(i));
      }
      records.add(fields);
    }
    return records;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsWrittenIsReadBack(long seed) throws IOException {
    SplittableRandom rng = Rng.stream("csv", seed);
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < 400; row++) {
      List<String> fields = new ArrayList<>(List.of("r" + row));
      for (int field = 0; field < 3; field++) {
        StringBuilder letters = new StringBuilder();
        for (int i = rng.nextInt(9); i > 0; i--) {
          letters.append(
              List.of("a", "é", "😀", " ", ",", "\"", "\n", "\r\n", "\r", "\t", "\0")
                  .get(rng.nextInt(11)));
        }
        fields.add(letters.toString());
      }
      rows.add(fields);
    }
    Path file = folder.resolve("x.csv");
    try (CsvFile csv = CsvFile.commas(file, List.of("id", "a", "b", "c"))) {
      for (List<String> row : rows) {
        csv.row(row.toArray(String[]::new));
      }
    }
    List<List<String>> read = records(Files.readString(file));
    assertEquals(List.of("id", "a", "b", "c"), read.removeFirst());
    assertEquals(rows, read);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void aLineMayEndInThreeWaysAndWithinQuotesThatEndIsOneCharacter(String end) throws IOException {
    String text = "a,b_ 1 , \"x, \"\"y\"\"_z \" __  _2,\"\"_\"\",3".replace("_", end);
    assertEquals(
        List.of(
            List.of("a", "b"), List.of("1", "x, \"y\"\nz "), List.of("2", ""), List.of("", "3")),
        records(text));
  }

  @Test
  void everyRecordKnowsItsLines() throws IOException {
    CsvText csv = text("\uFEFF\"a\",b\n\n1,\"x\ny\r\n\"\n2,z\r3,w");
    List<String> lines = new ArrayList<>();
    while (csv.next()) {
      lines.add(csv.field(0) + ": " + csv.first() + "-" + csv.last());
      assertFalse(csv.broken());
    }
    assertEquals(List.of("a: 1-1", "1: 3-5", "2: 6-6", "3: 7-7"), lines);
  }

  @Test
  void aQuoteThatIsNeverClosedBreaksItsRecordAndNoMore() throws IOException {
    CsvText csv = text("a,b\n1,\"x\n2,y\n3,\"z\"\n4,v\n5,\"w\n6,u\n");
    assertTrue(csv.next() && csv.next());
    assertTrue(csv.broken());
    assertEquals("2-4", csv.first() + "-" + csv.last());
    assertTrue(csv.next());
    assertEquals("4", csv.field(0));
    assertTrue(csv.next());
    assertTrue(csv.broken());
    assertEquals("6-7", csv.first() + "-" + csv.last());
    assertFalse(csv.next());
  }

  @Test
  void aFieldThatGoesOnBehindItsQuoteStaysAsItStands() throws IOException {
    assertEquals(List.of(List.of("\"a\" b", "c\"d\"")), records("\"a\" b,c\"d\"\n"));
  }

  @Test
  void aFieldWithoutAnEndIsNamedByTheLineOnWhichItsQuoteOpens() throws IOException {
    CsvText csv = text("a,b\n1,\"x\n" + "2,y\n".repeat(300_000));
    assertTrue(csv.next());
    String message = assertThrows(IOException.class, csv::next).getMessage();
    assertTrue(message.startsWith("x.csv:2: a quote opens here and is not closed"), message);
    CsvText wide = text("y".repeat(1 << 20) + "z");
    assertThrows(IOException.class, wide::next);
  }
}
