package seminar.experiment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** In which options, data or code two runs differ, in words. */
public final class RunDifference {
  private RunDifference() {}

  /**
   * One sentence for each difference, those of data and code first; none if the runs depend on the
   * very same things.
   *
   * @param first one run
   * @param second the other
   */
  public static List<String> of(RankedRun first, RankedRun second) {
    List<String> words = new ArrayList<>();
    RankedRun.Identity a = first.identity();
    RankedRun.Identity b = second.identity();
    add(words, "the corpora differ: hash", a.corpus(), b.corpus());
    add(words, "the features of items differ: hash", a.features(), b.features());
    add(words, "the test has other negatives: hash", a.negatives(), b.negatives());
    add(words, "version of the code:", a.version(), b.version());
    add(words, "commit of the code:", first.provenance().commit(), second.provenance().commit());
    add(words, "Java:", first.provenance().java(), second.provenance().java());
    add(words, "platform:", first.provenance().platform(), second.provenance().platform());
    add(words, "seed:", a.seed(), b.seed());
    compare(words, "", a.options(), b.options());
    return words;
  }

  private static void add(List<String> words, String what, Object a, Object b) {
    if (!a.equals(b)) {
      words.add("%s %s against %s".formatted(what, a, b));
    }
  }

  private static void compare(List<String> words, String path, JsonNode a, JsonNode b) {
    if (a.isObject() && b.isObject()) {
      Set<String> names = new LinkedHashSet<>();
      a.fieldNames().forEachRemaining(names::add);
      b.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        String own = path.isEmpty() ? name : path + "." + name;
        if (!own.equals("setup.training.seed") && !own.equals("setup.pretraining.seed")) {
          compare(words, own, a.path(name), b.path(name));
        }
      }
    } else if (!a.equals(b)) {
      words.add(
          "option %s: %s against %s"
              .formatted(
                  path,
                  a.isMissingNode() ? "absent" : a.toString(),
                  b.isMissingNode() ? "absent" : b.toString()));
    }
  }
}
