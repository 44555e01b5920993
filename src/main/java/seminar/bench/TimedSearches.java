package seminar.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import seminar.math.WarmUp;
import seminar.measure.Recall;
import seminar.quantize.Cost;
import seminar.retrieve.Retrieval;
import seminar.retrieve.Target;

/** One retriever over one history, and the times of its searches. */
final class TimedSearches {
  private static final int TOP_K = RetrieveBench.TOP_K;
  private static final long ROUND = 4_000_000; // nanoseconds
  private static final long WARM_UP = 400_000_000;

  private final RetrieveBenchSuite.Entry entry;
  private final List<Target> targets;
  private final float[][] queries;
  private final int rounds;
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private double[] micros;
  private double[] reading;
  private int repeats;
  private double sink;

  /**
   * Searches that have not been timed.
   *
   * @param targets what is searched for, in turn
   * @param rounds how often {@link #round} will be called
   */
  TimedSearches(RetrieveBenchSuite.Entry entry, List<Target> targets, int rounds) {
    this.entry = entry;
    this.targets = targets;
    this.queries = targets.stream().map(entry::query).toArray(float[][]::new);
    this.rounds = rounds;
  }

  /** Searches until code is compiled, and settles how many searches a round has. */
  void warmUp() {
    int[] next = new int[1];
    WarmUp.run(() -> search(next[0]++));
    long start = System.nanoTime();
    int done = 0;
    while (done < 3 || System.nanoTime() - start < WARM_UP && done < 20_000) {
      search(done++);
    }
    repeats = Math.clamp(done * ROUND / (System.nanoTime() - start), 1, 200);
    micros = new double[rounds * repeats];
    reading = new double[rounds * repeats];
  }

  private Retrieval search(int i) {
    Retrieval found = entry.retriever().search(queries[i % queries.length], TOP_K);
    sink += found.top().size();
    return found;
  }

  /**
   * Searches and readings of one round.
   *
   * @param memory what is read
   */
  void round(int round, float[] memory) {
    int floats = (int) Math.min(memory.length, Math.max(8, entry.bytes() / 4));
    double scale = entry.bytes() / 4.0 / floats;
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      search(i);
      micros[round * repeats + i] = (System.nanoTime() - start) / 1000.0;
    }
    for (int i = 0; i < repeats; i++) {
      long start = System.nanoTime();
      sink += RetrieveBenchSuite.sum(memory, floats);
      reading[round * repeats + i] = scale * (System.nanoTime() - start) / 1000.0;
    }
  }

  private double recall() {
    double recall = 0;
    for (int t = 0; t < queries.length; t++) {
      int[] truth = entry.exact().search(targets.get(t).fused(), TOP_K).top().indices();
      recall += Recall.of(search(t).top().indices(), truth) / queries.length;
    }
    return recall;
  }

  /** What a search takes from the Java heap once its code is compiled. */
  private long heapBytes() {
    long heap = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      search(i);
      heap = Math.min(heap, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return heap;
  }

  /**
   * What all rounds say together.
   *
   * @param length L
   */
  RetrieveBench.Result result(int length) {
    Arrays.sort(micros);
    Arrays.sort(reading);
    double median = BenchTask.median(micros);
    Cost cost = search(0).cost();
    return new RetrieveBench.Result(
        entry.name(),
        length,
        median,
        micros[micros.length / 10],
        BenchTask.median(reading),
        recall(),
        entry.bytesPerEvent(),
        cost.lookups() / 1000.0 / median,
        entry.bytes() / 1000.0 / median,
        heapBytes(),
        cost);
  }
}
