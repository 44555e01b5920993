package seminar.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import seminar.math.Rng;
import seminar.math.Stopwatch;
import seminar.serve.Recommender;
import seminar.serve.Request;

/** Requests of one kind, and how long those took that were asked. */
final class TimedRequests {
  private final ServeShape shape;
  private final long seed;
  private final int candidates;
  private final Request.Search search;
  private final int threads;
  private final List<double[]> micros = new ArrayList<>(); // of each thread and round
  private double seconds;

  /**
   * Requests that have not been asked.
   *
   * @param seed of users and candidates
   * @param candidates C
   * @param search how heads find their events
   * @param threads that ask at the same time
   */
  TimedRequests(ServeShape shape, long seed, int candidates, Request.Search search, int threads) {
    this.shape = shape;
    this.seed = seed;
    this.candidates = candidates;
    this.search = search;
    this.threads = threads;
  }

  /** Asks for so many seconds. */
  void round(Recommender recommender, int round, double length) {
    long end = System.nanoTime() + (long) (length * 1e9);
    Stopwatch watch = Stopwatch.started();
    AtomicInteger number = new AtomicInteger();
    double[][] of = new double[threads][];
    List<Thread> asking = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      asking.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    int mine = number.getAndIncrement();
                    of[mine] = ask(recommender, round * threads + mine, end);
                  }));
    }
    asking.forEach(TimedRequests::join);
    seconds += watch.seconds();
    micros.addAll(Arrays.asList(of));
  }

  private double[] ask(Recommender recommender, int stream, long end) {
    SplittableRandom rng = Rng.stream("bench/serve/" + candidates + "/" + stream, seed);
    double[] times = new double[64];
    int count = 0;
    while (count == 0 || System.nanoTime() < end) {
      int first = rng.nextInt(1, shape.items() - candidates + 2);
      Request request =
          Request.of(IntStream.range(first, first + candidates).toArray()).withSearch(search);
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count++] = micros(recommender, rng.nextInt(shape.users()), request);
    }
    return Arrays.copyOf(times, count);
  }

  /**
   * What all rounds say together.
   *
   * @param length L
   */
  ServeBench.Requests result(int length) {
    double first = Arrays.stream(micros.getFirst()).limit(10).max().orElse(0);
    double[] all = micros.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    return new ServeBench.Requests(
        length,
        candidates,
        search,
        threads,
        BenchTask.median(all),
        all[all.length * 99 / 100],
        first,
        all.length / seconds,
        0);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How long one request takes, in microseconds. */
  static double micros(Recommender recommender, int user, Request request) {
    long start = System.nanoTime();
    recommender.score(user, request);
    return (System.nanoTime() - start) / 1e3;
  }
}
