package seminar.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import seminar.measure.PairedBootstrap;
import seminar.measure.RankingMeasure;
import seminar.measure.RankingReport;
import seminar.measure.UserValues;
import seminar.serve.SearchKind;
import seminar.serve.SearchedRanking;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What a search in place of the model's own choice costs in ranking, and what it takes.
 *
 * @param search as the command line names it
 * @param label as figures name it
 * @param ndcg10 NDCG@10 of the model over the events that the search finds
 * @param lessExact the same less that of the model's own choice, over the same users
 * @param recallOfHeads share of the model's own choice that is found, for each head
 * @param recall its mean
 * @param weight share of the softmax weight of the model's own choice that is found
 * @param bytes of an event that a search reads
 * @param bytesBeside of an event that are kept for a second stage
 * @param microseconds of computing for a search, by one thread; {@link SearchKind#PAPER} scans what
 *     its codes stand for
 */
public record SearchCost(
    String search,
    String label,
    double ndcg10,
    PairedBootstrap lessExact,
    List<Double> recallOfHeads,
    double recall,
    double weight,
    double bytes,
    double bytesBeside,
    double microseconds) {
  private static final RankingMeasure NDCG = RankingMeasure.ndcg(10);

  /** Copies the list. */
  public SearchCost {
    recallOfHeads = List.copyOf(recallOfHeads);
  }

  /** Of all searches of a ranking. */
  public static List<SearchCost> of(SearchedRanking.Result ranking) {
    UserValues own = ranking.own().values(NDCG);
    return ranking.rows().stream().map(row -> of(row, own)).toList();
  }

  private static SearchCost of(SearchedRanking.Row row, UserValues own) {
    RankingReport report = row.report();
    return new SearchCost(
        row.kind().toString(),
        row.kind().label(),
        report.ndcg(10),
        PairedBootstrap.of(report.values(NDCG), own, PairedBootstrap.Options.usual()),
        row.recallOfHeads(),
        row.recall(),
        row.weight(),
        row.bytes(),
        row.bytesBeside(),
        row.microseconds());
  }

  /** The exact search first, whether it was asked for or not, and each once. */
  public static List<SearchKind> withExact(List<SearchKind> kinds) {
    List<SearchKind> all = new ArrayList<>(List.of(SearchKind.EXACT));
    all.addAll(kinds);
    return all.stream().distinct().toList();
  }

  /** Searches as a table, a line for each. */
  public static Table table(String title, List<SearchCost> searches) {
    Table table = columns(title);
    searches.forEach(search -> search.add(table));
    return table;
  }

  /** An empty table with these first columns, then those of a search. */
  static Table columns(String title, String... first) {
    List<String> names = new ArrayList<>(List.of(first));
    names.addAll(
        List.of(
            "search",
            "NDCG@10",
            "Δ to exact [95 %]",
            "recall",
            "weight found",
            "bytes an event",
            "µs a search"));
    return Table.create(
        title, names.stream().map(StringColumn::create).toArray(StringColumn[]::new));
  }

  /** Adds a line. */
  void add(Table table, String... first) {
    List<String> cells = new ArrayList<>(List.of(first));
    cells.add(label);
    cells.add(format("%.4f", ndcg10));
    cells.add(
        format("%+.4f [%+.4f, %+.4f]", lessExact.difference(), lessExact.low(), lessExact.high()));
    cells.add(format("%.4f", recall));
    cells.add(format("%.4f", weight));
    cells.add(bytesBeside == 0 ? format("%.0f", bytes) : format("%.0f + %.0f", bytes, bytesBeside));
    String time = format(microseconds < 10 ? "%.1f" : "%.0f", microseconds);
    boolean decoded = search.equals(SearchKind.PAPER.toString());
    cells.add(decoded ? time + " (decoded)" : time);
    for (int column = 0; column < table.columnCount(); column++) {
      table.stringColumn(column).append(cells.get(column));
    }
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
