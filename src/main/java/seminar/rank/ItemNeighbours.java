package seminar.rank;

import java.util.Map;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Split;
import seminar.math.Checks;

/**
 * Item-based nearest neighbours (Sarwar et al., Item-Based Collaborative Filtering Recommendation
 * Algorithms, WWW 2001; Deshpande and Karypis, TOIS 2004): a candidate has the similarities to the
 * latest events, added up,
 *
 * <pre>  s(i, j) = n_ij / √(n_i n_j),   score(c) = Σ_{e among the last events} s(e, c)</pre>
 *
 * where n_i histories hold item i and n_ij hold both, no more than {@code window} events apart.
 * Candidates without a similar event follow by popularity.
 *
 * <p>Cost: Σ over histories of length · min(length, 2 · window) to fit, items · neighbours numbers
 * in memory: half a minute for five million events on two cores. The window keeps histories of ten
 * thousands of events affordable; in shorter ones than the window every pair counts.
 */
public final class ItemNeighbours implements Ranker {
  private final Histories histories;
  private final Popularity popularity;
  private final ItemLinks similar;
  private final Options options;

  private ItemNeighbours(
      Histories histories, Popularity popularity, ItemLinks similar, Options options) {
    this.histories = histories;
    this.popularity = popularity;
    this.similar = similar;
    this.options = options;
  }

  /**
   * How to count.
   *
   * @param window the most events between two that count as a pair
   * @param neighbours the most similar items that are kept for each item
   * @param last events of the user that speak for candidates
   */
  public record Options(int window, int neighbours, int last) {
    /** Checks that all are at least 1. */
    public Options {
      Checks.atLeast(1, "window", window);
      Checks.atLeast(1, "neighbours", neighbours);
      Checks.atLeast(1, "last", last);
    }

    /** Pairs up to 500 events apart, 200 neighbours, the last 20 events. */
    public static Options usual() {
      return new Options(500, 200, 20);
    }

    /**
     * The same with pairs up to 20 events apart: stronger where the order of events tells, since
     * what was taken in one sitting is alike.
     */
    public static Options near() {
      return new Options(20, 200, 20);
    }

    Map<String, String> asMap() {
      return Map.of("window", "" + window, "neighbours", "" + neighbours, "last", "" + last);
    }
  }

  /** Counts pairs in the training part of all histories. */
  public static ItemNeighbours fit(Corpus corpus, Split split, Options options) {
    Histories histories = corpus.histories();
    int items = corpus.catalog().size();
    Occurrences occurrences = Occurrences.of(histories, split, items);
    double[] root = new double[items + 1];
    for (int item = 1; item <= items; item++) {
      root[item] = Math.sqrt(occurrences.histories(item));
    }
    ItemLinks similar =
        ItemLinks.of(
            items,
            options.neighbours,
            () -> new Cosines(histories, split, occurrences, root, options.window));
    return new ItemNeighbours(histories, Popularity.fit(histories, split, items), similar, options);
  }

  /** Counts each history once for each pair. */
  private static final class Cosines implements ItemLinks.Row {
    private final Histories histories;
    private final Split split;
    private final Occurrences occurrences;
    private final double[] root;
    private final int window;
    private final int[] seen;
    private final SparseSums counts;
    private int history;

    Cosines(Histories histories, Split split, Occurrences occurrences, double[] root, int window) {
      this.histories = histories;
      this.split = split;
      this.occurrences = occurrences;
      this.root = root;
      this.window = window;
      seen = new int[root.length];
      counts = new SparseSums(root.length - 1);
    }

    @Override
    public void fill(int item, SparseSums sums) {
      int end = occurrences.start(item + 1);
      for (int at = occurrences.start(item); at < end; at++) {
        int user = occurrences.user(at);
        history += at == occurrences.start(item) || user != occurrences.user(at - 1) ? 1 : 0;
        count(item, user, occurrences.position(at));
      }
      for (int other : counts.items()) {
        sums.add(other, (float) (counts.of(other) / (root[item] * root[other])));
      }
      counts.clear();
    }

    private void count(int item, int user, int position) {
      long start = histories.start(user);
      int from = Math.max(0, position - window);
      int to = (int) Math.min(split.trainEnd(user), position + 1L + window);
      for (int p = from; p < to; p++) {
        int other = histories.item(start + p);
        if (seen[other] != history && other != item) {
          seen[other] = history;
          counts.add(other, 1);
        }
      }
    }
  }

  @Override
  public float[][] score(Requests requests) {
    return EachRequest.score(
        requests,
        () -> {
          SparseSums sums = new SparseSums(popularity.items());
          return (user, position, candidates, scores) -> {
            long start = histories.start(user);
            for (int p = Math.max(0, position - options.last); p < position; p++) {
              similar.add(histories.item(start + p), 1, sums);
            }
            for (int c = 0; c < scores.length; c++) {
              float sum = sums.of(candidates[c]);
              scores[c] = sum > 0 ? sum : popularity.share(candidates[c]) - 1;
            }
            sums.clear();
          };
        });
  }
}
