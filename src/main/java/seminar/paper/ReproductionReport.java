package seminar.paper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seminar.file.Json;
import seminar.paper.Claim.Finding;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * The report page of a folder of figures: claims and verdicts, then every figure and table whose
 * files are there. It is made from these files alone, so that any part can be made anew.
 */
public final class ReproductionReport {
  /** The name of the page. */
  public static final String NAME = "report.html";

  private static final String INTRODUCTION =
      "SEMINAR (arXiv 2407.10714) made anew on this corpus. A claim holds here or it does not; what"
          + " our corpus says of it is not what the paper's would. Intervals are at 95 %.";

  private final Path folder;
  private final Map<String, JsonNode> results;

  private ReproductionReport(Path folder, Map<String, JsonNode> results) {
    this.folder = folder;
    this.results = results;
  }

  /**
   * Writes {@code report.html} into the folder.
   *
   * @return the page
   * @throws IOException if a file cannot be read or the page not written; an old page is then
   *     untouched
   */
  public static Path write(Path folder) throws IOException {
    Map<String, JsonNode> results = new LinkedHashMap<>();
    Set<String> names = new LinkedHashSet<>();
    Section.ALL.forEach(section -> names.add(section.file()));
    Claim.ALL.forEach(claim -> names.add(claim.file()));
    for (String name : names) {
      Path file = folder.resolve(name + ".json");
      if (Files.exists(file)) {
        results.put(name, Json.tree(file, "make its part anew"));
      }
    }
    ReproductionReport report = new ReproductionReport(folder, results);
    Path page = folder.resolve(NAME);
    report.page().write(page);
    return page;
  }

  private Report page() throws IOException {
    Report report = new Report("Seminar: " + corpus().orElse("no results yet"));
    report.text(INTRODUCTION);
    report.section("What the paper claims, what we find, and why");
    List<List<String>> claims = new ArrayList<>();
    for (Claim claim : Claim.ALL) {
      claims.add(row(claim));
    }
    report.cards(List.of("claim", "verdict", "we find", "why"), claims);
    sizes(report);
    for (Section section : Section.ALL) {
      if (results.containsKey(section.file())) {
        add(report, section);
      }
    }
    provenance(report);
    return report;
  }

  private List<String> row(Claim claim) throws IOException {
    String text = claim.section() + ": " + claim.text();
    JsonNode result = results.get(claim.file());
    if (result == null) {
      return List.of(text, "not made: --only " + claim.part(), "", claim.why());
    }
    try {
      Finding finding = claim.reader().apply(result);
      return List.of(text, finding.verdict().words(), finding.numbers(), claim.why());
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s: is no result that can be read: make its part anew with --only %s (%s)"
              .formatted(
                  folder.resolve(claim.file() + ".json"), claim.part(), e.getOriginalMessage()),
          e);
    }
  }

  private void add(Report report, Section section) throws IOException {
    report.section(section.heading());
    Path picture = folder.resolve(section.file() + ".png");
    if (Files.exists(picture)) {
      report.picture(picture, section.notice());
    } else {
      report.text(section.notice());
    }
    Path csv = folder.resolve(section.file() + ".csv");
    if (Files.exists(csv)) {
      Table table =
          Table.read()
              .usingOptions(
                  CsvReadOptions.builder(csv.toFile()).columnTypes(name -> ColumnType.STRING));
      report.table("", table.columnNames(), cells(table));
    } else if (section.file().equals("learning")) {
      runs(report, results.get("learning"));
    }
  }

  private static List<List<String>> cells(Table table) {
    List<List<String>> rows = new ArrayList<>();
    for (int row = 0; row < table.rowCount(); row++) {
      List<String> cells = new ArrayList<>();
      for (int column = 0; column < table.columnCount(); column++) {
        cells.add(rounded(table.getString(row, column)));
      }
      rows.add(cells);
    }
    return rows;
  }

  /** A number with many decimals with four; anything else as it is. */
  private static String rounded(String cell) {
    return cell.matches("-?\\d+\\.\\d{5,}") ? Report.number(Double.parseDouble(cell), 4) : cell;
  }

  private static void runs(Report report, JsonNode learning) {
    List<String> measures = List.of("NDCG@5", "NDCG@10", "HIT@10", "MRR");
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode run : learning.path("runs")) {
      List<String> row = new ArrayList<>(List.of(run.path("name").asText()));
      measures.forEach(m -> row.add(Report.number(run.path("test").path(m).asDouble(), 4)));
      row.add("%,d".formatted(run.path("parameters").asLong()));
      rows.add(row);
    }
    List<String> columns = new ArrayList<>(List.of("model"));
    columns.addAll(measures);
    columns.add("parameters");
    report.table("Test, one held-out item among 99 uniform negatives, one seed", columns, rows);
  }

  private Optional<String> corpus() {
    return first("/runs/0/corpus/name", "/corpus/name", "/provenance/corpus/name", "/corpus")
        .map(JsonNode::asText);
  }

  /** The first of some places that some result has something at. */
  private Optional<JsonNode> first(String... places) {
    for (String place : places) {
      for (JsonNode result : results.values()) {
        JsonNode found = result.at(place);
        if (!found.isMissingNode() && (found.isTextual() || place.endsWith("statistics"))) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  private void sizes(Report report) {
    Optional<JsonNode> found = first("/runs/0/corpus/statistics", "/provenance/corpus/statistics");
    if (found.isEmpty()) {
      return;
    }
    JsonNode s = found.get();
    report.section("The corpus (paper Table 1)");
    report.table(
        "",
        List.of(
            "users",
            "items",
            "queries",
            "events",
            "mean length",
            "longest",
            "searched",
            "with text",
            "with picture"),
        List.of(
            List.of(
                count(s.at("/sizes/users")),
                count(s.at("/sizes/items")),
                count(s.at("/sizes/queries")),
                count(s.at("/sizes/events")),
                Report.number(s.at("/lengths/mean").asDouble(), 1),
                count(s.at("/lengths/max")),
                percent(s.at("/ofEvents/query")),
                percent(s.at("/ofEvents/text")),
                percent(s.at("/ofEvents/image")))));
  }

  private static String count(JsonNode number) {
    return String.format(Locale.ROOT, "%,d", number.asLong());
  }

  private static String percent(JsonNode share) {
    return Report.number(100 * share.asDouble(), 1) + " %";
  }

  /** Which version of the code made each part: parts of several versions stand side by side. */
  private void provenance(Report report) {
    List<List<String>> rows = new ArrayList<>();
    results.forEach(
        (name, result) -> {
          Set<String> commits = new LinkedHashSet<>();
          result.findValues("commit").forEach(commit -> commits.add(commit.asText()));
          result.findValues("commits").forEach(all -> all.forEach(c -> commits.add(c.asText())));
          Set<String> javas = new LinkedHashSet<>();
          result.findValues("java").forEach(java -> javas.add(java.asText()));
          rows.add(List.of(name, String.join(", ", commits), String.join(", ", javas)));
        });
    report.section("Made by");
    report.table("", List.of("result", "version of the code", "Java"), rows);
  }
}
