package seminar.notebook;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import seminar.Browser;
import seminar.BrowserPage;
import seminar.Jupyter;
import seminar.JupyterLab;

/**
 * The tour in JupyterLab, as a person sees it in a browser: opens it and presses keys in cells of
 * its own at its end.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JupyterLabTest {
  private static final int SECONDS = 60;
  private static final String NOTEBOOK =
      "[...jupyterapp.shell.widgets('main')].find(one => one.sessionContext)";
  private static final String IDLE = NOTEBOOK + ".sessionContext.session.kernel.status === 'idle'";

  /** The cell in which the cursor is, and what it shows. */
  private static final String CELL = ".jp-Notebook-cell.jp-mod-active";

  @TempDir static Path temporary;
  private static JupyterLab lab;
  private static BrowserPage page;

  @BeforeAll
  static void open() throws Exception {
    Browser browser = Browser.find();
    Path notebooks = Files.createDirectory(temporary.resolve("notebooks"));
    Files.copy(Path.of("notebooks/00_tour.ipynb"), notebooks.resolve("tour.ipynb"));
    lab = Jupyter.find().lab(notebooks);
    Path scratch = Files.createDirectory(temporary.resolve("browser"));
    page = browser.open(lab.notebook("tour.ipynb"), scratch);
    page.await(IDLE, 2 * SECONDS);
    page.evaluate("jupyterapp.shell.activateById(%s.id)".formatted(NOTEBOOK));
  }

  @AfterAll
  static void close() throws Exception {
    if (page != null) {
      page.close();
    }
    if (lab != null) {
      lab.close();
    }
  }

  /** Puts the cursor into a new cell at the end, and types. */
  private static void newCell(String code) throws Exception {
    page.evaluate(
        """
        (async () => {
          const book = %s.content;
          book.activeCellIndex = book.widgets.length - 1;
          await jupyterapp.commands.execute('notebook:insert-cell-below');
          await jupyterapp.commands.execute('notebook:enter-edit-mode');
        })()
        """
            .formatted(NOTEBOOK));
    page.await(
        "document.querySelector('%s .cm-content') === document.activeElement".formatted(CELL),
        SECONDS);
    page.type(code);
  }

  @Test
  @Order(1)
  void theTourIsShownWithItsTables() throws Exception {
    page.awaitText(".jp-Toolbar-kernelName", "Java (Seminar)", SECONDS);
    page.awaitText(".jp-OutputArea-output td", "the built-in world", SECONDS);
  }

  @Test
  @Order(2)
  void tabOffersWhatTheLinesAboveDeclare() throws Exception {
    newCell("String word = \"abc\";\nword.to");
    page.press("Tab");
    page.awaitText(".jp-Completer-item", "toUpperCase", SECONDS);
    page.press("Escape");
    page.await("!document.querySelector('.jp-Completer-item')?.offsetParent", SECONDS);
  }

  @Test
  @Order(3)
  void shiftTabShowsSignatureAndComment() throws Exception {
    newCell("seminar.notebook.Notebook.variables");
    page.pressWithShift("Tab");
    page.awaitText(".jp-Tooltip", "Notebook.variables()", SECONDS);
    page.awaitText(".jp-Tooltip", "that cells have declared so far", SECONDS);
    assertTrue(page.count(".jp-Tooltip [data-mime-type='text/html']") > 0, "as HTML");
    page.press("Escape");
    page.await("!document.querySelector('.jp-Tooltip')", SECONDS);
  }

  @Test
  @Order(4)
  void stopEndsALoop() throws Exception {
    newCell("while (true) {}");
    page.pressWithShift("Enter");
    page.await(NOTEBOOK + ".sessionContext.session.kernel.status === 'busy'", SECONDS);
    page.click(
        "[data-command='notebook:interrupt-kernel'],"
            + " .jp-ToolbarButtonComponent[title^='Interrupt']");
    page.awaitText(".jp-OutputArea-output", "Interrupted", SECONDS);
    page.await(IDLE, SECONDS);
  }

  @Test
  @Order(5)
  void variablesAreATable() throws Exception {
    newCell("String seen = \"<b>\";\nseminar.notebook.Notebook.variables()");
    page.pressWithShift("Enter");
    page.awaitText(".jp-OutputArea-output td", "\"<b>\"", SECONDS);
    page.awaitText(".jp-OutputArea-output th", "type", SECONDS);
  }

  @Test
  @Order(6)
  void aSliderMovesAChart() throws Exception {
    newCell(
        "import seminar.figure.*;\nMovingCurves.of(\"Chart\", Slider.of(\"factor\", 1, 2, 3),"
            + " factor -> Curves.of(\"factor now \" + factor, \"x\", \"y\")"
            + ".line(\"line\", List.of(0, 1), List.of(0.0, factor)))");
    page.pressWithShift("Enter");
    String chart =
        "[...document.querySelectorAll('.vega-embed')]"
            + ".find(one => one.querySelector('input') && one.textContent.includes('factor'))";
    page.await(chart + " !== undefined", SECONDS);
    page.evaluate(chart + ".id = 'moving'");
    String drawn =
        "(moving.querySelector('canvas')?.toDataURL() ?? moving.querySelector('svg').outerHTML)";
    page.evaluate("window.before = " + drawn);
    page.slide("#moving input[type=range]", 3);
    page.await(drawn + " !== window.before", 10);
  }
}
