package seminar.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import seminar.compute.Meter;
import seminar.compute.Scratch;

/**
 * Something that is done again and again, and how long it takes.
 *
 * <p>Steps are done in rounds. Several tasks take turns with their rounds, so that a slow moment of
 * the machine meets all of them.
 */
final class BenchTask {
  private static final int LEAST_WARM_UP = 3;
  private static final double SECOND = 1e9;

  private final String name;
  private final int users;
  private final Meter meter;
  private final Supplier<Made> maker;
  private final List<Double> rounds = new ArrayList<>();
  private final List<Double> steps = new ArrayList<>();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private Made made;
  private long garbage;
  private long scratch;

  /**
   * What a task needs, ready for its first step.
   *
   * @param step one step
   * @param keptBytes bytes of the parameters and their moments
   */
  record Made(Runnable step, long keptBytes) {}

  /**
   * A task that has not been prepared.
   *
   * @param name what it is called
   * @param users users of one step
   * @param meter where a step writes its accounts
   * @param maker prepares it
   */
  BenchTask(String name, int users, Meter meter, Supplier<Made> maker) {
    this.name = name;
    this.users = users;
    this.meter = meter;
    this.maker = maker;
  }

  /** What it is called. */
  String name() {
    return name;
  }

  /** Prepares the task and does steps for this time, at least three, which do not count. */
  void warmUp(double seconds) {
    Set<Scratch> others = Scratch.living();
    made = maker.get();
    long start = System.nanoTime();
    for (int i = 0; i < LEAST_WARM_UP || System.nanoTime() - start < seconds * SECOND; i++) {
      made.step.run();
    }
    scratch =
        Scratch.living().stream()
            .filter(each -> !others.contains(each))
            .mapToLong(Scratch::bytes)
            .sum();
    meter.reset();
  }

  /** Does steps for this time, at least one. */
  void round(double seconds) {
    long allocated = threads.getTotalThreadAllocatedBytes();
    long start = System.nanoTime();
    long before = start;
    int done = 0;
    do {
      made.step.run();
      long now = System.nanoTime();
      steps.add((now - before) / SECOND);
      before = now;
      done++;
    } while (before - start < seconds * SECOND);
    rounds.add(users * done / ((before - start) / SECOND));
    garbage += threads.getTotalThreadAllocatedBytes() - allocated;
  }

  /** How fast it is. */
  TrainBench.Rate usersPerSecond() {
    double[] sorted = sorted(rounds);
    return new TrainBench.Rate(median(sorted), sorted[0], sorted[sorted.length - 1]);
  }

  /** The median time of a step. */
  double stepSeconds() {
    return median(sorted(steps));
  }

  /** The mean time of a step, of which the phases are parts. */
  double meanStepSeconds() {
    return Arrays.stream(sorted(steps)).average().orElseThrow();
  }

  /** How many steps were measured. */
  int steps() {
    return steps.size();
  }

  /** What the steps wrote into their accounts. */
  List<Meter.Account> accounts() {
    return meter.snapshot();
  }

  /** Bytes of the parameters and their moments. */
  long keptBytes() {
    return made.keptBytes;
  }

  /** Bytes of native memory for intermediate results, used again by every step. */
  long scratchBytes() {
    return scratch;
  }

  /** Bytes of the Java heap that one step takes and gives back. */
  long heapBytes() {
    return garbage / steps.size();
  }

  private static double[] sorted(List<Double> values) {
    return values.stream().mapToDouble(value -> value).sorted().toArray();
  }

  /** The middle of numbers that rise. */
  static double median(double[] sorted) {
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
