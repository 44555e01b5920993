package seminar.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.Browser;
import seminar.book.StoredNotebook.Cell;
import seminar.book.StoredNotebook.Kind;

/** The book of the committed notebooks, and of small ones that are wrong. */
class BookTest {
  private static final Path NOTEBOOKS = Path.of("notebooks");
  private static final Pattern ADDRESS =
      Pattern.compile("<(\\w+)[^>]*?\\s(src|href|srcset|data)=\"([^\"]*)\"");
  private static final Pattern ID = Pattern.compile("\\sid=\"([^\"]*)\"");

  @TempDir static Path book;
  private static List<Path> pages;
  private static Formulas formulas;

  @BeforeAll
  static void writeAll() throws IOException {
    formulas = new Formulas();
    Book.of(NOTEBOOKS, formulas).write(book);
    try (Stream<Path> files = Files.list(book)) {
      pages = files.sorted().toList();
    }
  }

  @Test
  void everyNotebookHasAPageAndTheContentsNameIt() throws IOException {
    Set<String> expected =
        StoredNotebook.in(NOTEBOOKS).stream()
            .map(file -> file.getFileName().toString().replace(".ipynb", ".html"))
            .collect(Collectors.toSet());
    String index = Files.readString(book.resolve("index.html"));
    expected.forEach(page -> assertTrue(index.contains("href=\"" + page + "\""), page));
    expected.add("index.html");
    Set<String> written =
        pages.stream().map(page -> page.getFileName().toString()).collect(Collectors.toSet());
    assertEquals(expected, written);
  }

  @Test
  void nothingIsLoadedFromANetworkOrAnotherFile() throws IOException {
    for (Path page : pages) {
      String html = Files.readString(page);
      assertFalse(html.contains("<script src"), page.toString());
      html = html.replaceAll("(?s)<script.*?</script>", "");
      assertFalse(html.contains("<link"), page.toString());
      assertFalse(Pattern.compile("@import|url\\((?!data:)").matcher(html).find(), page.toString());
      for (String[] address : addresses(html)) {
        boolean followed = address[0].equals("a");
        assertTrue(followed || address[1].startsWith("data:"), page + ": " + address[1]);
      }
    }
  }

  @Test
  void allLinksWithinTheBookLeadSomewhere() throws IOException {
    int checked = 0;
    for (Path page : pages) {
      for (String[] address : addresses(Files.readString(page))) {
        if (address[0].equals("a") && !address[1].startsWith("https://")) {
          String[] parts = address[1].split("#", 2);
          Path target = parts[0].isEmpty() ? page : book.resolve(parts[0]);
          assertTrue(Files.exists(target), page + ": " + address[1]);
          if (parts.length == 2) {
            assertTrue(ids(target).contains(parts[1]), page + ": " + address[1]);
          }
          checked++;
        }
      }
    }
    assertTrue(checked > 3 * pages.size(), "links: " + checked);
  }

  @Test
  void everyPictureOfTheNotebooksIsInThePages() throws IOException {
    for (Path file : StoredNotebook.in(NOTEBOOKS)) {
      long stored =
          StoredNotebook.read(file).cells().stream()
              .flatMap(cell -> cell.outputs().stream())
              .filter(output -> output.form("image/png").isPresent())
              .count();
      String name = file.getFileName().toString().replace(".ipynb", ".html");
      int shown = 0;
      for (String[] address : addresses(Files.readString(book.resolve(name)))) {
        if (address[0].equals("img")) {
          byte[] png = Base64.getDecoder().decode(address[1].replaceFirst("^[^,]*,", ""));
          assertTrue(ImageIO.read(new ByteArrayInputStream(png)).getWidth() > 0, name);
          shown++;
        }
      }
      assertEquals(stored, shown, name);
    }
  }

  @Test
  void everyFormulaOfTheNotebooksCanBeDrawn() throws IOException {
    List<String> wrong = new ArrayList<>();
    int drawn = 0;
    for (Path file : StoredNotebook.in(NOTEBOOKS)) {
      for (Cell cell : StoredNotebook.read(file).cells()) {
        if (cell.kind() == Kind.MARKDOWN) {
          Marked marked = Marked.of(cell.source());
          String where = file.getFileName() + ", cell " + cell.number() + ": ";
          if (marked.text().replaceAll("(?s)`[^`]*`|\\\\\\$", "").contains("$")) {
            wrong.add(where + "a dollar sign that is no formula: " + marked.text());
          }
          for (Marked.Formula formula : marked.formulas()) {
            try {
              assertTrue(formulas.html(formula.latex(), formula.display()).contains("</math>"));
              drawn++;
            } catch (IllegalArgumentException e) {
              wrong.add(where + e.getMessage());
            }
          }
        }
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(drawn > 150, "formulas: " + drawn);
  }

  @Test
  void pagesFitAPhoneAndADesktop(@TempDir Path scratch) throws Exception {
    Browser browser = Browser.find();
    assertEquals(List.of(), browser.tooWide(pages, 390, scratch));
    assertEquals(List.of(), browser.tooWide(pages, 1280, scratch));
    Path page = pages.getFirst();
    BufferedImage seen = browser.screenshot(page, 390, 844, scratch.resolve("phone.png"));
    assertEquals(390, seen.getWidth());
    assertTrue(Browser.colours(seen) > 50, "the page is blank");
  }

  @Test
  void formulasKeepTheirUnderscoresAndCodeItsDollars() throws IOException {
    Marked marked =
        Marked.of("a $x_1 * y_2$ b `$HOME` c\n$$\\frac{a}{b}\\tag{1}$$\n5 \\$ and $6\n");
    assertEquals(
        List.of(
            new Marked.Formula("x_1 * y_2", false),
            new Marked.Formula("\\frac{a}{b}\\tag{1}", true)),
        marked.formulas());
    assertTrue(marked.text().contains("`$HOME`"), marked.text());
    String math = formulas.html("x_1 * y_2", false);
    assertTrue(math.contains("<msub><mi>x</mi><mn>1</mn></msub>"), math);
    assertTrue(math.contains("class=\"katex-html\""), math);
  }

  @Test
  void anErrorAmongTheOutputsIsNamedWithNotebookAndCell(@TempDir Path folder) throws IOException {
    String error =
        code("[{\"output_type\":\"error\",\"ename\":\"Oops\",\"evalue\":\"no\",\"traceback\":[]}]");
    Path out = folder.resolve("out");
    String message = refusal(folder, markdown("# T") + "," + error, out);
    assertEquals("n.ipynb, cell 2: its output is an error: Oops: no", message);
    assertFalse(Files.exists(out));
  }

  @Test
  void whatCannotBeShownOfflineIsRefused(@TempDir Path folder) throws IOException {
    Path out = folder.resolve("out");
    for (String html :
        List.of(
            "<script>1</script>",
            "<img src='http://x/y'>",
            "<img src='//host/x'>",
            "<img src='./x'>",
            "<img src=/x>",
            "<img/src='x'>",
            "<svg/onload=a()>",
            "<b title='x'onclick=a()>",
            "<b title='>' onclick=a()>",
            "<b\\nonclick = a()>")) {
      String message = refusal(folder, code(shown(html)), out);
      assertTrue(message.contains("cell 1: its output has a script"), html);
    }
    assertTrue(refusal(folder, markdown("$\\\\nosuch$"), out).contains("cannot be drawn"));
    assertTrue(refusal(folder, markdown("[a](b.ipynb)"), out).contains("there is no notebook"));
    assertTrue(refusal(folder, markdown("[a](../README.md)"), out).contains("out of the book"));
    assertTrue(refusal(folder, markdown("![a](b.png)"), out).contains("there is no picture"));
  }

  @Test
  void whatIsHarmlessIsShownAsItIs(@TempDir Path folder) throws IOException {
    for (String html :
        List.of(
            "<td> one = 1</td>",
            "<p>x < y, src=a/b</p>",
            "<b data-src='x'>y</b>",
            "<img src='data:image/png;base64,AA/onAA=='>")) {
      write(folder, code(shown(html)));
      Book.of(folder, formulas).write(folder.resolve("out"));
      assertTrue(Files.readString(folder.resolve("out/n.html")).contains(html), html);
    }
  }

  @Test
  void aNotebookInPlaceOfTheContentsIsRefused(@TempDir Path folder) throws IOException {
    write(folder, markdown("# T"));
    Path index = Files.move(folder.resolve("n.ipynb"), folder.resolve("index.ipynb"));
    IOException e = assertThrows(IOException.class, () -> Book.of(folder, formulas));
    assertEquals(
        index + ": its page would be the table of contents: give the notebook another name",
        e.getMessage());
  }

  @Test
  void anchorsAreWrittenAsJupyterOrTheBookWritesThem(@TempDir Path folder) throws IOException {
    write(
        folder,
        markdown("# T\\n## Fast scan: why\\n[a](n.ipynb#Fast-scan:-why) [b](#fast-scan-why)"));
    Book.of(folder, formulas).write(folder.resolve("out"));
    String page = Files.readString(folder.resolve("out/n.html"));
    assertTrue(page.contains("<h2 id=\"fast-scan-why\">"), page);
    assertTrue(page.contains("<a href=\"n.html#fast-scan-why\">a</a>"), page);
    assertTrue(page.contains("<a href=\"#fast-scan-why\">b</a>"), page);
  }

  @Test
  void textOfCellsIsNeverTakenForMarkup(@TempDir Path folder) throws IOException {
    String text = "[{\"output_type\":\"stream\",\"name\":\"stdout\",\"text\":[\"a<b>&c\"]}]";
    write(folder, markdown("x <b onclick=1> y") + "," + code(text));
    Book.of(folder, formulas).write(folder.resolve("out"));
    String page = Files.readString(folder.resolve("out/n.html"));
    assertTrue(page.contains("a&lt;b&gt;&amp;c"), page);
    assertFalse(page.contains("<b onclick"), page);
  }

  @Test
  void commentsStringsAndKeywordsAreToldApart() {
    assertEquals(
        "<span class=\"keyword\">var</span> x = <span class=\"string\">&quot;// 1&quot;</span>;"
            + " <span class=\"comment\">// new 2</span>",
        JavaColors.html("var x = \"// 1\"; // new 2"));
  }

  private static String refusal(Path folder, String cells, Path out) throws IOException {
    write(folder, cells);
    Book wrong = Book.of(folder, formulas);
    return assertThrows(IllegalArgumentException.class, () -> wrong.write(out)).getMessage();
  }

  private static void write(Path folder, String cells) throws IOException {
    Files.writeString(
        folder.resolve("n.ipynb"),
        "{\"cells\":[%s],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":5}".formatted(cells));
  }

  private static String markdown(String source) {
    return "{\"cell_type\":\"markdown\",\"metadata\":{},\"source\":\"%s\"}".formatted(source);
  }

  private static String shown(String html) {
    return "[{\"output_type\":\"display_data\",\"data\":{\"text/html\":\"%s\"}}]".formatted(html);
  }

  private static String code(String outputs) {
    return "{\"cell_type\":\"code\",\"metadata\":{},\"source\":\"1\",\"outputs\":%s}"
        .formatted(outputs);
  }

  /** Tag and address of all that the page names, less what its own scripts say. */
  private static List<String[]> addresses(String html) {
    List<String[]> found = new ArrayList<>();
    Matcher address = ADDRESS.matcher(html.replaceAll("(?s)<script.*?</script>", ""));
    while (address.find()) {
      found.add(new String[] {address.group(1), address.group(3)});
    }
    return found;
  }

  private static Set<String> ids(Path page) throws IOException {
    Set<String> ids = new HashSet<>();
    Matcher id = ID.matcher(Files.readString(page));
    while (id.find()) {
      ids.add(id.group(1));
    }
    return ids;
  }
}
