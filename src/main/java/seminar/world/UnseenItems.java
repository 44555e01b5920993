package seminar.world;

import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * What one user has not seen yet: a history has an item once, for nobody would rank a thing seen
 * before against things never seen.
 *
 * <p>Draws are made from all items of a stratum and made again where the item was seen; after
 * {@value #TRIES} tries the unseen items are gone through one by one. Both follow the weights of
 * the unseen items exactly.
 */
final class UnseenItems {
  private static final int TRIES = 64;

  /** A sum that has shrunk this far has lost digits and is made anew. */
  private static final double WORN = 1e-6;

  private final ItemStrata strata;
  private final int brands;
  private final BitSet seen = new BitSet();
  private final IntPredicate isSeen = seen::get;
  private final double[] full; // [strata]
  private final int[] size;
  private final double[] left;
  private final double[] summed;
  private final int[] count;
  private final double[] weightOfPool; // [2 · intents] their weights
  private final int[] ofPool; // [2 · intents] unseen items, warm and cold
  private int coldLeft;
  private int usedUp;

  UnseenItems(ItemStrata strata, int intents) {
    this.strata = strata;
    this.brands = strata.brands();
    full = new double[strata.count()];
    size = new int[strata.count()];
    for (int stratum = 0; stratum < full.length; stratum++) {
      full[stratum] = strata.mass(stratum);
      size[stratum] = strata.size(stratum, stratum + 1);
    }
    left = new double[full.length];
    summed = new double[full.length];
    count = new int[full.length];
    weightOfPool = new double[2 * intents];
    ofPool = new int[2 * intents];
  }

  /** A new history: nothing is seen. */
  void reset() {
    seen.clear();
    System.arraycopy(full, 0, left, 0, full.length);
    System.arraycopy(full, 0, summed, 0, full.length);
    System.arraycopy(size, 0, count, 0, full.length);
    coldLeft = 0;
    usedUp = 0;
    for (int pool = 0; pool < ofPool.length; pool++) {
      int stratum = pool * brands;
      ofPool[pool] = strata.size(stratum, stratum + brands);
      coldLeft += pool % 2 * ofPool[pool];
      usedUp += ofPool[pool] == 0 ? 1 : 0;
      sum(pool);
    }
  }

  boolean seen(int item) {
    return seen.get(item);
  }

  /** The user sees an item that was unseen. */
  void see(int item) {
    seen.set(item);
    int stratum = strata.of(item);
    int pool = stratum / brands;
    coldLeft -= pool % 2;
    usedUp += --ofPool[pool] == 0 ? 1 : 0;
    left[stratum] -= strata.weight(item);
    if (--count[stratum] == 0) {
      left[stratum] = 0;
    } else if (left[stratum] < WORN * summed[stratum]) {
      left[stratum] = mass(stratum, stratum + 1, isSeen);
      summed[stratum] = left[stratum];
    }
    sum(pool);
  }

  private void sum(int pool) {
    double sum = 0;
    for (int brand = 0; brand < brands; brand++) {
      sum += left[pool * brands + brand];
    }
    weightOfPool[pool] = sum;
  }

  /**
   * The weights of the unseen items of an intent, with its cold ones or without; exactly 0 of none.
   */
  double left(int intent, boolean withCold) {
    return weightOfPool[2 * intent] + (withCold ? weightOfPool[2 * intent + 1] : 0);
  }

  /** How many items of an intent are unseen, with its cold ones or without. */
  int count(int intent, boolean withCold) {
    return ofPool[2 * intent] + (withCold ? ofPool[2 * intent + 1] : 0);
  }

  /** Whether all warm, or all cold, items of the intent are seen. */
  boolean usedUp(int intent, boolean cold) {
    return ofPool[2 * intent + (cold ? 1 : 0)] == 0;
  }

  /** Whether there is an intent all of whose warm, or cold, items are seen. */
  boolean anyUsedUp() {
    return usedUp > 0;
  }

  /** Whether a cold item is unseen. */
  boolean hasCold() {
    return coldLeft > 0;
  }

  /** The weights of the unseen items, those of the favourite brand {@code loyalty} times. */
  double left(int intent, boolean cold, int favourite, double loyalty) {
    int first = strata.first(intent, cold);
    double sum = 0;
    for (int brand = 0; brand < brands; brand++) {
      sum += left[first + brand] * (brand == favourite ? loyalty : 1);
    }
    return sum;
  }

  /** An unseen item, by weight, those of the favourite brand {@code loyalty} times likelier. */
  int draw(SplittableRandom rng, int intent, boolean cold, int favourite, double loyalty) {
    int first = strata.first(intent, cold);
    double point = rng.nextDouble() * left(intent, cold, favourite, loyalty);
    int chosen = -1;
    for (int brand = 0; brand < brands && (chosen < 0 || point >= 0); brand++) {
      if (count[first + brand] > 0) {
        chosen = first + brand;
        point -= left[chosen] * (brand == favourite ? loyalty : 1);
      }
    }
    return draw(rng, chosen, chosen + 1, isSeen);
  }

  /** An item of the strata {@code [from, to)} that is not to be avoided, by weight. */
  int draw(SplittableRandom rng, int from, int to, IntPredicate avoided) {
    for (int i = 0; i < TRIES; i++) {
      int item = strata.draw(rng, from, to);
      if (!avoided.test(item)) {
        return item;
      }
    }
    double point = rng.nextDouble() * mass(from, to, avoided);
    int last = 0;
    for (int place = 0; place < strata.size(from, to) && (last == 0 || point >= 0); place++) {
      int item = strata.item(from, place);
      if (!avoided.test(item)) {
        last = item;
        point -= strata.weight(item);
      }
    }
    return last;
  }

  private double mass(int from, int to, IntPredicate avoided) {
    double sum = 0;
    for (int place = 0; place < strata.size(from, to); place++) {
      int item = strata.item(from, place);
      sum += avoided.test(item) ? 0 : strata.weight(item);
    }
    return sum;
  }
}
