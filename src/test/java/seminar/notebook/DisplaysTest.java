package seminar.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class DisplaysTest {
  private record Hostile(String text, float[] numbers) {}

  private static final String SCRIPT = "<script>'\"&";
  private static final String ESCAPED = "&lt;script&gt;&#39;&quot;&amp;";

  @Test
  void textOfDataIsNeverMarkup() {
    Hostile value = new Hostile(SCRIPT, new float[] {1});
    Table table = Table.create(StringColumn.create(SCRIPT, SCRIPT));
    for (String html :
        List.of(Records.html(value), Records.html(List.of(value)), Tables.html(table))) {
      assertTrue(html.contains(ESCAPED), html);
      assertFalse(html.contains("<script"), html);
    }
  }

  @Test
  void listsOfRecordsAreToldFromOtherLists() {
    Hostile value = new Hostile("a", new float[0]);
    assertTrue(Records.sameClass(List.of(value, value)));
    assertFalse(Records.sameClass(List.of()));
    assertFalse(Records.sameClass(List.of(value, "b")));
    assertFalse(Records.sameClass(Collections.singletonList(null)));
  }

  @Test
  void longValuesAreCutAndSaySo() {
    assertEquals("[1, 2]", ShortText.text(new int[] {1, 2}));
    assertEquals("[]", ShortText.text(new Object[0]));
    assertTrue(ShortText.text(new long[21]).endsWith(", …] (21 elements)"));
    assertTrue(ShortText.text(Collections.nCopies(21, 0)).endsWith("0] … (21 elements)"));
    String tall = ShortText.text(Optional.of("x\n".repeat(100)));
    assertTrue(tall.endsWith("x\n… (101 lines, 210 characters)"), tall);
    assertEquals(41, tall.lines().count());
  }

  @Test
  void emptyTablesHaveASize() {
    assertTrue(Tables.html(Table.create()).contains("0 rows × 0 columns"));
  }
}
