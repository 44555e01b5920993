package seminar.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import seminar.experiment.AllItems;
import seminar.experiment.Setup;
import seminar.options.OptionPaths;
import seminar.paper.Comparing;

/** How the models of Table 2 are compared. */
final class ComparingOptions {
  private static final int PATIENCE = 5;
  private static final String USUAL_GRID = "training.adam.learningRate=0.001/0.002/0.004";

  @Option(
      names = "--all-items",
      paramLabel = "ITEMS",
      description =
          "Of the part 'table2', ranks all items beside 99 negatives where the catalogue has no"
              + " more than so many, and makes runs anew that did not; 0 for never. Default:"
              + " 30,000, and runs that are there stay.")
  private Integer allItems;

  @Option(
      names = "--plateau",
      paramLabel = "EPOCHS",
      description =
          "Trains every model until "
              + PATIENCE
              + " epochs in a row are no better on the validation items, EPOCHS at most.")
  private Integer plateau;

  @Option(
      names = "--tune",
      arity = "0..1",
      fallbackValue = USUAL_GRID,
      paramLabel = "PATH=A/B",
      description =
          "Of the part 'table2', trains every model with each of these values of an option of the"
              + " setup, several options separated by commas, and compares it with those that are"
              + " best on the validation items; without a value "
              + USUAL_GRID
              + ".",
      split = ",")
  private Map<String, String> tried = new LinkedHashMap<>();

  /**
   * How models are compared.
   *
   * @throws IllegalArgumentException if a value of an option is none; the message names it
   */
  Comparing comparing(long seed) {
    AllItems.Options usual = AllItems.Options.usual();
    AllItems.Options all =
        allItems == null ? usual : usual.withLargest(allItems).withRequired(allItems > 0);
    Map<String, List<String>> grid = new LinkedHashMap<>();
    tried.forEach(
        (path, values) -> {
          if (path.endsWith(".seed") || !Setup.Settings.ofSetup(path)) {
            throw new IllegalArgumentException(
                "--tune %s: give an option of the setup other than a seed".formatted(path));
          }
          List<String> each = Arrays.stream(values.split("/")).map(String::strip).toList();
          each.forEach(value -> OptionPaths.set(Setup.laptop(seed), Map.of(path, value)));
          grid.put(path, each);
        });
    return new Comparing(all, grid);
  }

  /**
   * What is set, with what the plateau needs.
   *
   * @throws IllegalArgumentException if that is set already
   */
  Map<String, String> settings(Map<String, String> set) {
    if (plateau == null) {
      return set;
    }
    Map<String, String> more = new LinkedHashMap<>(set);
    String before = more.put("training.epochs", "" + plateau);
    if (before != null) {
      throw new IllegalArgumentException(
          "--plateau is %d and --set training.epochs=%s: give one of them"
              .formatted(plateau, before));
    }
    more.putIfAbsent("training.patience", "" + PATIENCE);
    return more;
  }
}
