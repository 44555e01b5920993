package seminar.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import seminar.data.Corpus;
import seminar.data.CorpusStatistics;
import seminar.data.Histories;

/**
 * How long histories are: the complementary cumulative distribution P(length ≥ n).
 *
 * @param corpus name of the corpus
 * @param users how many histories
 * @param lengths mean, median and maximum
 * @param points one for each length that occurs, rising; empty histories are not among them
 */
public record HistoryLengths(
    String corpus, int users, CorpusStatistics.Lengths lengths, List<Point> points) {
  /**
   * A point of the curve.
   *
   * @param length n, in events
   * @param share share of users whose history has at least n events
   */
  public record Point(int length, double share) {}

  /** Measures every history of a corpus. */
  public static HistoryLengths of(Corpus corpus) {
    Histories histories = corpus.histories();
    int users = histories.users();
    int[] lengths = new int[users];
    Arrays.setAll(lengths, histories::length);
    Arrays.sort(lengths);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < users; i++) {
      if (lengths[i] > 0 && (i == 0 || lengths[i] != lengths[i - 1])) {
        points.add(new Point(lengths[i], (double) (users - i) / users));
      }
    }
    return new HistoryLengths(
        corpus.manifest().name(), users, CorpusStatistics.Lengths.of(histories), points);
  }
}
