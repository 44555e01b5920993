package seminar.math;

import java.util.SplittableRandom;

/**
 * Named random streams: {@code Rng.stream("pq/kmeans/text", seed)} gives the same numbers whatever
 * else was drawn before it, on whatever thread. There is no global generator.
 *
 * <p>A stream has no state worth saving: code that must be resumed names a fresh stream after its
 * position ({@code "train/epoch/3/batch/17"}).
 */
public final class Rng {
  private Rng() {}

  /** The stream called {@code name} of the experiment with this seed. */
  public static SplittableRandom stream(String name, long seed) {
    long hash = mix(seed + 0x9E3779B97F4A7C15L);
    for (int i = 0; i < name.length(); i++) {
      hash = mix(hash ^ name.charAt(i));
    }
    return new SplittableRandom(hash);
  }

  /**
   * Fills {@code values} with independent normal numbers of mean 0 and standard deviation {@code
   * scale}.
   */
  public static void gaussian(SplittableRandom rng, float[] values, double scale) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * rng.nextGaussian());
    }
  }

  /** A random order of {@code 0 .. n-1}. */
  public static int[] permutation(SplittableRandom rng, int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = rng.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** The finaliser of MurmurHash3 for 64 bits: every input bit moves every output bit. */
  private static long mix(long z) {
    z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
    z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return z ^ (z >>> 33);
  }
}
