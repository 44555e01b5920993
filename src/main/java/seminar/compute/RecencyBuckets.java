package seminar.compute;

/**
 * The buckets of a recency bias: an event at distance {@code n − l} from the end of the {@code n}
 * that a request sees is in bucket {@code ⌊log2(n − l)⌋}, or in the last where there are fewer. The
 * events of a bucket are neighbours, the newest of them {@code n − 2^bucket}.
 */
public final class RecencyBuckets {
  private RecencyBuckets() {}

  /** The bucket of a distance in events, from 1. */
  static int of(int distance, int buckets) {
    return Math.min(buckets - 1, 31 - Integer.numberOfLeadingZeros(distance));
  }

  /**
   * Where the buckets of n events end, from the oldest events to the newest: the i-th of m ranges
   * is bucket m − 1 − i. Buckets that reach beyond the first event have none.
   *
   * @return the event behind the last of each range, rising; the last is n; empty without events or
   *     buckets
   */
  public static int[] ends(int n, int buckets) {
    int count = n == 0 || buckets == 0 ? 0 : of(n, buckets) + 1;
    int[] ends = new int[count];
    for (int i = 0; i < count; i++) {
      ends[i] = n + 1 - (1 << (count - 1 - i));
    }
    return ends;
  }

  /** The oldest of {@code n} events in a bucket, 0 where the bucket reaches beyond the first. */
  static int oldest(int n, int bucket, int buckets) {
    return bucket == buckets - 1 ? 0 : (int) Math.max(0, n + 1L - (2L << bucket));
  }

  /**
   * Adds the bias of a head to the scores of all events that a request sees.
   *
   * @param bias [H, buckets]
   * @param scores of n events, oldest first, and perhaps others behind them
   */
  static void add(float[] bias, int head, int buckets, float[] scores, int n) {
    int end = buckets == 0 ? 0 : n;
    for (int bucket = 0; end > 0; bucket++) {
      int oldest = oldest(n, bucket, buckets);
      float value = bias[head * buckets + bucket];
      for (int l = oldest; l < end; l++) {
        scores[l] += value;
      }
      end = oldest;
    }
  }

  /** Which bucket each of n events is in: {@code rows} rows, with a one in each of the first n. */
  static float[][] members(int n, int rows, int buckets) {
    float[][] members = new float[rows][buckets];
    for (int l = 0; l < n; l++) {
      members[l][of(n - l, buckets)] = 1;
    }
    return members;
  }
}
