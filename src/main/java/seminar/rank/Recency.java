package seminar.rank;

import java.util.HashMap;
import java.util.Map;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Split;

/**
 * Ranks what the user had before the request by how lately, and the rest by popularity behind it.
 *
 * <p>Where negatives are items that the user never had, as in {@link RankingTask}, a positive that
 * repeats is thereby first: the ranker tells how much of a score repeats alone could give. On a
 * corpus without repeats it is {@link Popularity}.
 */
public final class Recency implements Ranker {
  private final Histories histories;
  private final Popularity popularity;

  private Recency(Histories histories, Popularity popularity) {
    this.histories = histories;
    this.popularity = popularity;
  }

  /** Counts popularity in training; lateness is read at request time. */
  public static Recency fit(Corpus corpus, Split split) {
    Histories histories = corpus.histories();
    return new Recency(histories, Popularity.fit(histories, split, corpus.catalog().size()));
  }

  @Override
  public float[][] score(Requests requests) {
    return EachRequest.score(requests, () -> this::score);
  }

  /** One more than the position of the latest event, or a share of clicks below 1. */
  private void score(int user, int position, int[] candidates, float[] scores) {
    Map<Integer, Integer> latest = new HashMap<>();
    long start = histories.start(user);
    for (int p = 0; p < position; p++) {
      latest.put(histories.item(start + p), p);
    }
    for (int c = 0; c < scores.length; c++) {
      Integer last = latest.get(candidates[c]);
      scores[c] = last == null ? popularity.share(candidates[c]) : last + 1f;
    }
  }
}
