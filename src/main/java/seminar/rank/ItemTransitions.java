package seminar.rank;

import java.util.Map;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Split;
import seminar.math.Checks;

/**
 * A Markov chain from item to item that looks a few events ahead and falls back on popularity. In
 * training an item that follows another at distance t = 1 … reach counts decay^(t − 1); for a
 * request the last events e_1 (the latest), e_2, … vote:
 *
 * <pre>
 *   P(c | e)  = (n(e, c) + μ · share(c)) / (n(e) + μ)
 *   score(c)  = Σ_{d = 1 … reach} decay^(d − 1) · P(c | e_d)</pre>
 *
 * with n(e, c) the counts, n(e) their sum over c, share(c) the item's share of all training events
 * and μ the weight of the fallback in events. A user without events gets popularity.
 *
 * <p>Cost: training events · reach to fit, at most items · neighbours numbers in memory.
 */
public final class ItemTransitions implements Ranker {
  private final Histories histories;
  private final Popularity popularity;
  private final ItemLinks following;
  private final float[] sums;
  private final Options options;

  private ItemTransitions(
      Histories histories,
      Popularity popularity,
      ItemLinks following,
      float[] sums,
      Options options) {
    this.histories = histories;
    this.popularity = popularity;
    this.following = following;
    this.sums = sums;
    this.options = options;
  }

  /**
   * How to count.
   *
   * @param reach how many events ahead an item is a follower, and how many of the last events vote
   * @param decay weight of a step further, in (0, 1]
   * @param fallback μ, in events
   * @param neighbours the most frequent followers that are kept for each item; of the others only
   *     the sum is
   */
  public record Options(int reach, double decay, double fallback, int neighbours) {
    /** Checks the bounds. */
    public Options {
      Checks.atLeast(1, "reach", reach);
      Checks.within(1e-6, 1, "decay", decay);
      Checks.within(1e-6, 1e9, "fallback", fallback);
      Checks.atLeast(1, "neighbours", neighbours);
    }

    /** Ten events ahead, each counting 0.8 of the one before it, 2000 followers. */
    public static Options usual() {
      return new Options(10, 0.8, 5, 2000);
    }

    Map<String, String> asMap() {
      return Map.of(
          "reach", "" + reach,
          "decay", "" + decay,
          "fallback", "" + fallback,
          "neighbours", "" + neighbours);
    }
  }

  /** Counts followers in the training part of all histories. */
  public static ItemTransitions fit(Corpus corpus, Split split, Options options) {
    Histories histories = corpus.histories();
    int items = corpus.catalog().size();
    Occurrences occurrences = Occurrences.of(histories, split, items);
    float[] sums = new float[items + 1];
    ItemLinks following =
        ItemLinks.of(
            items,
            options.neighbours,
            () ->
                (item, row) -> {
                  for (int at = occurrences.start(item); at < occurrences.start(item + 1); at++) {
                    int user = occurrences.user(at);
                    long start = histories.start(user);
                    int position = occurrences.position(at);
                    double weight = 1;
                    for (int t = 1; t <= options.reach; t++, weight *= options.decay) {
                      if (position + t >= split.trainEnd(user)) {
                        break;
                      }
                      row.add(histories.item(start + position + t), (float) weight);
                      sums[item] += (float) weight;
                    }
                  }
                });
    return new ItemTransitions(
        histories, Popularity.fit(histories, split, items), following, sums, options);
  }

  @Override
  public float[][] score(Requests requests) {
    return EachRequest.score(
        requests,
        () -> {
          SparseSums votes = new SparseSums(popularity.items());
          return (user, position, candidates, scores) -> {
            float rest = vote(user, position, votes);
            for (int c = 0; c < scores.length; c++) {
              scores[c] = votes.of(candidates[c]) + rest * popularity.share(candidates[c]);
            }
            votes.clear();
          };
        });
  }

  /** Adds what the last events say and returns the weight that is left to popularity. */
  private float vote(int user, int position, SparseSums votes) {
    if (position == 0) {
      return 1;
    }
    double rest = 0;
    double weight = 1;
    long start = histories.start(user);
    for (int p = position - 1; p >= Math.max(0, position - options.reach); p--) {
      int item = histories.item(start + p);
      double all = sums[item] + options.fallback;
      following.add(item, (float) (weight / all), votes);
      rest += weight * options.fallback / all;
      weight *= options.decay;
    }
    return (float) rest;
  }
}
