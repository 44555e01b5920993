package seminar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import seminar.experiment.Switch;

/** What the documents name is there: classes, tests, notebooks, switches, files. */
class DocumentsTest {
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
  private static final Path MAIN = Path.of("src/main/java/seminar");
  private static final Path TESTS = Path.of("src/test/java/seminar");

  private static Map<Path, String> sources(Path folder) throws IOException {
    Map<Path, String> texts = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".java")).toList()) {
        texts.put(file, Files.readString(file));
      }
    }
    return texts;
  }

  /** The cells of every row of every table. */
  private static List<String[]> rows(String document) throws IOException {
    return Files.readString(Path.of(document))
        .lines()
        .filter(line -> line.startsWith("|") && !line.startsWith("|---"))
        .map(line -> line.substring(1).split("\\|"))
        .toList();
  }

  private static List<String> quoted(String cell) {
    return QUOTED.matcher(cell).results().map(found -> found.group(1)).toList();
  }

  /**
   * Whether {@code package.Class.member} is there: a source of that package declares the class and
   * has every later word; a name without a class is a word of some source.
   */
  private static boolean isThere(String name, Map<Path, String> sources) {
    String[] parts = name.replaceAll("\\(.*", "").split("\\.");
    int at = 0;
    while (at < parts.length && !Character.isUpperCase(parts[at].charAt(0))) {
      at++;
    }
    if (name.endsWith(".*")) {
      return Files.isDirectory(MAIN.resolve(parts[0]));
    }
    boolean declared = at < parts.length;
    String folder = declared ? String.join("/", Arrays.copyOf(parts, at)) : "";
    String type = declared ? "(class|record|enum|interface) " + parts[at] + "\\b" : "";
    List<String> words = List.of(parts).subList(declared ? at + 1 : 0, parts.length);
    return sources.entrySet().stream()
        .filter(source -> source.getKey().getParent().endsWith(folder) || folder.isEmpty())
        .map(Map.Entry::getValue)
        .filter(text -> Pattern.compile(type).matcher(text).find())
        .anyMatch(
            text ->
                words.stream()
                    .allMatch(word -> Pattern.compile("\\b" + word + "\\b").matcher(text).find()));
  }

  @Test
  void thePaperMapNamesClassesTestsAndNotebooksThatAreThere() throws IOException {
    Map<Path, String> main = sources(MAIN);
    Map<Path, String> tests = sources(TESTS);
    List<String> missing = new ArrayList<>();
    List<String[]> rows = rows("docs/PAPER_MAP.md");
    for (String[] row : rows.subList(1, rows.size())) {
      assertEquals(6, row.length, () -> String.join("|", row));
      quoted(row[3]).stream().filter(name -> !isThere(name, main)).forEach(missing::add);
      assertTrue(!quoted(row[4]).isEmpty(), () -> "no test: " + String.join("|", row));
      quoted(row[4]).stream().filter(name -> !isThere(name, tests)).forEach(missing::add);
      for (String number : row[5].strip().split("[ ,]+")) {
        try (var found = Files.newDirectoryStream(Path.of("notebooks"), number + "_*.ipynb")) {
          if (!number.isEmpty() && !found.iterator().hasNext()) {
            missing.add("notebook " + number);
          }
        }
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void theDeparturesNamePlacesThatAreThere() throws IOException {
    Map<Path, String> main = sources(MAIN);
    List<String> missing = new ArrayList<>();
    for (String[] row : rows("docs/DEPARTURES.md")) {
      assertTrue(row.length >= 4, () -> String.join("|", row));
      quoted(row[3]).stream().filter(name -> !isThere(name, main)).forEach(missing::add);
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void aNameThatIsNotThereIsFound() throws IOException {
    Map<Path, String> main = sources(MAIN);
    assertTrue(isThere("math.TopK.select", main));
    assertTrue(isThere("Method.Kind.TWIN", main));
    assertTrue(!isThere("math.TopK.choose", main));
    assertTrue(!isThere("data.TopK", main));
    assertTrue(!isThere("BottomK", main));
  }

  @Test
  void everySwitchIsADeparture() throws IOException {
    String departures = Files.readString(Path.of("docs/DEPARTURES.md"));
    List<String> missing = new ArrayList<>();
    for (Switch each : Switch.values()) {
      String numbers = each.discrepancy().replace(", ", "|");
      Pattern number = Pattern.compile("[( ](" + numbers + ")[,)]");
      if (!number.matcher(departures).find() && !departures.contains("`Switch." + each + "`")) {
        missing.add(each + " (" + each.discrepancy() + ")");
      }
    }
    assertEquals(List.of(), missing);
  }

  @Test
  void thePlanNamesEveryPackage() throws IOException {
    String plan = Files.readString(Path.of("docs/ARCHITECTURE.md"));
    try (Stream<Path> folders = Files.list(MAIN)) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        assertTrue(plan.contains("| `" + folder.getFileName() + "` |"), folder::toString);
      }
    }
  }

  @Test
  void linksLeadToFiles() throws IOException {
    List<String> broken = new ArrayList<>();
    List<Path> documents =
        new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
    documents.add(Path.of("data/README.md"));
    try (Stream<Path> more = Files.list(Path.of("docs"))) {
      more.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
    }
    for (Path document : documents) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        if (!Files.exists(document.resolveSibling(link.group(1)))) {
          broken.add(document + ": " + link.group(1));
        }
      }
    }
    assertEquals(List.of(), broken);
  }
}
