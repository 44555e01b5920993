package seminar.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import seminar.train.TrainListener;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The epochs of a training as a table: loss, its terms, validation, and which one is kept. */
final class EpochTable {
  private EpochTable() {}

  static Table of(String title, List<TrainListener.Epoch> epochs) {
    Table table = Table.create(title);
    table.addColumns(
        IntColumn.create("epoch", epochs.stream().mapToInt(TrainListener.Epoch::epoch).toArray()),
        column("loss", epochs.stream().map(e -> number(e.loss())).toList()));
    Set<String> terms = new LinkedHashSet<>();
    epochs.forEach(epoch -> terms.addAll(epoch.terms().keySet()));
    for (String term : terms.size() > 1 ? terms : Set.<String>of()) {
      table.addColumns(
          column(term, epochs.stream().map(e -> number(e.terms().get(term))).toList()));
    }
    table.addColumns(
        column("NDCG@10", epochs.stream().map(e -> number(e.validation())).toList()),
        column("best so far", epochs.stream().map(e -> e.best() ? "*" : "").toList()));
    return table;
  }

  private static StringColumn column(String name, List<String> cells) {
    return StringColumn.create(name, cells);
  }

  private static String number(Double value) {
    return value == null ? "" : String.format(Locale.ROOT, "%.4f", value);
  }
}
