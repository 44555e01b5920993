package seminar.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import seminar.math.Checks;
import seminar.options.OptionPaths;
import seminar.train.TrainListener;
import tech.tablesaw.api.Table;

/**
 * The same budget of tuning for every model of a comparison: each is trained with every combination
 * of the values of some options, with one seed, and goes on with the one that is best on the
 * validation requests. Test requests have no say.
 *
 * @param choices what was tried and chosen, one for each model that can be trained
 */
public record Tuning(List<Choice> choices) {
  /** Copies the list. */
  public Tuning {
    choices = List.copyOf(choices);
  }

  /**
   * What was chosen for a model.
   *
   * @param model its name
   * @param tried every combination, in the order of the grid
   * @param chosen the place of the best of them; of equal ones the first
   * @param contender the model with the chosen values
   */
  public record Choice(String model, List<Tried> tried, int chosen, Contender contender) {
    /** The values that were chosen, by path. */
    public Map<String, String> values() {
      return tried.get(chosen).values;
    }
  }

  /**
   * A combination.
   *
   * @param values by path
   * @param ndcg10 of its best epoch on the validation requests; NaN if it could not be trained
   * @param best the best epoch
   * @param epochs how many were trained
   */
  public record Tried(Map<String, String> values, double ndcg10, int best, int epochs) {}

  /**
   * Tunes every contender.
   *
   * @param comparison its runs of tuning lie in a folder {@code tuning} beside the others and rank
   *     few candidates alone
   * @param grid values to try, by the path of an option of the setup
   * @param seed of all trainings
   * @throws IOException if a file cannot be read or written
   * @throws IllegalArgumentException if there is no such option or it cannot have a value
   */
  public static Tuning of(
      Comparison comparison,
      List<Contender> contenders,
      Map<String, List<String>> grid,
      long seed,
      Comparison.Listener listener)
      throws IOException {
    List<Map<String, String>> combinations = combinations(grid);
    List<Contender> able = contenders.stream().filter(one -> one.missing().isEmpty()).toList();
    List<Contender> all = new ArrayList<>();
    able.forEach(one -> combinations.forEach(values -> all.add(with(one, values))));
    List<Comparison.Line> lines =
        comparison
            .withAllItems(AllItems.Options.none())
            .in("tuning")
            .run(all, List.of(seed), listener);
    List<Choice> choices = new ArrayList<>();
    for (int i = 0; i < able.size(); i++) {
      int from = i * combinations.size();
      List<Tried> tried = new ArrayList<>();
      for (int j = 0; j < combinations.size(); j++) {
        tried.add(tried(combinations.get(j), lines.get(from + j)));
      }
      int best = 0;
      for (int j = 1; j < tried.size(); j++) {
        boolean better = tried.get(j).ndcg10 > tried.get(best).ndcg10;
        best = better || Double.isNaN(tried.get(best).ndcg10) ? j : best;
      }
      String name = able.get(i).name();
      choices.add(new Choice(name, tried, best, with(able.get(i), combinations.get(best), name)));
    }
    return new Tuning(choices);
  }

  /** Every combination; the last option changes fastest. */
  static List<Map<String, String>> combinations(Map<String, List<String>> grid) {
    List<Map<String, String>> all = List.of(Map.of());
    for (Map.Entry<String, List<String>> option : grid.entrySet()) {
      Checks.atLeast(1, "values of " + option.getKey(), option.getValue().size());
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> one : all) {
        for (String value : option.getValue()) {
          Map<String, String> more = new LinkedHashMap<>(one);
          more.put(option.getKey(), value);
          longer.add(more);
        }
      }
      all = longer;
    }
    return all;
  }

  private static Contender with(Contender one, Map<String, String> values) {
    return with(one, values, "%s, %s".formatted(one.name(), words(values)));
  }

  private static Contender with(Contender one, Map<String, String> values, String name) {
    return new Contender(
        name, OptionPaths.set(one.setup(), values), one.pretrained(), one.missing());
  }

  /** The values in words, each option by the end of its path. */
  private static String words(Map<String, String> values) {
    return values.entrySet().stream()
        .map(e -> e.getKey().substring(e.getKey().lastIndexOf('.') + 1) + " " + e.getValue())
        .collect(Collectors.joining(", "));
  }

  private static Tried tried(Map<String, String> values, Comparison.Line line) {
    if (line.runs().isEmpty()) {
      return new Tried(values, Double.NaN, 0, 0);
    }
    List<TrainListener.Epoch> epochs = line.runs().getFirst().epochs();
    Optional<TrainListener.Epoch> best = best(epochs);
    return new Tried(
        values,
        best.map(TrainListener.Epoch::validation).orElse(Double.NaN),
        best.map(TrainListener.Epoch::epoch).orElse(0),
        epochs.size());
  }

  /** The epoch with the best validation measure, of equal ones the first; none without epochs. */
  static Optional<TrainListener.Epoch> best(List<TrainListener.Epoch> epochs) {
    return epochs.stream().reduce((a, b) -> b.validation() > a.validation() ? b : a);
  }

  /** The contenders with what was chosen; those that cannot be trained as they were. */
  public List<Contender> tuned(List<Contender> contenders) {
    Map<String, Contender> byName =
        choices.stream().collect(Collectors.toMap(Choice::model, Choice::contender));
    return contenders.stream().map(one -> byName.getOrDefault(one.name(), one)).toList();
  }

  /** What was tried: a line for each model, a column for each combination, then the choice. */
  public Table table(String corpus) {
    Table table =
        Table.create(
            "NDCG@10 on the validation requests of %s, best epoch / epochs".formatted(corpus),
            ResultTable.column("model", choices, Choice::model));
    for (int j = 0; j < choices.getFirst().tried.size(); j++) {
      int at = j;
      table.addColumns(
          ResultTable.column(
              words(choices.getFirst().tried.get(j).values),
              choices,
              choice -> cell(choice.tried.get(at))));
    }
    return table.addColumns(
        ResultTable.column("chosen", choices, choice -> words(choice.values())));
  }

  private static String cell(Tried tried) {
    return Double.isNaN(tried.ndcg10)
        ? "failed"
        : String.format(
            java.util.Locale.ROOT, "%.4f, %d / %d", tried.ndcg10, tried.best, tried.epochs);
  }
}
