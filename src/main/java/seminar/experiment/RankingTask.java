package seminar.experiment;

import java.util.Arrays;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Negatives;
import seminar.data.Progress;
import seminar.data.Split;
import seminar.measure.RankingReport;
import seminar.measure.TieRule;

/**
 * Ranking of held-out items, each among frozen uniform negatives (paper §4.1), the query of every
 * candidate empty ({@link seminar.data.TestMode#RECOMMENDATION}). Targets of the same user share
 * that user's negatives.
 */
public final class RankingTask {
  /** Negatives beside each positive (paper: 99). */
  public static final int NEGATIVES = 99;

  private static final int USERS_AT_ONCE = 64;

  private final Negatives negatives;
  private final Split.Targets targets;
  private final int[] rows;
  private final int[] positives;
  private final TieRule ties;

  private RankingTask(
      Negatives negatives, Split.Targets targets, int[] rows, int[] positives, TieRule ties) {
    this.ties = ties;
    this.negatives = negatives;
    this.targets = targets;
    this.rows = rows;
    this.positives = positives;
  }

  private static RankingTask of(Corpus corpus, Split.Targets targets, String stage, long seed) {
    Histories histories = corpus.histories();
    int[] users = Arrays.stream(targets.users()).distinct().toArray();
    int[] rows = new int[targets.size()];
    int[] positives = new int[targets.size()];
    for (int i = 0; i < rows.length; i++) {
      int user = targets.users()[i];
      rows[i] = Arrays.binarySearch(users, user);
      positives[i] = histories.item(histories.start(user) + targets.positions()[i]);
    }
    Negatives negatives = Negatives.uniform(corpus, users, NEGATIVES, stage, seed);
    return new RankingTask(negatives, targets, rows, positives, TieRule.EXPECTED);
  }

  /** The task on each validation target. */
  public static RankingTask validation(Corpus corpus, Split split, long seed) {
    return of(corpus, split.validationTargets(), "validation", seed);
  }

  /** The task on each test target, with other negatives than those of validation. */
  public static RankingTask test(Corpus corpus, Split split, long seed) {
    return of(corpus, split.testTargets(), "test", seed);
  }

  /** The task on each validation target with the negatives of the test, as in the released code. */
  static RankingTask validationAsReleased(Corpus corpus, Split split, long seed) {
    return of(corpus, split.validationTargets(), "test", seed);
  }

  /** The same task with another rule for equal scores. */
  RankingTask with(TieRule rule) {
    return new RankingTask(negatives, targets, rows, positives, rule);
  }

  /** The same task on the first {@code count} targets; on all if there are no more. */
  RankingTask first(int count) {
    int kept = Math.min(count, users());
    Split.Targets first =
        new Split.Targets(
            Arrays.copyOf(targets.users(), kept), Arrays.copyOf(targets.positions(), kept));
    return new RankingTask(negatives, first, rows, positives, ties);
  }

  /** How many questions there are: one for each user, unless the split gives users several. */
  public int users() {
    return targets.size();
  }

  /** The hash of the frozen negatives. */
  public String hash() {
    return negatives.hash();
  }

  /** The candidates of question {@code index}: the positive, then its negatives. */
  public int[] candidates(int index) {
    int[] candidates = new int[1 + NEGATIVES];
    candidates[0] = positives[index];
    negatives.copy(rows[index], candidates, 1);
    return candidates;
  }

  /** Questions {@code [from, to)}. */
  public Ranker.Questions questions(int from, int to) {
    int[][] candidates = new int[to - from][];
    Arrays.setAll(candidates, i -> candidates(from + i));
    return new Ranker.Questions(
        Arrays.copyOfRange(targets.users(), from, to),
        Arrays.copyOfRange(targets.positions(), from, to),
        candidates);
  }

  /** Ranks for every question. */
  public RankingReport rank(Ranker ranker, Progress progress) {
    RankingReport.Accumulator report = new RankingReport.Accumulator(ties);
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
