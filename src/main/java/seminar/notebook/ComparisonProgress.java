package seminar.notebook;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import seminar.experiment.Comparison;
import seminar.search.InterestModel;

/**
 * A comparison as one line below the cell, with the time left. It keeps the models, so that the
 * cells that follow can look into them.
 */
public final class ComparisonProgress implements Comparison.Listener {
  private static final int PARTS = 100;

  private final CellProgress line;
  private final Map<String, InterestModel> models = new LinkedHashMap<>();

  ComparisonProgress(CellProgress line) {
    this.line = line;
  }

  /**
   * A line below the cell that runs.
   *
   * @param title what is compared
   */
  public static ComparisonProgress of(String title) {
    return new ComparisonProgress(CellProgress.of(title, PARTS));
  }

  @Override
  public void begins(String name) {}

  @Override
  public void at(double fraction) {
    line.at(Math.clamp(Math.round(PARTS * fraction), 0, PARTS));
  }

  @Override
  public void trained(String name, long seed, InterestModel model) {
    models.put(name, model);
  }

  /**
   * The models that were trained, by name; of one with several seeds the last. Models whose runs
   * were read from files are not among them.
   */
  public Map<String, InterestModel> models() {
    return Collections.unmodifiableMap(models);
  }

  /** All was done: only that remains in the line. */
  public void done() {
    line.at(PARTS);
    line.close();
  }
}
