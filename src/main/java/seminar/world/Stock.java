package seminar.world;

import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/**
 * What one user has not met yet: a life meets an item once, for nobody would rank a thing seen
 * before against things never seen.
 *
 * <p>Draws are made from all items of a shelf and made again where the item was met; after {@value
 * #TRIES} tries the unmet items are gone through one by one. Both follow the weights of the unmet
 * items exactly.
 */
final class Stock {
  private static final int TRIES = 64;

  /** A sum that has shrunk this far has lost digits and is made anew. */
  private static final double WORN = 1e-6;

  private final Shelves shelves;
  private final MetSet met = new MetSet();
  private final IntPredicate isMet = met::contains;
  private final double[] full; // [shelves]
  private final int[] size;
  private final double[] left;
  private final double[] summed;
  private final int[] count;
  private final double[] weightOfPool; // [2 · intents] their weights
  private final int[] ofPool; // [2 · intents] unmet items, warm and cold
  private int coldLeft;
  private int usedUp;

  Stock(Shelves shelves, int intents) {
    this.shelves = shelves;
    full = new double[shelves.count()];
    size = new int[shelves.count()];
    for (int shelf = 0; shelf < full.length; shelf++) {
      full[shelf] = shelves.mass(shelf);
      size[shelf] = shelves.size(shelf, shelf + 1);
    }
    left = new double[full.length];
    summed = new double[full.length];
    count = new int[full.length];
    weightOfPool = new double[2 * intents];
    ofPool = new int[2 * intents];
  }

  /** A new life: nothing is met. */
  void restock() {
    met.clear();
    System.arraycopy(full, 0, left, 0, full.length);
    System.arraycopy(full, 0, summed, 0, full.length);
    System.arraycopy(size, 0, count, 0, full.length);
    coldLeft = 0;
    usedUp = 0;
    for (int pool = 0; pool < ofPool.length; pool++) {
      int shelf = pool * ItemTable.BRANDS;
      ofPool[pool] = shelves.size(shelf, shelf + ItemTable.BRANDS);
      coldLeft += pool % 2 * ofPool[pool];
      usedUp += ofPool[pool] == 0 ? 1 : 0;
      sum(pool);
    }
  }

  boolean met(int item) {
    return met.contains(item);
  }

  /** The user meets an item that was unmet. */
  void meet(int item) {
    met.add(item);
    int shelf = shelves.of(item);
    int pool = shelf / ItemTable.BRANDS;
    coldLeft -= pool % 2;
    usedUp += --ofPool[pool] == 0 ? 1 : 0;
    left[shelf] -= shelves.weight(item);
    if (--count[shelf] == 0) {
      left[shelf] = 0;
    } else if (left[shelf] < WORN * summed[shelf]) {
      left[shelf] = mass(shelf, shelf + 1, isMet);
      summed[shelf] = left[shelf];
    }
    sum(pool);
  }

  private void sum(int pool) {
    double sum = 0;
    for (int brand = 0; brand < ItemTable.BRANDS; brand++) {
      sum += left[pool * ItemTable.BRANDS + brand];
    }
    weightOfPool[pool] = sum;
  }

  /**
   * The weights of the unmet items of an intent, with its cold ones or without; exactly 0 of none.
   */
  double left(int intent, boolean withCold) {
    return weightOfPool[2 * intent] + (withCold ? weightOfPool[2 * intent + 1] : 0);
  }

  /** How many items of an intent are unmet, with its cold ones or without. */
  int count(int intent, boolean withCold) {
    return ofPool[2 * intent] + (withCold ? ofPool[2 * intent + 1] : 0);
  }

  /** Whether all warm, or all cold, items of the intent are met. */
  boolean usedUp(int intent, boolean cold) {
    return ofPool[2 * intent + (cold ? 1 : 0)] == 0;
  }

  /** Whether there is an intent all of whose warm, or cold, items are met. */
  boolean anyUsedUp() {
    return usedUp > 0;
  }

  /** Whether a cold item is unmet. */
  boolean hasCold() {
    return coldLeft > 0;
  }

  /** The weights of the unmet items, those of the favourite brand {@code loyalty} times. */
  double left(int intent, boolean cold, int favourite, double loyalty) {
    int first = Shelves.first(intent, cold);
    double sum = 0;
    for (int brand = 0; brand < ItemTable.BRANDS; brand++) {
      sum += left[first + brand] * (brand == favourite ? loyalty : 1);
    }
    return sum;
  }

  /** An unmet item, by weight, those of the favourite brand {@code loyalty} times likelier. */
  int draw(SplittableRandom rng, int intent, boolean cold, int favourite, double loyalty) {
    int first = Shelves.first(intent, cold);
    double point = rng.nextDouble() * left(intent, cold, favourite, loyalty);
    int chosen = -1;
    for (int brand = 0; brand < ItemTable.BRANDS && (chosen < 0 || point >= 0); brand++) {
      if (count[first + brand] > 0) {
        chosen = first + brand;
        point -= left[chosen] * (brand == favourite ? loyalty : 1);
      }
    }
    return draw(rng, chosen, chosen + 1, isMet);
  }

  /** An item of the shelves {@code [from, to)} that is not to be avoided, by weight. */
  int draw(SplittableRandom rng, int from, int to, IntPredicate avoided) {
    for (int i = 0; i < TRIES; i++) {
      int item = shelves.draw(rng, from, to);
      if (!avoided.test(item)) {
        return item;
      }
    }
    double point = rng.nextDouble() * mass(from, to, avoided);
    int last = 0;
    for (int place = 0; place < shelves.size(from, to) && (last == 0 || point >= 0); place++) {
      int item = shelves.item(from, place);
      if (!avoided.test(item)) {
        last = item;
        point -= shelves.weight(item);
      }
    }
    return last;
  }

  private double mass(int from, int to, IntPredicate avoided) {
    double sum = 0;
    for (int place = 0; place < shelves.size(from, to); place++) {
      int item = shelves.item(from, place);
      sum += avoided.test(item) ? 0 : shelves.weight(item);
    }
    return sum;
  }
}
