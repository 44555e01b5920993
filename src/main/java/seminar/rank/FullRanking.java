package seminar.rank;

import java.util.stream.IntStream;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.data.TrainingClicks;
import seminar.file.Progress;
import seminar.measure.BeyondAccuracy;
import seminar.measure.RankingReport;

/**
 * How a ranker orders every item that a user has not met: where the held-out items stand, and what
 * all users would be shown.
 *
 * @param report the places of the held-out items
 * @param beyond what the ten best of every request are like
 */
public record FullRanking(RankingReport report, BeyondAccuracy beyond) {
  /** The length of the lists that users would be shown. */
  public static final int SHOWN = 10;

  /**
   * Ranks for every request of a task.
   *
   * @param task among all items, or what is shown is the best of few
   * @param split of the task; its training part says how popular an item is
   */
  public static FullRanking of(
      RankingTask task, Ranker ranker, Corpus corpus, Split split, Progress progress) {
    int[][] shown = new int[task.positives()][];
    RankingReport report =
        task.rank(
            ranker,
            progress,
            (requests, from, scores) -> {
              for (int q = 0; q < scores.length; q++) {
                shown[from + q] = BestCandidates.items(requests.candidates()[q], scores[q], SHOWN);
              }
            });
    int items = corpus.catalog().size();
    TrainingClicks clicks = TrainingClicks.of(corpus.histories(), split, items);
    int[] counts = IntStream.rangeClosed(0, items).map(clicks::of).toArray();
    return new FullRanking(report, BeyondAccuracy.of(SHOWN, shown, counts));
  }
}
