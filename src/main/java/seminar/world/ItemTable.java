package seminar.world;

import java.util.SplittableRandom;
import seminar.math.Rng;

/**
 * The items of a world before any history: all arrays have items + 1 entries, entry 0 unused.
 *
 * @param intents the intent of each item
 * @param textIntents the intent each title tells of
 * @param imageIntents the intent each picture shows
 * @param brands the brand of each item, from 0 within its intent
 * @param cold whether an item belongs to the older half of histories alone
 * @param weights Zipf popularity within the intent, summing to 1 over it
 */
record ItemTable(
    byte[] intents,
    byte[] textIntents,
    byte[] imageIntents,
    byte[] brands,
    boolean[] cold,
    float[] weights) {
  /** The most brands that may share an intent. */
  static final int MOST_BRANDS = Byte.MAX_VALUE;

  /** One item in this many is cold. */
  private static final int COLD_EVERY = 4;

  static ItemTable of(WorldOptions options) {
    int n = options.items();
    SplittableRandom rng = Rng.stream("world/items", options.seed());
    int[] order = Rng.permutation(rng, n);
    double[] zipf = zipf((n - 1) / options.intents() + 1, options.popularitySkew());
    ItemTable table =
        new ItemTable(
            new byte[n + 1],
            new byte[n + 1],
            new byte[n + 1],
            new byte[n + 1],
            new boolean[n + 1],
            new float[n + 1]);
    for (int i = 0; i < n; i++) {
      int item = order[i] + 1;
      int intent = i % options.intents();
      int rank = i / options.intents() + 1;
      int last = (n - 1 - intent) / options.intents() + 1;
      table.intents[item] = (byte) intent;
      table.textIntents[item] = shown(rng, intent, options.text(), options.intents());
      table.imageIntents[item] = shown(rng, intent, options.image(), options.intents());
      table.brands[item] = (byte) rng.nextInt(options.memory().brands());
      table.weights[item] = (float) ((zipf[rank] - zipf[rank - 1]) / zipf[last]);
      table.cold[item] = rank % COLD_EVERY == 0;
    }
    return table;
  }

  /** Sums of the Zipf law up to each rank; entry 0 is 0. */
  private static double[] zipf(int ranks, double skew) {
    double[] sums = new double[ranks + 1];
    for (int rank = 1; rank <= ranks; rank++) {
      sums[rank] = sums[rank - 1] + Math.pow(rank, -skew);
    }
    return sums;
  }

  private static byte shown(
      SplittableRandom rng, int intent, WorldOptions.Modality modality, int intents) {
    boolean other = rng.nextDouble() < modality.misalignment();
    int drawn = rng.nextInt(intents);
    return (byte) (other ? drawn : intent);
  }

  /** How many items there are. */
  int items() {
    return intents.length - 1;
  }
}
