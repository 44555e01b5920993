package seminar.world;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The slate: what is shown beside the item that a user takes. With chance {@code near} an active
 * intent, each alike, and of it an unseen item by weight; else an unseen item by overall
 * popularity. In the newer half of a history, when cold items are not seen any more, they are not
 * shown either. So an unseen item i of intent k is shown with chance
 *
 * <pre>  q(i) = near · a_k · w_i / m_k  +  (1 − near) · π_k w_i / Σ_j π_j m_j</pre>
 *
 * <p>where a_k is 1 / (number of active intents) for an active intent and 0 for another, π_k the
 * popularity of the intent, and m_k the weight of its unseen items that may be shown. Active
 * intents of which nothing is left do not count; if none counts, near is 0.
 */
final class Slate {
  private static final int TRIES = 64;

  private final ItemStrata strata;
  private final double near;
  private final double[] popularity; // [intents]
  private final double[] rates; // [intents] q(i) / w_i
  private final double[] masses; // [intents] what may be drawn of each
  private boolean old;

  Slate(ItemStrata strata, double near, double[] popularity) {
    this.strata = strata;
    this.near = near;
    this.popularity = popularity;
    this.rates = new double[popularity.length];
    this.masses = new double[popularity.length];
  }

  /**
   * Makes ready for the slate of an event.
   *
   * @param old whether it lies in the older half of the history
   */
  void prepare(UserIntents userIntents, UnseenItems unseen, boolean old) {
    this.old = old;
    double popular = 0;
    for (int intent = 0; intent < rates.length; intent++) {
      popular += popularity[intent] * unseen.left(intent, old);
    }
    int slots = 0;
    for (int slot = 0; slot < userIntents.activeCount(); slot++) {
      slots += unseen.count(userIntents.active(slot), old) > 0 ? 1 : 0;
    }
    double far = slots == 0 ? 1 : 1 - near;
    for (int intent = 0; intent < rates.length; intent++) {
      rates[intent] = far * popularity[intent] / popular;
    }
    for (int slot = 0; slot < userIntents.activeCount(); slot++) {
      int intent = userIntents.active(slot);
      if (unseen.count(intent, old) > 0) {
        rates[intent] += near / slots / unseen.left(intent, old);
      }
    }
    for (int intent = 0; intent < rates.length; intent++) {
      masses[intent] = rates[intent] * unseen.left(intent, old);
    }
  }

  /** The end of the strata of an intent from which items are shown. */
  private int end(int intent) {
    return old ? strata.first(intent + 1) : strata.first(intent, true);
  }

  /** How likely an unseen item that may be shown is the next to be shown. */
  double chance(int item) {
    return rates[strata.intent(item)] * strata.weight(item);
  }

  /**
   * An unseen item that is not yet on the slate.
   *
   * @param filled how many items of the slate are there
   */
  int draw(SplittableRandom rng, UnseenItems unseen, int[] slate, int filled) {
    for (int i = 0; i < TRIES; i++) {
      int intent = place(rng, masses);
      int item = unseen.draw(rng, strata.first(intent), end(intent), unseen::seen);
      if (!holds(slate, filled, item)) {
        return item;
      }
    }
    int intent = place(rng, without(unseen, slate, filled));
    return unseen.draw(
        rng,
        strata.first(intent),
        end(intent),
        item -> unseen.seen(item) || holds(slate, filled, item));
  }

  /** What may be drawn of each intent beside what is on the slate. */
  private double[] without(UnseenItems unseen, int[] slate, int filled) {
    double[] left = new double[masses.length];
    for (int intent = 0; intent < left.length; intent++) {
      double weight = unseen.left(intent, old);
      int count = unseen.count(intent, old);
      for (int i = 0; i < filled; i++) {
        if (strata.intent(slate[i]) == intent) {
          weight -= strata.weight(slate[i]);
          count--;
        }
      }
      left[intent] = count > 0 ? rates[intent] * Math.max(weight, Double.MIN_NORMAL) : 0;
    }
    return left;
  }

  /** A place by these weights, not one of weight 0. */
  private static int place(SplittableRandom rng, double[] weights) {
    double sum = Arrays.stream(weights).sum();
    double point = rng.nextDouble() * sum;
    int last = -1;
    for (int i = 0; i < weights.length && (last < 0 || point >= 0); i++) {
      if (weights[i] > 0) {
        last = i;
        point -= weights[i];
      }
    }
    return last;
  }

  private static boolean holds(int[] slate, int filled, int item) {
    for (int i = 0; i < filled; i++) {
      if (slate[i] == item) {
        return true;
      }
    }
    return false;
  }
}
