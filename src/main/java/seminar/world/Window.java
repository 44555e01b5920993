package seminar.world;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The shop window: what is shown beside the item that a user takes. With chance {@code near} an
 * active intent, each alike, else any intent by popularity; of it an item by weight; all of it
 * again where the user has met the item. In the newer half of a life, when cold items are not met
 * any more, they are not shown either. So an unmet item i of intent k is shown with chance
 *
 * <pre>  q(i) = u_k w_i / Σ_j u_j m_j,   u_k = near · [share of active slots] + (1 − near) π_k
 * </pre>
 *
 * <p>where m_j is the weight of the unmet items of intent j that may be shown.
 */
final class Window {
  private static final int TRIES = 64;

  private final Shelves shelves;
  private final double near;
  private final double[] popularity; // [intents]
  private final double[] shares; // u, [intents]
  private final double[] masses; // of the intents, or what is left of them
  private double total;
  private boolean old;

  Window(Shelves shelves, double near, double[] popularity) {
    this.shelves = shelves;
    this.near = near;
    this.popularity = popularity;
    this.shares = new double[popularity.length];
    this.masses = new double[popularity.length];
  }

  /**
   * Dresses the window for the moment before an event.
   *
   * @param old whether it lies in the older half of the life
   */
  void dress(Taste taste, Stock stock, boolean old) {
    this.old = old;
    for (int intent = 0; intent < shares.length; intent++) {
      shares[intent] = (1 - near) * popularity[intent];
    }
    for (int slot = 0; slot < taste.activeCount(); slot++) {
      shares[taste.active(slot)] += near / taste.activeCount();
    }
    total = 0;
    for (int intent = 0; intent < shares.length; intent++) {
      total += shares[intent] * stock.left(intent, old);
    }
  }

  /** The end of the shelves of an intent from which items are shown. */
  private int end(int intent) {
    return old ? Shelves.first(intent + 1) : Shelves.first(intent, true);
  }

  /** How likely an unmet item that may be shown is the next to be shown. */
  double chance(int item) {
    return shares[shelves.intent(item)] * shelves.weight(item) / total;
  }

  /**
   * An unmet item that is not yet on the slate.
   *
   * @param filled how many items of the slate are there
   */
  int draw(SplittableRandom rng, Stock stock, int[] slate, int filled) {
    for (int i = 0; i < TRIES; i++) {
      int intent = place(rng, shares);
      int item = shelves.draw(rng, Shelves.first(intent), end(intent));
      if (!stock.met(item) && !holds(slate, filled, item)) {
        return item;
      }
    }
    weigh(stock, slate, filled);
    int intent = place(rng, masses);
    return stock.draw(
        rng,
        Shelves.first(intent),
        end(intent),
        item -> stock.met(item) || holds(slate, filled, item));
  }

  /** What may yet be drawn of each intent. */
  private void weigh(Stock stock, int[] slate, int filled) {
    for (int intent = 0; intent < masses.length; intent++) {
      double left = stock.left(intent, old);
      int count = stock.count(intent, old);
      for (int i = 0; i < filled; i++) {
        if (shelves.intent(slate[i]) == intent) {
          left -= shelves.weight(slate[i]);
          count--;
        }
      }
      masses[intent] = count > 0 ? shares[intent] * Math.max(left, Double.MIN_NORMAL) : 0;
    }
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
