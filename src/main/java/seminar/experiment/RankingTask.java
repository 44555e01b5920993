package seminar.experiment;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Negatives;
import seminar.data.Progress;
import seminar.data.Split;
import seminar.measure.RankingReport;
import seminar.measure.TieRule;

/**
 * Leave-one-out ranking: one held-out item among frozen uniform negatives (paper §4.1; FACTS §3.4),
 * the query of every candidate empty (recommendation mode).
 */
public final class RankingTask {
  /** Negatives beside each positive (paper: 99). */
  public static final int NEGATIVES = 99;

  private static final int USERS_AT_ONCE = 64;

  private final Negatives negatives;
  private final int[] positions;
  private final int[] positives;

  private RankingTask(Negatives negatives, int[] positions, int[] positives) {
    this.negatives = negatives;
    this.positions = positions;
    this.positives = positives;
  }

  private static RankingTask of(
      Corpus corpus, int[] users, String stage, long seed, IntUnaryOperator position) {
    Histories histories = corpus.histories();
    int[] positions = Arrays.stream(users).map(position).toArray();
    int[] positives = new int[users.length];
    for (int i = 0; i < users.length; i++) {
      positives[i] = histories.item(histories.start(users[i]) + positions[i]);
    }
    Negatives negatives = Negatives.uniform(corpus, users, NEGATIVES, stage, seed);
    return new RankingTask(negatives, positions, positives);
  }

  /** The task on each user's validation target. */
  public static RankingTask validation(Corpus corpus, Split split, long seed) {
    return of(corpus, split.validationUsers(), "validation", seed, split::validationPosition);
  }

  /** The task on each user's test target, with other negatives than those of validation. */
  public static RankingTask test(Corpus corpus, Split split, long seed) {
    return of(corpus, split.testUsers(), "test", seed, split::testPosition);
  }

  /** The same task on the first {@code count} users; on all if there are no more. */
  RankingTask first(int count) {
    return new RankingTask(
        negatives, Arrays.copyOf(positions, Math.min(count, positions.length)), positives);
  }

  /** How many users there are. */
  public int users() {
    return positions.length;
  }

  /** The hash of the frozen negatives. */
  public String hash() {
    return negatives.hash();
  }

  /** The candidates of question {@code index}: the positive, then its negatives. */
  public int[] candidates(int index) {
    int[] candidates = new int[1 + NEGATIVES];
    candidates[0] = positives[index];
    negatives.copy(index, candidates, 1);
    return candidates;
  }

  /** Questions {@code [from, to)}. */
  public Ranker.Questions questions(int from, int to) {
    int[] users = new int[to - from];
    int[][] candidates = new int[to - from][];
    for (int i = from; i < to; i++) {
      users[i - from] = negatives.user(i);
      candidates[i - from] = candidates(i);
    }
    return new Ranker.Questions(users, Arrays.copyOfRange(positions, from, to), candidates);
  }

  /** Ranks for every user. */
  public RankingReport rank(Ranker ranker, Progress progress) {
    RankingReport.Accumulator report = new RankingReport.Accumulator(TieRule.EXPECTED);
    for (int from = 0; from < users(); from += USERS_AT_ONCE) {
      int to = Math.min(users(), from + USERS_AT_ONCE);
      for (float[] scores : ranker.score(questions(from, to))) {
        report.add(scores);
      }
      progress.at("ranking", to, users());
    }
    return report.report();
  }
}
