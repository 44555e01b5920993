package seminar.measure;

import java.util.function.IntToDoubleFunction;
import seminar.math.Checks;

/**
 * A measure of where one positive stands, averaged over its possible places:
 *
 * <pre>
 *   NDCG@k = 1[r &lt; k] / log2(r + 2)     HIT@k = 1[r &lt; k]     MRR = 1 / (r + 1)
 * </pre>
 *
 * where r is the place counted from 0. MRR runs over the whole list, untruncated (paper §4.1 and
 * its released code).
 *
 * <p>For any ranking HIT@1 = NDCG@1 ≤ MRR, NDCG@k ≤ HIT@k, and between cut-offs a &lt; b ΔHIT /
 * log2(b + 1) ≤ ΔNDCG ≤ ΔHIT / log2(a + 2): numbers that break these were not measured.
 *
 * @param kind which of the three
 * @param cutoff k; {@link Integer#MAX_VALUE} for MRR
 */
public record RankingMeasure(Kind kind, int cutoff) {
  /** The three measures. */
  public enum Kind {
    /** Normalised discounted cumulative gain of one relevant candidate. */
    NDCG,
    /** Whether the positive is among the first k. */
    HIT,
    /** The reciprocal of the rank. */
    MRR
  }

  /** Checks {@code cutoff >= 1}. */
  public RankingMeasure {
    Checks.atLeast(1, "cutoff", cutoff);
  }

  /** NDCG among the first {@code k}. */
  public static RankingMeasure ndcg(int k) {
    return new RankingMeasure(Kind.NDCG, k);
  }

  /** Hit rate among the first {@code k}. */
  public static RankingMeasure hit(int k) {
    return new RankingMeasure(Kind.HIT, k);
  }

  /** Mean reciprocal rank over the whole list. */
  public static RankingMeasure mrr() {
    return new RankingMeasure(Kind.MRR, Integer.MAX_VALUE);
  }

  /** The expectation of the measure over the places of the positive. */
  public double of(Place place) {
    return switch (kind) {
      case NDCG -> average(place, rank -> Math.log(2) / Math.log(rank + 2.0));
      case HIT -> average(place, rank -> 1);
      case MRR -> average(place, rank -> 1 / (rank + 1.0));
    };
  }

  private double average(Place place, IntToDoubleFunction gain) {
    double sum = 0;
    for (int rank = place.first(); rank <= place.last() && rank < cutoff; rank++) {
      sum += gain.applyAsDouble(rank);
    }
    return sum / (place.last() - place.first() + 1);
  }

  /** As the paper prints it: {@code NDCG@5}, {@code HIT@10}, {@code MRR}. */
  @Override
  public String toString() {
    return kind == Kind.MRR ? "MRR" : kind + "@" + cutoff;
  }
}
