package seminar.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.Test;
import seminar.figure.Curves;
import seminar.figure.MovingCurves;
import seminar.figure.Slider;
import seminar.figure.VegaLite;
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
      assertFalse(Tables.still(html).contains("<script"), html);
    }
  }

  @Test
  void aChartThatMovesHasAPictureAndTextBeside() throws Exception {
    Renderer renderer = new Renderer();
    NotebookExtension.install(renderer);
    MovingCurves moving =
        MovingCurves.of(
            "Lines",
            Slider.of("slope", 1, 2),
            slope -> Curves.of("", "x", "y").line("a", List.of(0, 1), List.of(0, slope)));
    DisplayData data = renderer.render(moving);
    assertEquals(moving.chart().spec(), data.getData(MIMEType.parse(VegaLite.MIME)));
    assertTrue(data.getData(MIMEType.IMAGE_PNG).toString().startsWith("iVBOR"));
    assertEquals("chart 'Lines', Vega-Lite, 1 parameter", data.getData(MIMEType.TEXT_PLAIN));
    assertFalse(data.hasDataForType(MIMEType.TEXT_HTML), "front ends would prefer it");
  }

  @Test
  void onlyTablesWithRowsToSortHaveAScript() {
    Hostile value = new Hostile("a", new float[0]);
    assertFalse(Records.html(List.of(value)).contains("<script"));
    String two = Records.html(List.of(value, value));
    assertTrue(two.endsWith("</script>"), two);
    assertTrue(Tables.still(two).endsWith("<p>2 rows</p>"), two);
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
