package seminar.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import seminar.options.OptionPaths;

/** In which options, data or code two runs differ, in words. */
public final class RunDifference {
  private static final Set<String> SEEDS = Set.of("setup.training.seed", "setup.pretraining.seed");

  private RunDifference() {}

  /**
   * One sentence for each difference, those of data and code first; none if the runs depend on the
   * very same things.
   *
   * @param first one run
   * @param second the other
   */
  public static List<String> of(Run first, Run second) {
    List<String> words = new ArrayList<>();
    Run.Identity a = first.identity();
    Run.Identity b = second.identity();
    add(words, "the corpora differ: hash", a.corpus(), b.corpus());
    add(words, "the features of items differ: hash", a.features(), b.features());
    add(words, "the test has other negatives: hash", a.negatives(), b.negatives());
    add(words, "version of the code:", a.version(), b.version());
    add(words, "commit of the code:", first.provenance().commit(), second.provenance().commit());
    add(words, "Java:", first.provenance().java(), second.provenance().java());
    add(words, "platform:", first.provenance().platform(), second.provenance().platform());
    add(words, "seed:", a.seed(), b.seed());
    OptionPaths.differences(OptionPaths.describe(a.options()), OptionPaths.describe(b.options()))
        .stream()
        .filter(difference -> !SEEDS.contains(difference.path())) // said above
        .forEach(difference -> words.add(difference.toString()));
    return words;
  }

  private static void add(List<String> words, String what, Object a, Object b) {
    if (!a.equals(b)) {
      words.add("%s %s against %s".formatted(what, a, b));
    }
  }
}
