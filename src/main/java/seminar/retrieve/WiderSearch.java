package seminar.retrieve;

import seminar.math.Checks;
import seminar.math.TopK;
import seminar.quantize.Cost;

/**
 * A search among some events, with something added to their scores, by a retriever that knows
 * neither: it is asked for more and more of its best until what it has not named cannot be among
 * the K best.
 *
 * <p>An event that was not named scores at most as much as the least that was, so with what is
 * added at most {@code least + the largest offset of the window}. As soon as the K-th best is above
 * that, nothing can displace it.
 */
final class WiderSearch {
  private WiderSearch() {}

  static Retrieval search(Retriever retriever, float[] query, int k, Subset among) {
    Checks.atLeast(1, "K", k);
    int size = retriever.size();
    int to = Math.min(size, among.to());
    float largest = among.offsets().largest(Math.min(among.from(), to), to);
    Cost cost = new Cost(0, 0, 0);
    for (long asked = k; ; asked = 2 * asked) {
      Retrieval all = retriever.search(query, (int) Math.max(1, Math.min(asked, size)));
      cost = cost.plus(all.cost());
      TopK best = best(all.top(), k, among);
      boolean isSure =
          best.size() == k
              && (among.offsets().isNone()
                  || best.scores()[k - 1] > all.top().scores()[all.top().size() - 1] + largest);
      if (isSure || asked >= size) {
        return new Retrieval(best, cost);
      }
    }
  }

  /** The best of those named, after offsets are added; of equal ones the earlier event. */
  private static TopK best(TopK named, int k, Subset among) {
    long[] keys = new long[named.size()];
    int count = 0;
    for (int i = 0; i < keys.length; i++) {
      int event = named.indices()[i];
      if (among.contains(event)) {
        keys[count++] = EventHeap.key(named.scores()[i] + among.offsets().at(event), event);
      }
    }
    EventHeap.sortNearestFirst(keys, count);
    int[] events = new int[Math.min(k, count)];
    float[] scores = new float[events.length];
    for (int i = 0; i < events.length; i++) {
      events[i] = EventHeap.event(keys[i]);
      scores[i] = EventHeap.nearness(keys[i]);
    }
    return new TopK(events, scores);
  }
}
