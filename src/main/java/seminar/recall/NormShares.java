package seminar.recall;

import seminar.math.Checks;
import seminar.recall.NormRecall.Options;
import seminar.retrieve.ScoreParts;

/**
 * Who decides the order of events: the share of each pair of channels in the variance of the exact
 * score, over the synthetic histories of {@link NormRecall}.
 *
 * <pre>
 *   s(t, l) = Σ_ij p_ij(l)      share_ij = cov_l(p_ij, s) / var_l(s)      Σ_ij share_ij = 1
 * </pre>
 *
 * <p>A pair that adds the same number to every event has share 0 however large the number is.
 *
 * @param shares [M, M], rows are channels of the target, columns channels of events; means over
 *     targets
 */
public record NormShares(double[][] shares) {
  /** Takes the scores of all sequences of a panel apart. */
  public static NormShares of(Options options) {
    int channels = options.weights().size();
    double[] sums = new double[channels * channels];
    for (int sequence = 0; sequence < options.sequences(); sequence++) {
      double[] shares = shares(NormSequence.of(options, sequence));
      for (int pair = 0; pair < sums.length; pair++) {
        sums[pair] += shares[pair] / options.sequences();
      }
    }
    double[][] table = new double[channels][channels];
    for (int pair = 0; pair < sums.length; pair++) {
      table[pair / channels][pair % channels] = sums[pair];
    }
    return new NormShares(table);
  }

  private static double[] shares(NormSequence drawn) {
    int width = drawn.target().vectors().length;
    int count = drawn.events().length / width;
    Checks.atLeast(2, "sequenceLength L", count); // one score has no variance
    int pairs = drawn.target().channels() * drawn.target().channels();
    double[] sums = new double[pairs]; // of p
    double[] products = new double[pairs]; // of p·s
    double sum = 0;
    double squares = 0;
    float[] event = new float[width];
    for (int l = 0; l < count; l++) {
      System.arraycopy(drawn.events(), l * width, event, 0, width);
      ScoreParts parts = ScoreParts.of(drawn.target(), event, 1);
      double score = parts.score();
      for (int pair = 0; pair < pairs; pair++) {
        sums[pair] += parts.pairs()[pair];
        products[pair] += parts.pairs()[pair] * score;
      }
      sum += score;
      squares += score * score;
    }
    double variance = squares / count - sum * sum / count / count;
    double[] shares = new double[pairs];
    for (int pair = 0; pair < pairs; pair++) {
      shares[pair] = (products[pair] / count - sums[pair] * sum / count / count) / variance;
    }
    return shares;
  }
}
