package seminar.experiment;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import seminar.experiment.LengthResult.Budget;
import seminar.experiment.LengthResult.Group;
import seminar.experiment.LengthResult.Level;
import seminar.experiment.LengthResult.Point;
import seminar.measure.PairedBootstrap;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Quality against length as it is read: a line for each bound, then one for each point. */
public final class LengthTable {
  private static final String LONG = LengthStudy.LENGTHS.getLast();

  private LengthTable() {}

  /** The table of a result. */
  public static Table of(String title, LengthResult result) {
    String less = "Δ to L = %d [95 %%]".formatted(result.reference());
    Table table =
        Table.create(
            title,
            List.of(
                    "model",
                    "L",
                    "seeds",
                    "NDCG@10 [95 %]",
                    less,
                    "of the way to the best",
                    "of the oracle's gain",
                    "all items NDCG@10",
                    "users with > 500 events",
                    less + ", > 500 events",
                    "epochs",
                    "steps",
                    "training s",
                    "s an epoch",
                    "ms a request")
                .stream()
                .map(StringColumn::create)
                .toList()
                .toArray(StringColumn[]::new));
    for (LengthResult.Bound bound : result.bounds()) {
      Optional<Group> longest = longest(bound.byLength());
      row(
          table,
          bound.name(),
          "",
          "",
          level(bound.ndcg10()),
          difference(bound.lessReference()),
          "",
          "",
          "",
          longest.map(group -> level(group.ndcg10())).orElse(""),
          difference(longest.flatMap(Group::lessReference)));
    }
    result.points().forEach(point -> add(table, point));
    return table;
  }

  private static void add(Table table, Point point) {
    if (point.ndcg10().isEmpty()) {
      row(table, point.curve(), "" + point.length(), "", point.missing().orElse(""));
      return;
    }
    Budget budget = point.budget().orElseThrow();
    Optional<Group> longest = longest(point.byLength());
    row(
        table,
        point.curve(),
        "" + point.length(),
        "" + point.seeds().size(),
        level(point.ndcg10().get()),
        difference(point.lessReference()),
        percent(point.shareOfBest()),
        percent(point.shareOfOracle()),
        point.allItems().map(LengthTable::level).orElse(""),
        longest.map(group -> level(group.ndcg10())).orElse(""),
        difference(longest.flatMap(Group::lessReference)),
        budget.epochs().toString().replaceAll("[\\[\\]]", ""),
        format("%.0f", budget.steps()),
        format("%.1f", budget.pretrainingSeconds() + budget.trainingSeconds()),
        format("%.2f", budget.secondsOfEpoch()),
        budget.millisecondsOfRequest().isPresent()
            ? format("%.2f", budget.millisecondsOfRequest().getAsDouble())
            : "");
  }

  /** Adds a row; what is not given is empty. */
  private static void row(Table table, String... cells) {
    for (int column = 0; column < table.columnCount(); column++) {
      table.stringColumn(column).append(column < cells.length ? cells[column] : "");
    }
  }

  private static Optional<Group> longest(List<Group> groups) {
    return groups.stream().filter(group -> group.label().equals(LONG)).findFirst();
  }

  private static String level(Level level) {
    return format("%.4f [%.4f, %.4f]", level.mean(), level.low(), level.high());
  }

  private static String difference(Optional<PairedBootstrap> b) {
    return b.map(d -> format("%+.4f [%+.4f, %+.4f]", d.difference(), d.low(), d.high())).orElse("");
  }

  private static String percent(OptionalDouble share) {
    return share.isPresent() ? format("%.0f %%", 100 * share.getAsDouble()) : "";
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
