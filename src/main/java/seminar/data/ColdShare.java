package seminar.data;

import java.util.BitSet;
import seminar.math.Checks;

/**
 * The insufficient-learning problem in numbers (paper §1): how much of what a model sees of a
 * history at test it never had as a training target, so that its id embedding learned nothing from
 * being predicted.
 *
 * <p>Let T be the set of items at training targets, U the users with a test target, and n_u the
 * position of user u's last test target. With i_{u,l} the item at position l:
 *
 * <pre>
 *   events = Σ_{u∈U} |{ l &lt; n_u : i_{u,l} ∉ T }|  /  Σ_{u∈U} n_u
 *   items  = |H \ T| / |H|,   H = { i_{u,l} : u ∈ U, l &lt; n_u }</pre>
 *
 * Both are 0 where nobody has a test target.
 *
 * @param events share of the history events visible at test
 * @param items share of the distinct items of these events
 */
public record ColdShare(double events, double items) {
  /** Checks that both are shares. */
  public ColdShare {
    Checks.within(0, 1, "events", events);
    Checks.within(0, 1, "items", items);
  }

  /**
   * Counts a split.
   *
   * @param items how many items there are
   */
  public static ColdShare of(Histories histories, Split split, int items) {
    BitSet targets = targets(histories, split, items);
    BitSet visible = new BitSet(items + 1);
    long all = 0;
    long cold = 0;
    for (int user = 0; user < histories.users(); user++) {
      if (split.testStart(user) == split.testEnd(user)) {
        continue;
      }
      long start = histories.start(user);
      long end = start + split.testEnd(user) - 1;
      for (long event = start; event < end; event++) {
        int item = histories.item(event);
        visible.set(item);
        cold += targets.get(item) ? 0 : 1;
      }
      all += end - start;
    }
    int distinct = visible.cardinality();
    visible.andNot(targets);
    return new ColdShare(
        (double) cold / Math.max(1, all), (double) visible.cardinality() / Math.max(1, distinct));
  }

  /** The items at training targets. */
  private static BitSet targets(Histories histories, Split split, int items) {
    BitSet targets = new BitSet(items + 1);
    for (int user = 0; user < histories.users(); user++) {
      long start = histories.start(user);
      for (int position = split.trainStart(user); position < split.trainEnd(user); position++) {
        targets.set(histories.item(start + position));
      }
    }
    return targets;
  }
}
