package seminar.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import seminar.measure.MeanInterval;
import seminar.measure.PairedBootstrap;
import seminar.measure.RankingMeasure;
import seminar.measure.UserValues;
import seminar.train.TrainListener;
import tech.tablesaw.api.Table;

/**
 * Models or settings compared on one corpus: the level of each with its spread over seeds, the
 * difference to one of them with an interval over users, what it cost, and what the paper has.
 *
 * @param heading what is compared, where, with what
 * @param rows one for each model
 * @param seeds the seeds of the trained models
 */
public record ModelTable(Heading heading, List<Row> rows, List<Long> seeds) {
  private static final RankingMeasure NDCG = RankingMeasure.ndcg(10);

  /**
   * What is compared.
   *
   * @param title what the table is
   * @param corpus name of the corpus
   * @param reference the model to which all others are compared
   * @param paper what the numbers of the paper are, for the head of their column
   */
  public record Heading(String title, String corpus, String reference, String paper) {}

  /**
   * A model.
   *
   * @param name the model
   * @param missing why it does not apply; the other fields are then empty
   * @param ndcg5 mean of NDCG@5 over users and seeds
   * @param ndcg10 NDCG@10: mean over users, of each seed
   * @param hit10 mean of HIT@10
   * @param mrr mean reciprocal rank
   * @param difference NDCG@10, Δ to that of the reference, users resampled; none for the reference
   *     itself
   * @param overSeeds the same with seeds resampled too, where there are several
   * @param training seconds of training (and pretraining), mean over seeds
   * @param requestsPerSecond requests ranked in a second, mean over seeds
   * @param parameters how many numbers were learned
   * @param paper NDCG@10 in the paper
   * @param epochs how many epochs were trained, mean over seeds; none for one that has none
   * @param bestEpoch the best of them on the validation requests, mean over seeds
   */
  public record Row(
      String name,
      Optional<String> missing,
      OptionalDouble ndcg5,
      List<Double> ndcg10,
      OptionalDouble hit10,
      OptionalDouble mrr,
      Optional<PairedBootstrap> difference,
      Optional<PairedBootstrap> overSeeds,
      double training,
      double requestsPerSecond,
      long parameters,
      OptionalDouble paper,
      OptionalDouble epochs,
      OptionalDouble bestEpoch) {
    /** The mean over seeds; none where the model does not apply. */
    public OptionalDouble mean() {
      return ndcg10.stream().mapToDouble(value -> value).average();
    }

    /** The mean over seeds with its 95 % interval; none for fewer than two seeds. */
    public Optional<MeanInterval> spread() {
      return ndcg10.size() < 2
          ? Optional.empty()
          : Optional.of(MeanInterval.of(ndcg10.stream().mapToDouble(value -> value).toArray()));
    }
  }

  /**
   * Computes the table from runs.
   *
   * @param paper the paper's number for a model, by its name
   * @throws IllegalArgumentException if the reference is not among the lines or has no run, or runs
   *     rank other users
   */
  public static ModelTable of(
      Heading heading,
      List<Comparison.Line> lines,
      List<Long> seeds,
      Function<String, OptionalDouble> paper) {
    return of(heading, lines, seeds, paper, name -> heading.reference);
  }

  /**
   * The same where a model is compared to one of its own.
   *
   * @param reference the model to which a model is compared, by its name
   * @throws IllegalArgumentException as above, of any of them
   */
  public static ModelTable of(
      Heading heading,
      List<Comparison.Line> lines,
      List<Long> seeds,
      Function<String, OptionalDouble> paper,
      UnaryOperator<String> reference) {
    List<Row> rows = new ArrayList<>();
    for (Comparison.Line line : lines) {
      OptionalDouble published = paper.apply(line.name());
      rows.add(row(line, named(reference.apply(line.name()), lines), published));
    }
    return new ModelTable(heading, rows, seeds);
  }

  private static Comparison.Line named(String reference, List<Comparison.Line> lines) {
    return lines.stream()
        .filter(line -> line.name().equals(reference) && !line.runs().isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no line with a run is called %s: there is nothing to compare with"
                        .formatted(reference)));
  }

  private static Row row(Comparison.Line line, Comparison.Line reference, OptionalDouble paper) {
    List<Run> runs = line.runs();
    boolean compared = line != reference && !runs.isEmpty();
    PairedBootstrap.Options options = PairedBootstrap.Options.usual();
    List<UserValues> own = values(runs);
    List<UserValues> others = values(reference.runs());
    boolean several = runs.size() > 1 && reference.runs().size() > 1;
    return new Row(
        line.name(),
        line.missing(),
        mean(runs, RankingMeasure.ndcg(5)),
        own.stream().map(UserValues::mean).toList(),
        mean(runs, RankingMeasure.hit(10)),
        mean(runs, RankingMeasure.mrr()),
        compared
            ? Optional.of(PairedBootstrap.of(own, others, PairedBootstrap.Resampled.USERS, options))
            : Optional.empty(),
        compared && several
            ? Optional.of(
                PairedBootstrap.of(own, others, PairedBootstrap.Resampled.USERS_AND_SEEDS, options))
            : Optional.empty(),
        runs.stream()
            .mapToDouble(run -> run.seconds().pretraining() + run.seconds().training())
            .average()
            .orElse(0),
        runs.stream()
            .mapToDouble(run -> run.users().length / run.seconds().test())
            .average()
            .orElse(0),
        runs.stream().mapToLong(Run::parameters).findFirst().orElse(0),
        paper,
        trained(runs, epochs -> epochs.size()),
        trained(runs, epochs -> Tuning.best(epochs).orElseThrow().epoch()));
  }

  private static OptionalDouble trained(
      List<Run> runs, ToDoubleFunction<List<TrainListener.Epoch>> number) {
    return runs.stream()
        .map(Run::epochs)
        .filter(epochs -> !epochs.isEmpty())
        .mapToDouble(number)
        .average();
  }

  private static List<UserValues> values(List<Run> runs) {
    return runs.stream().map(run -> run.values(NDCG)).toList();
  }

  private static OptionalDouble mean(List<Run> runs, RankingMeasure measure) {
    return runs.stream().mapToDouble(run -> run.report().mean(measure)).average();
  }

  /** The row of a model. */
  public Optional<Row> row(String name) {
    return rows.stream().filter(row -> row.name.equals(name)).findFirst();
  }

  /**
   * The table as it is read: one line for each model, numbers as text; where there are several
   * seeds, each interval over users is followed by that over users and seeds.
   */
  public Table table() {
    Table table = overUsers();
    if (rows.stream().noneMatch(row -> row.overSeeds.isPresent())) {
      return table;
    }
    int place = table.columnIndex("Δ to %s [95 %%]".formatted(heading.reference)) + 1;
    return table.insertColumn(
        place,
        ResultTable.column(
            "over seeds too", rows, row -> row.overSeeds.map(ModelTable::bounds).orElse("")));
  }

  private static String bounds(PairedBootstrap b) {
    return format("[%+.4f, %+.4f]", b.low(), b.high());
  }

  private Table overUsers() {
    return Table.create(
        "%s on %s, %d seed%s"
            .formatted(heading.title, heading.corpus, seeds.size(), seeds.size() == 1 ? "" : "s"),
        ResultTable.column("model", rows, Row::name),
        ResultTable.column("NDCG@5", rows, row -> number(row.ndcg5)),
        ResultTable.column(
            "NDCG@10",
            rows,
            row -> row.spread().map(MeanInterval::toString).orElse(number(row.mean()))),
        ResultTable.column("HIT@10", rows, row -> number(row.hit10)),
        ResultTable.column("MRR", rows, row -> number(row.mrr)),
        ResultTable.column(
            "Δ to %s [95 %%]".formatted(heading.reference),
            rows,
            row -> row.difference.map(ModelTable::interval).orElse(row.missing.orElse(""))),
        ResultTable.column(
            "training s", rows, row -> row.missing.isPresent() ? "" : format("%.0f", row.training)),
        ResultTable.column(
            "best epoch",
            rows,
            row ->
                row.epochs.isPresent()
                    ? format("%.0f of %.0f", row.bestEpoch.orElse(0), row.epochs.getAsDouble())
                    : ""),
        ResultTable.column(
            "requests/s",
            rows,
            row -> row.missing.isPresent() ? "" : format("%,.0f", row.requestsPerSecond)),
        ResultTable.column(
            "parameters", rows, row -> row.parameters > 0 ? format("%,d", row.parameters) : ""),
        ResultTable.column(heading.paper, rows, row -> number(row.paper)));
  }

  private static String interval(PairedBootstrap b) {
    return format("%+.4f [%+.4f, %+.4f]", b.difference(), b.low(), b.high());
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? format("%.4f", value.getAsDouble()) : "";
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
