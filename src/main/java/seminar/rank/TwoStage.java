package seminar.rank;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import seminar.file.Progress;
import seminar.math.Checks;
import seminar.measure.RankingReport;

/**
 * A retriever and a ranker, as large catalogues are served: the first stage scores all candidates
 * of a request and proposes its N best, the second orders these.
 *
 * <pre>
 *   TWO-1  P = the N candidates with the largest f(c);  of equal ones the item with the lower number
 *   TWO-2  score(c) = g(c) for c ∈ P,  −∞ for all others
 *   TWO-3  score(c) = w z_P(f(c)) + (1 − w) z_P(g(c)) for c ∈ P,  where a weight w &gt; 0 is given
 * </pre>
 *
 * <p>with z_P(x) = (x − mean over P) / standard deviation over P, 0 where all of P are equal. What
 * was not proposed shares the places behind N with equal chance, so a held-out item that was not
 * proposed is a miss at every cut-off up to N, and HIT@N of the pair is the recall of the first
 * stage. With N as large as the list the pair is its second stage, bit for bit.
 *
 * <p>Ask it for full ranking ({@link RankingForm.Against#ALL}): among a hundred candidates two
 * hundred are all of them.
 */
public final class TwoStage implements Ranker {
  /** How many candidates are usually proposed. */
  public static final int PROPOSED = 200;

  /** The weights of the first stage that {@link #chosen} usually tries. */
  public static final List<Double> WEIGHTS =
      IntStream.rangeClosed(0, 10).mapToObj(tenth -> tenth / 10.0).toList();

  private final Ranker first;
  private final Ranker second;
  private final int propose;
  private final double weight;

  /**
   * A pair.
   *
   * @param first proposes
   * @param second orders what was proposed
   * @param propose N
   * @throws IllegalArgumentException if {@code propose < 1}
   */
  public TwoStage(Ranker first, Ranker second, int propose) {
    this(first, second, propose, 0);
  }

  private TwoStage(Ranker first, Ranker second, int propose, double weight) {
    this.first = first;
    this.second = second;
    this.propose = Checks.atLeast(1, "propose", propose);
    this.weight = Checks.within(0, 1, "weight", weight);
  }

  /**
   * The same with another weight of the first stage's score.
   *
   * @param value w from 0 to 1; 0 is the second stage alone, as it scores
   */
  public TwoStage withWeight(double value) {
    return new TwoStage(first, second, propose, value);
  }

  /** w, the weight of the first stage's score. */
  public double weight() {
    return weight;
  }

  /**
   * What some requests came to.
   *
   * @param lengths how many candidates each has
   * @param columns those that were proposed, rising
   * @param first their scores in the first stage; none of a request whose candidates are all there
   *     unless a weight needs them
   * @param second their scores in the second stage
   */
  private record Proposed(int[] lengths, int[][] columns, float[][] first, float[][] second) {
    /** One row for each request, as long as its list of candidates. */
    float[][] scores(double weight) {
      float[][] scores = new float[lengths.length][];
      for (int q = 0; q < scores.length; q++) {
        scores[q] = new float[lengths[q]];
        Arrays.fill(scores[q], Float.NEGATIVE_INFINITY);
        float[] mixed = weight == 0 ? second[q] : mix(first[q], second[q], weight);
        for (int i = 0; i < columns[q].length; i++) {
          scores[q][columns[q][i]] = mixed[i];
        }
      }
      return scores;
    }
  }

  @Override
  public float[][] score(Requests requests) {
    return proposed(requests, weight > 0).scores(weight);
  }

  private Proposed proposed(Requests requests, boolean mixed) {
    int[] lengths = Arrays.stream(requests.candidates()).mapToInt(row -> row.length).toArray();
    boolean all = Arrays.stream(lengths).allMatch(length -> length <= propose);
    float[][] proposing = all && !mixed ? new float[lengths.length][0] : first.score(requests);
    int[][] columns = new int[lengths.length][];
    float[][] kept = new float[lengths.length][];
    for (int q = 0; q < columns.length; q++) {
      columns[q] =
          lengths[q] <= propose
              ? IntStream.range(0, lengths[q]).toArray()
              : BestCandidates.columns(requests.candidates()[q], proposing[q], propose);
      Arrays.sort(columns[q]);
      kept[q] = proposing[q].length == 0 ? proposing[q] : of(proposing[q], columns[q]);
    }
    Requests narrowed =
        new Requests(
            requests.users(),
            requests.positions(),
            of(requests.candidates(), columns),
            of(requests.queries(), columns));
    return new Proposed(lengths, columns, kept, second.score(narrowed));
  }

  private static float[] of(float[] row, int[] columns) {
    float[] some = new float[columns.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = row[columns[i]];
    }
    return some;
  }

  private static int[][] of(int[][] rows, int[][] columns) {
    int[][] some = new int[rows.length][];
    for (int q = 0; q < some.length; q++) {
      int[] row = rows[q];
      some[q] = Arrays.stream(columns[q]).map(c -> row[c]).toArray();
    }
    return some;
  }

  private static float[] mix(float[] first, float[] second, double weight) {
    double[] f = standardised(first);
    double[] g = standardised(second);
    float[] mixed = new float[f.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (float) (weight * f[i] + (1 - weight) * g[i]);
    }
    return mixed;
  }

  private static double[] standardised(float[] scores) {
    double mean = 0;
    for (float score : scores) {
      mean += score;
    }
    mean /= scores.length;
    double square = 0;
    for (float score : scores) {
      square += (score - mean) * (score - mean);
    }
    double deviation = Math.sqrt(square / scores.length);
    double[] z = new double[scores.length];
    for (int i = 0; i < z.length; i++) {
      z[i] = deviation > 0 ? (scores[i] - mean) / deviation : 0;
    }
    return z;
  }

  /**
   * The weight that was chosen, and what each weight reached.
   *
   * @param pair with the best weight; of equal ones the smallest
   * @param weights those that were tried, rising
   * @param ndcg10 NDCG@10 of each on the requests of the choice
   */
  public record Chosen(TwoStage pair, List<Double> weights, List<Double> ndcg10) {}

  /**
   * Chooses w by NDCG@10 on some requests, which are scored once for all weights. They must not be
   * those that are reported.
   *
   * @param weights those that are tried, rising
   * @throws IllegalArgumentException if there is none or one is not in [0, 1]
   */
  public Chosen chosen(RankingTask validation, List<Double> weights, Progress progress) {
    Checks.atLeast(1, "weights", weights.size());
    List<TwoStage> pairs = weights.stream().map(this::withWeight).toList();
    List<RankingReport.Accumulator> reports =
        weights.stream().map(w -> new RankingReport.Accumulator(validation.form().ties())).toList();
    validation.score(
        (requests, from) -> {
          Proposed proposed = proposed(requests, true);
          for (int w = 0; w < reports.size(); w++) {
            float[][] scores = proposed.scores(weights.get(w));
            for (int q = 0; q < scores.length; q++) {
              reports.get(w).add(requests.users()[q], scores[q]);
            }
          }
        },
        progress);
    List<Double> ndcg10 = reports.stream().map(report -> report.report().ndcg(10)).toList();
    int best = 0;
    for (int w = 1; w < ndcg10.size(); w++) {
      best = ndcg10.get(w) > ndcg10.get(best) ? w : best;
    }
    return new Chosen(pairs.get(best), List.copyOf(weights), ndcg10);
  }
}
