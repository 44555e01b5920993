package seminar.rank;

import java.util.LinkedHashMap;
import java.util.Map;
import seminar.math.Checks;

/**
 * How Tribuo's models of sparse features are trained.
 *
 * @param last events of the user that are features
 * @param targets training targets that are drawn; all of them if there are no more
 * @param negatives items drawn for each, all equally likely, that are not in the history's training
 *     part
 * @param epochs passes over the examples
 * @param rate initial learning rate of AdaGrad
 * @param factors numbers per feature and label that pairs of features are multiplied by; read by
 *     the factorization machine alone
 */
public record FieldOptions(
    int last, int targets, int negatives, int epochs, double rate, int factors) {
  /** Checks the bounds. */
  public FieldOptions {
    Checks.atLeast(1, "last", last);
    Checks.atLeast(1, "targets", targets);
    Checks.atLeast(1, "negatives", negatives);
    Checks.atLeast(1, "epochs", epochs);
    Checks.within(1e-9, 10, "rate", rate);
    Checks.atLeast(1, "factors", factors);
  }

  /** What takes well under a minute on MovieLens-1M. */
  public static FieldOptions usual() {
    return new FieldOptions(10, 80_000, 4, 2, 0.1, 8);
  }

  Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("last", "" + last);
    map.put("targets", "" + targets);
    map.put("negatives", "" + negatives);
    map.put("epochs", "" + epochs);
    map.put("rate", "" + rate);
    return map;
  }
}
