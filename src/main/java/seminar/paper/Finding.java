package seminar.paper;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What we find where the paper claims something.
 *
 * @param verdict on the claim
 * @param numbers ours, with their intervals
 */
public record Finding(Verdict verdict, String numbers) {
  /** A claim that all differences are above zero. */
  static Finding above(List<Difference> differences) {
    return new Finding(Verdict.above(differences), words(differences));
  }

  /** Differences side by side. */
  static String words(List<Difference> differences) {
    return differences.isEmpty()
        ? "no such runs"
        : differences.stream().map(Difference::words).collect(Collectors.joining("; "));
  }

  /** What was made is not enough. */
  static Finding open(String numbers) {
    return new Finding(Verdict.OPEN, numbers);
  }
}
