package seminar.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import seminar.measure.BeyondAccuracy;
import seminar.measure.MeanInterval;
import seminar.measure.PairedBootstrap;
import seminar.measure.RankingMeasure;
import seminar.measure.RankingReport;
import seminar.measure.UserValues;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Models among all items beside the same models among few candidates, after a first stage, and what
 * they show to everybody.
 *
 * @param heading what is compared, where, with what
 * @param options what was ranked
 * @param items how many items the catalogue has
 * @param recall share of the held-out items that the first stage proposes; empty where no run has
 *     two stages
 * @param rows one for each model that ranked all items
 */
public record FullTable(
    ModelTable.Heading heading,
    AllItems.Options options,
    int items,
    OptionalDouble recall,
    List<Row> rows) {
  private static final RankingMeasure NDCG = RankingMeasure.ndcg(10);
  private static final RankingMeasure HIT = RankingMeasure.hit(10);

  /**
   * A model; all numbers are means over seeds.
   *
   * @param name the model
   * @param sampled NDCG@10 among few candidates
   * @param ndcg10 NDCG@10 among all items
   * @param halfWidth of its 95 % interval over users
   * @param hit10 HIT@10 among all items
   * @param mrr mean reciprocal rank among all items
   * @param difference NDCG@10 among all items, Δ to that of the reference, users resampled; none
   *     for the reference itself
   * @param after NDCG@10 and HIT@10 of the model after the first stage; none where there is none
   * @param mixed the same, mixed with the score of the first stage
   * @param weight of the first stage in the mixture
   * @param beyond what it shows to everybody, of the first seed
   * @param seconds to rank all requests
   */
  public record Row(
      String name,
      double sampled,
      double ndcg10,
      double halfWidth,
      double hit10,
      double mrr,
      Optional<PairedBootstrap> difference,
      Optional<Pair> after,
      Optional<Pair> mixed,
      OptionalDouble weight,
      BeyondAccuracy beyond,
      double seconds) {}

  /**
   * Two stages.
   *
   * @param ndcg10 NDCG@10 among all items
   * @param hit10 HIT@10 among all items
   */
  public record Pair(double ndcg10, double hit10) {}

  /**
   * Computes the table from runs; lines whose runs did not rank all items are left out.
   *
   * @throws IllegalArgumentException if runs rank other users
   */
  public static FullTable of(
      ModelTable.Heading heading,
      AllItems.Options options,
      int items,
      List<Comparison.Line> lines) {
    List<Comparison.Line> ranked =
        lines.stream()
            .filter(line -> !line.runs().isEmpty())
            .filter(line -> line.runs().stream().allMatch(run -> has(run, AllItems.ALONE)))
            .toList();
    Optional<Comparison.Line> reference =
        ranked.stream().filter(line -> line.name().equals(heading.reference())).findFirst();
    OptionalDouble recall =
        ranked.stream()
            .flatMap(line -> line.runs().stream())
            .filter(run -> has(run, options.after()))
            .mapToDouble(run -> report(run, options.after()).hit(options.propose()))
            .findFirst();
    List<Row> rows = ranked.stream().map(line -> row(line, reference, options)).toList();
    return new FullTable(heading, options, items, recall, rows);
  }

  private static boolean has(Run run, String way) {
    return run.full().containsKey(way);
  }

  private static RankingReport report(Run run, String way) {
    return run.report(way).orElseThrow();
  }

  private static Row row(
      Comparison.Line line, Optional<Comparison.Line> reference, AllItems.Options options) {
    List<Run> runs = line.runs();
    List<UserValues> own = values(runs);
    Optional<PairedBootstrap> difference =
        reference
            .filter(other -> other != line)
            .map(
                other ->
                    PairedBootstrap.of(
                        own,
                        values(other.runs()),
                        PairedBootstrap.Resampled.USERS,
                        PairedBootstrap.Options.usual()));
    boolean mixed = runs.stream().allMatch(run -> has(run, options.mixed()));
    return new Row(
        line.name(),
        mean(runs, run -> run.report().mean(NDCG)),
        mean(runs, run -> report(run, AllItems.ALONE).mean(NDCG)),
        MeanInterval.of(UserValues.mean(own).values()).halfWidth(),
        mean(runs, run -> report(run, AllItems.ALONE).mean(HIT)),
        mean(runs, run -> report(run, AllItems.ALONE).mrr()),
        difference,
        pair(runs, options.after()),
        pair(runs, options.mixed()),
        mixed
            ? OptionalDouble.of(mean(runs, run -> run.full().get(options.mixed()).weight()))
            : OptionalDouble.empty(),
        runs.getFirst().full().get(AllItems.ALONE).beyond(),
        mean(runs, run -> run.full().get(AllItems.ALONE).seconds()));
  }

  private static Optional<Pair> pair(List<Run> runs, String way) {
    return runs.stream().allMatch(run -> has(run, way))
        ? Optional.of(
            new Pair(
                mean(runs, run -> report(run, way).mean(NDCG)),
                mean(runs, run -> report(run, way).mean(HIT))))
        : Optional.empty();
  }

  private static List<UserValues> values(List<Run> runs) {
    return runs.stream().map(run -> report(run, AllItems.ALONE).values(NDCG)).toList();
  }

  private static double mean(List<Run> runs, ToDoubleFunction<Run> number) {
    return runs.stream().mapToDouble(number).average().orElseThrow();
  }

  /** What was ranked, in words: how many items, and what the first stage proposes of them. */
  public String task() {
    String all = format("all %,d items that a user has not met", items);
    return recall.isEmpty()
        ? all
        : all
            + format(
                "; %s propose %d, %.0f %% of the held-out items among them",
                options.first().title(), options.propose(), 100 * recall.getAsDouble());
  }

  /** The table as it is read: one line for each model, numbers as text. */
  public Table table() {
    List<Column<?>> columns = new ArrayList<>();
    columns.add(ResultTable.column("model", rows, Row::name));
    columns.add(column("NDCG@10, few", row -> number(row.sampled)));
    columns.add(column("NDCG@10, all", row -> number(row.ndcg10)));
    columns.add(column("HIT@10, all", row -> number(row.hit10)));
    columns.add(column("MRR, all", row -> number(row.mrr)));
    columns.add(
        column(
            "Δ to %s [95 %%]".formatted(heading.reference()),
            row -> row.difference.map(FullTable::interval).orElse("")));
    if (recall.isPresent()) {
      columns.add(column("NDCG@10 " + options.after(), row -> pair(row.after)));
      columns.add(column("mixed", row -> pair(row.mixed)));
      columns.add(
          column(
              "weight",
              row -> row.weight.isPresent() ? format("%.1f", row.weight.getAsDouble()) : ""));
    }
    for (String name : List.of("coverage@10", "Gini@10", "popularity@10", "novelty@10")) {
      columns.add(
          column(
              name,
              row ->
                  format(
                      name.startsWith("novelty") ? "%.2f" : "%.4f",
                      row.beyond.summary().get(name))));
    }
    columns.add(column("seconds", row -> format("%.0f", row.seconds)));
    return Table.create(
        "%s on %s, %s".formatted(heading.title(), heading.corpus(), task()),
        columns.toArray(Column<?>[]::new));
  }

  private Column<?> column(String name, Function<Row, String> cell) {
    return ResultTable.column(name, rows, cell);
  }

  private static String pair(Optional<Pair> pair) {
    return pair.map(numbers -> number(numbers.ndcg10)).orElse("");
  }

  private static String interval(PairedBootstrap b) {
    return format("%+.4f [%+.4f, %+.4f]", b.difference(), b.low(), b.high());
  }

  private static String number(double value) {
    return format("%.4f", value);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
