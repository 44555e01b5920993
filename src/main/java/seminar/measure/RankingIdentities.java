package seminar.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import seminar.math.Checks;

/**
 * What the numbers of one ranking owe each other (our eq. RANK-1), whatever was ranked:
 *
 * <pre>
 *   HIT@1 = NDCG@1,   NDCG@k ≤ HIT@k,   HIT@1 ≤ MRR
 *   ΔHIT / log2(b + 1) ≤ ΔNDCG ≤ ΔHIT / log2(a + 2)     between cut-offs a &lt; b
 *   Σ ΔHIT / b ≤ MRR ≤ Σ ΔHIT / (a + 1)                 over all cut-offs and the rest of the list
 * </pre>
 *
 * A hit that is gained between the cut-offs a and b has one of the places a + 1 to b, and each
 * place has one gain. Numbers that break these were not measured on any ranking.
 */
public final class RankingIdentities {
  private static final List<Integer> CUTOFFS = RankingReport.CUTOFFS;

  private RankingIdentities() {}

  /**
   * Every identity that the numbers break.
   *
   * @param summary HIT and NDCG at the cut-offs of {@link RankingReport#CUTOFFS}, MRR; what is
   *     missing is not asked about, and a missing NDCG@1 is HIT@1
   * @param candidates length of every ranked list
   * @param tolerance by how much a bound may be missed: numbers are rounded
   * @return one sentence each; none if all hold
   */
  public static List<String> broken(Map<String, Double> summary, int candidates, double tolerance) {
    Checks.atLeast(CUTOFFS.getLast(), "candidates", candidates);
    Checks.within(0, 1, "tolerance", tolerance);
    List<String> broken = new ArrayList<>();
    double hit1 = get(summary, "HIT@1").orElse(Double.NaN);
    equal(broken, get(summary, "NDCG@1"), hit1, tolerance);
    for (int k : CUTOFFS) {
      get(summary, "NDCG@" + k)
          .ifPresent(ndcg -> within(broken, "NDCG@" + k, ndcg, 0, hit(summary, k), tolerance));
    }
    for (int i = 1; i < CUTOFFS.size(); i++) {
      steps(broken, summary, CUTOFFS.get(i - 1), CUTOFFS.get(i), tolerance);
    }
    get(summary, "MRR").ifPresent(mrr -> mrr(broken, summary, mrr, candidates, tolerance));
    return broken;
  }

  private static void equal(
      List<String> broken, OptionalDouble ndcg1, double hit1, double tolerance) {
    if (ndcg1.isPresent() && Math.abs(ndcg1.getAsDouble() - hit1) > tolerance) {
      broken.add(
          text(
              "HIT@1 is %.4f and NDCG@1 is %.4f: they are the same measure",
              hit1, ndcg1.getAsDouble()));
    }
  }

  private static void steps(
      List<String> broken, Map<String, Double> summary, int a, int b, double tolerance) {
    double hits = hit(summary, b) - hit(summary, a);
    double gained = ndcg(summary, b) - ndcg(summary, a);
    double low = hits * Math.log(2) / Math.log(b + 1);
    double high = hits * Math.log(2) / Math.log(a + 2);
    within(broken, "NDCG@%d less NDCG@%d".formatted(b, a), gained, low, high, tolerance);
  }

  private static void mrr(
      List<String> broken,
      Map<String, Double> summary,
      double mrr,
      int candidates,
      double tolerance) {
    double low = 0;
    double high = 0;
    int a = 0;
    for (int b : CUTOFFS) {
      double hits = hit(summary, b) - (a == 0 ? 0 : hit(summary, a));
      low += hits / b;
      high += hits / (a + 1);
      a = b;
    }
    double rest = 1 - hit(summary, a);
    within(broken, "MRR", mrr, low + rest / candidates, high + rest / (a + 1), tolerance);
  }

  /** Nothing is said where a number is missing: no comparison with NaN holds. */
  private static void within(
      List<String> broken, String name, double value, double low, double high, double tolerance) {
    if (value < low - tolerance || value > high + tolerance) {
      broken.add(text("%s is %.4f, but must lie in [%.4f, %.4f]", name, value, low, high));
    }
  }

  private static double hit(Map<String, Double> summary, int k) {
    return get(summary, "HIT@" + k).orElse(Double.NaN);
  }

  private static double ndcg(Map<String, Double> summary, int k) {
    return get(summary, "NDCG@" + k).orElse(k == 1 ? hit(summary, 1) : Double.NaN);
  }

  private static OptionalDouble get(Map<String, Double> summary, String measure) {
    Double value = summary.get(measure);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static String text(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
