package seminar.rank;

import java.util.List;
import java.util.stream.IntStream;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.math.Checks;
import seminar.math.TopK;

/**
 * An item that a user has not met, with the score that a ranker gives it after the user's whole
 * history.
 *
 * @param item its number in the catalogue
 * @param id its id in the log
 * @param title its text; empty where it has none
 * @param score larger is better; scores of two rankers cannot be compared
 */
public record Recommended(int item, String id, String title, float score) {
  /**
   * The {@code min(k, n)} best of the n items that are not in the user's history, best first; of
   * equal scores the item with the lower number.
   *
   * @param user number of the user
   * @throws IllegalArgumentException if there is no such user or {@code k < 1}
   */
  public static List<Recommended> best(Ranker ranker, Corpus corpus, int user, int k) {
    Checks.atLeast(1, "k", k);
    Checks.within(0, corpus.histories().users() - 1, "user", user);
    int[] items = corpus.unmet(user);
    if (items.length == 0) {
      return List.of();
    }
    int[] request = {corpus.histories().length(user)};
    float[] scores =
        ranker.score(new Ranker.Requests(new int[] {user}, request, new int[][] {items}))[0];
    TopK top = TopK.of(scores, k);
    Catalog catalog = corpus.catalog();
    return IntStream.range(0, top.size())
        .mapToObj(
            i -> {
              int item = items[top.indices()[i]];
              return new Recommended(
                  item, catalog.originalId(item), catalog.text(item), top.scores()[i]);
            })
        .toList();
  }
}
