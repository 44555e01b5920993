package seminar.recall;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import seminar.math.WarmUp;
import seminar.measure.MeanInterval;
import seminar.measure.Recall;
import seminar.retrieve.Target;

/**
 * A way of retrieval with what it found and how long it took, in processor time of this thread.
 *
 * <pre>
 *   recall of a target = mean over K of its recall at K
 *   time of a search   = mean over K of the median over rounds
 * </pre>
 */
final class MeasuredSearch {
  private static final double MICRO = 1e3;
  private static final long WARM_UP = 150_000_000; // nanoseconds of computing
  private static final long BATCH = 1_000_000;

  private final FrontierSuite.Entry entry;
  private final List<float[]> queries;
  private final List<Integer> topK;
  private final double[][] micros; // [K][round]
  private final int[] repeats; // [K]
  private final double[][] recall; // [K][target]
  private final ThreadMXBean thread = ManagementFactory.getThreadMXBean();
  private int next;

  /**
   * Nothing is measured yet.
   *
   * @param targets are asked for in turn
   * @param topK the values of K
   * @param rounds how often the time is looked at
   */
  MeasuredSearch(FrontierSuite.Entry entry, List<Target> targets, List<Integer> topK, int rounds) {
    this.entry = entry;
    this.queries = targets.stream().map(entry::query).toList();
    this.topK = topK;
    this.micros = new double[topK.size()][rounds];
    this.repeats = new int[topK.size()];
    this.recall = new double[topK.size()][targets.size()];
  }

  /**
   * Searches once for each target.
   *
   * @param truth the exact top K, at {@code [k][target]}
   */
  void search(int[][][] truth) {
    for (int k = 0; k < recall.length; k++) {
      for (int t = 0; t < queries.size(); t++) {
        int[] found = entry.retriever().search(queries.get(t), topK.get(k)).top().indices();
        recall[k][t] = Recall.of(found, truth[k][t]);
      }
    }
  }

  /** Searches until code is compiled, and finds how many searches are worth a look at the time. */
  void warmUp() {
    WarmUp.run(() -> searchNext(0));
    for (int k = 0; k < repeats.length; k++) {
      long start = thread.getCurrentThreadCpuTime();
      long passed = 0;
      int done = 0;
      while (passed < WARM_UP / repeats.length) {
        searchNext(k);
        done++;
        passed = thread.getCurrentThreadCpuTime() - start;
      }
      repeats[k] = Math.clamp(done * BATCH / passed, 1, queries.size());
    }
  }

  private void searchNext(int k) {
    float[] query = queries.get(next++ % queries.size());
    if (entry.retriever().search(query, topK.get(k)).top().size() == 0) {
      throw new AssertionError("no event was found by " + entry.method());
    }
  }

  /** Looks at the time of each K, once. */
  void round(int round) {
    for (int k = 0; k < repeats.length; k++) {
      searchNext(k); // the others have filled the caches
      long start = thread.getCurrentThreadCpuTime();
      for (int i = 0; i < repeats[k]; i++) {
        searchNext(k);
      }
      micros[k][round] = (thread.getCurrentThreadCpuTime() - start) / MICRO / repeats[k];
    }
  }

  /** What was found and how long it took. */
  Frontier.Point point() {
    double time = Arrays.stream(micros).mapToDouble(MeasuredSearch::median).average().orElseThrow();
    double[] means = new double[queries.size()];
    for (double[] row : recall) {
      for (int t = 0; t < means.length; t++) {
        means[t] += row[t] / recall.length;
      }
    }
    return new Frontier.Point(
        entry.family(),
        entry.method(),
        entry.bytesRead(),
        entry.bytesRead() + entry.bytesBeside(),
        time,
        MeanInterval.of(means),
        Arrays.stream(recall).map(row -> Arrays.stream(row).average().orElseThrow()).toList());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
