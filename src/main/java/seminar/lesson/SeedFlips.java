package seminar.lesson;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import seminar.experiment.Comparison;
import seminar.experiment.ResultTable;
import seminar.math.Checks;
import seminar.measure.RankingMeasure;
import tech.tablesaw.api.Table;

/**
 * What a comparison with one seed hides: two models with several seeds each, and how often a pair
 * of single runs, one of each model, orders them otherwise than all runs together.
 *
 * @param first a model
 * @param second another
 * @param firstRuns mean over users of each run of the first
 * @param secondRuns the same of the second
 * @param difference mean of the first less mean of the second
 * @param pairs how many pairs of single runs there are
 * @param flips how many of them have the opposite sign of {@code difference}, or none
 * @param least the smallest difference of a pair
 * @param largest the largest
 */
public record SeedFlips(
    String first,
    String second,
    List<Double> firstRuns,
    List<Double> secondRuns,
    double difference,
    int pairs,
    int flips,
    double least,
    double largest) {
  /**
   * Of two lines of a comparison.
   *
   * @throws IllegalArgumentException if one has no run
   */
  public static SeedFlips of(
      Comparison.Line first, Comparison.Line second, RankingMeasure measure) {
    return of(first.name(), means(first, measure), second.name(), means(second, measure));
  }

  private static List<Double> means(Comparison.Line line, RankingMeasure measure) {
    return line.runs().stream().map(run -> run.report().mean(measure)).toList();
  }

  /** Of the means of single runs. */
  static SeedFlips of(
      String first, List<Double> firstRuns, String second, List<Double> secondRuns) {
    Checks.atLeast(1, "runs of " + first, firstRuns.size());
    Checks.atLeast(1, "runs of " + second, secondRuns.size());
    double difference = mean(firstRuns) - mean(secondRuns);
    double[] pairs =
        firstRuns.stream()
            .flatMapToDouble(a -> secondRuns.stream().mapToDouble(b -> a - b))
            .toArray();
    return new SeedFlips(
        first,
        second,
        firstRuns,
        secondRuns,
        difference,
        pairs.length,
        (int) DoubleStream.of(pairs).filter(pair -> pair * difference <= 0).count(),
        DoubleStream.of(pairs).min().orElseThrow(),
        DoubleStream.of(pairs).max().orElseThrow());
  }

  /** Comparisons as a table, one row each. */
  public static Table table(List<SeedFlips> comparisons) {
    return Table.create(
        "What one seed hides",
        ResultTable.column(
            "models", comparisons, one -> "%s less %s".formatted(one.first, one.second)),
        ResultTable.column("all runs", comparisons, one -> signed(one.difference)),
        ResultTable.column(
            "pairs of single runs",
            comparisons,
            one -> signed(one.least) + " to " + signed(one.largest)),
        ResultTable.column(
            "flips", comparisons, one -> "%d of %d".formatted(one.flips, one.pairs)));
  }

  private static String signed(double difference) {
    return String.format(Locale.ROOT, "%+.4f", difference);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(value -> value).average().orElseThrow();
  }
}
