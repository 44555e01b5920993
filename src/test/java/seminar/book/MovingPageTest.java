package seminar.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.Browser;
import seminar.figure.Curves;
import seminar.figure.MovingCurves;
import seminar.figure.Slider;
import seminar.figure.VegaLite;
import seminar.file.Json;
import seminar.file.Sha256;
import seminar.notebook.Tables;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Pages of the book with a chart that moves and a table that sorts, in a browser. */
class MovingPageTest {
  private static final String PIXEL =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
          + "awAAAABJRU5ErkJggg==";

  @TempDir private Path folder;

  @Test
  void scriptsAreOnlyOnPagesThatNeedThem() throws IOException {
    String plain = Files.readString(page(Map.of("text/plain", "a")));
    assertFalse(plain.contains("<script"));
    String table = Files.readString(page(Map.of("text/html", table())));
    assertTrue(table.length() < plain.length() + 4_000, "length " + table.length());
    assertEquals(1, table.split("<script").length - 1);
    String chart = Files.readString(page(chart()));
    assertTrue(chart.contains("<img alt="), "a picture for where no script runs");
    assertTrue(chart.length() < plain.length() + 800_000, "length " + chart.length());
  }

  @Test
  void aChartWithDataFromElsewhereIsRefused() {
    Map<String, Object> spec = Map.of("mark", "bar", "data", Map.of("url", "https://host/x.json"));
    String said =
        assertThrows(IllegalArgumentException.class, () -> page(Map.of(VegaLite.MIME, spec)))
            .getMessage();
    assertEquals("n.ipynb, cell 1: data.url needs the network: give the rows themselves", said);
  }

  @Test
  void theScriptsOfOthersAreUnchanged() throws IOException {
    Path scripts = Path.of("src/main/resources/seminar/book/vega");
    String said = Files.readString(scripts.resolve("README.md"));
    for (String name : List.of("vega.min.js", "vega-lite.min.js")) {
      assertTrue(said.contains(Sha256.of(scripts.resolve(name))), name);
    }
  }

  @Test
  void aChartIsDrawnWithoutANetworkAndTheSliderMovesIt() throws Exception {
    Browser browser = Browser.find();
    Path page = page(chart());
    String still = browser.used(page, "", folder);
    assertEquals("", errors(still));
    assertFalse(still.contains("<img"), "the picture makes room for the chart");
    assertTrue(still.contains(">slope = 2<"), "the slider starts in the middle");
    String moved =
        browser.used(
            page,
            "const slider = document.querySelector('.controls input[type=range]');"
                + "slider.value = 3; slider.dispatchEvent(new Event('input'));",
            folder);
    assertEquals("", errors(moved));
    assertTrue(moved.contains(">slope = 8<"), "the title says where the slider stands");
    assertNotEquals(line(still), line(moved), "the line moves");
  }

  @Test
  void aTableIsSortedByTheColumnThatIsClicked() throws Exception {
    Browser browser = Browser.find();
    Path page = page(Map.of("text/html", table()));
    String click = "document.querySelectorAll('thead th')[%d].click();";
    assertEquals("b a c ", names(browser.used(page, "", folder)));
    assertEquals("a b c ", names(browser.used(page, click.formatted(0), folder)));
    assertEquals("c b a ", names(browser.used(page, click.formatted(1), folder)));
    assertEquals("a b c ", names(browser.used(page, click.formatted(1).repeat(2), folder)));
    assertEquals("b a c ", names(browser.used(page, click.formatted(1).repeat(3), folder)));
  }

  private static String table() {
    return Tables.html(
        Table.create(
            StringColumn.create("name", "b", "a", "c"), IntColumn.create("n", 1_020, 3_000, 9)));
  }

  private static Map<String, Object> chart() {
    VegaLite chart =
        MovingCurves.of(
                "Lines </script>",
                Slider.of("slope", 1, 2, 8),
                slope -> Curves.of("", "x", "y").line("a", List.of(0, 1), List.of(0, slope)))
            .chart();
    return Map.of(VegaLite.MIME, chart.spec(), "image/png", PIXEL, "text/plain", chart.toString());
  }

  private Path page(Map<String, Object> data) throws IOException {
    Map<String, Object> cell =
        Map.of(
            "cell_type",
            "code",
            "metadata",
            Map.of(),
            "source",
            "1",
            "outputs",
            List.of(Map.of("output_type", "display_data", "metadata", Map.of(), "data", data)));
    Json.write(
        folder.resolve("n.ipynb"),
        Map.of("cells", List.of(cell), "metadata", Map.of(), "nbformat", 4, "nbformat_minor", 5));
    Book.of(folder).write(folder.resolve("out"));
    return folder.resolve("out/n.html");
  }

  private static String errors(String page) {
    return group("<pre id=\"errors\">(.*?)</pre>", page);
  }

  private static String line(String page) {
    return group("class=\"mark-line[^>]*>.*?<path[^>]* d=\"([^\"]+)\"", page);
  }

  private static String group(String pattern, String page) {
    var found = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
    assertTrue(found.find(), pattern);
    return found.group(1);
  }

  private static String names(String page) {
    StringBuilder names = new StringBuilder();
    Pattern.compile("<tr[^>]*><td>(.)</td>")
        .matcher(page)
        .results()
        .forEach(row -> names.append(row.group(1)).append(' '));
    return names.toString();
  }
}
