package seminar.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import seminar.compute.MachinePeak;
import seminar.math.Rng;
import seminar.math.Stopwatch;
import seminar.math.Vectors;
import seminar.math.Workers;
import seminar.quantize.Cost;
import seminar.quantize.KMeans;
import seminar.quantize.MultiModalQuantizer;
import seminar.quantize.ProductQuantizer;
import seminar.retrieve.Target;
import seminar.terminal.Console;

/**
 * Measures searches of one history on one thread: {@value #CHANNELS} channels of {@value #DIMS}
 * numbers, normal and of length 1, the best {@value #TOP_K} included.
 *
 * <p>All retrievers take turns in rounds, so that a slow moment of the machine meets each of them.
 * Every search is timed; a time is the median of all, which a machine that is busy with other work
 * for less than half of the time does not move. Beside it stands the time that merely reading as
 * many bytes takes in the same rounds, which no search that looks at all events can beat.
 */
public final class RetrieveBench {
  static final int CHANNELS = 4;
  static final int DIMS = 64;
  static final int TOP_K = 64;
  static final int CENTROIDS = 512;
  private static final int TARGETS = 16;
  private static final int LEARNING = 10_000;
  private static final float[] GAMMA = {0.25f, 0.25f, 0.25f, 0.25f};

  private final RetrieveShape shape;
  private final long seed;
  private final Console console;
  private double sink;

  /**
   * A bench that has not run.
   *
   * @param seed of events, targets and codebooks
   */
  public RetrieveBench(RetrieveShape shape, long seed, Console console) {
    this.shape = shape;
    this.seed = seed;
    this.console = console;
  }

  /**
   * What was measured.
   *
   * @param machine the peak of one thread
   * @param learning fitting and encoding
   * @param searches one for each retriever and length
   */
  public record Report(MachinePeak machine, Learning learning, List<Result> searches) {}

  /**
   * Fitting and encoding.
   *
   * @param threads how many worked
   * @param fitSeconds learning 4 channels of 8 × 512 centroids from 10,000 events
   * @param encodedPerSecond vectors of 64 numbers in 8 codes of 256 centroids
   */
  public record Learning(int threads, double fitSeconds, double encodedPerSecond) {}

  /**
   * One retriever over one history.
   *
   * @param retriever what it is called
   * @param length L
   * @param microseconds of one search, the median
   * @param fastest the tenth part of searches take no longer
   * @param readMicroseconds what reading as many bytes takes
   * @param recall the share of the exact best {@value #TOP_K} that it finds, the mean of targets
   * @param bytesPerEvent memory of the first stage
   * @param lookupsPerNanosecond look-ups over the time
   * @param gigabytes 10⁹ bytes each second
   * @param heapBytes what a search takes from the Java heap
   * @param cost what a search takes
   */
  public record Result(
      String retriever,
      int length,
      double microseconds,
      double fastest,
      double readMicroseconds,
      double recall,
      double bytesPerEvent,
      double lookupsPerNanosecond,
      double gigabytes,
      long heapBytes,
      Cost cost) {}

  /** Measures everything. */
  public Report run() {
    try (Workers one = Workers.of(1)) {
      MachinePeak machine = MachinePeak.measure(one);
      Learning learning = learning();
      List<Result> results = new ArrayList<>();
      for (int length : shape.lengths()) {
        console.step("%,d events: building".formatted(length), 0.3 / shape.lengths().size());
        results.addAll(searches(length));
      }
      return new Report(machine, learning, results);
    }
  }

  private Learning learning() {
    console.step("learning codebooks", 0.2);
    Workers workers = Workers.common();
    float[] events = events("learning", LEARNING);
    ProductQuantizer.Options paper = ProductQuantizer.Options.paper();
    double fit = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 2; i++) {
      Stopwatch start = Stopwatch.started();
      MultiModalQuantizer.fit(events, CHANNELS, DIMS, paper, Rng.stream("fit", seed), workers);
      fit = Math.min(fit, start.seconds());
    }
    KMeans.Options brief = new KMeans.Options(256, 3, 0);
    ProductQuantizer quantizer =
        ProductQuantizer.fit(
            Arrays.copyOf(events, 2000 * DIMS),
            DIMS,
            new ProductQuantizer.Options(8, brief),
            Rng.stream("encode", seed),
            workers);
    double encode = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 5; i++) {
      Stopwatch start = Stopwatch.started();
      sink += quantizer.encode(events, workers).get(0, 0);
      encode = Math.min(encode, start.seconds());
    }
    return new Learning(workers.threads(), fit, LEARNING * CHANNELS / encode);
  }

  private List<Result> searches(int length) {
    float[] events = events("events/" + length, length);
    List<RetrieveBenchSuite.Entry> entries =
        RetrieveBenchSuite.of(events, GAMMA, length <= shape.graphLength(), seed);
    List<Target> targets = new ArrayList<>();
    for (int t = 0; t < TARGETS; t++) {
      targets.add(new Target(events("target/" + t, 1), GAMMA));
    }
    console.step("%,d events: warming up".formatted(length), 0.1 / shape.lengths().size());
    List<TimedSearches> measured =
        entries.stream().map(entry -> new TimedSearches(entry, targets, shape.rounds())).toList();
    measured.forEach(TimedSearches::warmUp);
    console.step("%,d events: measuring".formatted(length), 0.4 / shape.lengths().size());
    float[] memory = new float[CHANNELS * DIMS * length];
    for (int round = 0; round < shape.rounds(); round++) {
      for (TimedSearches each : measured) {
        each.round(round, memory);
      }
      console.at((round + 1.0) / shape.rounds());
    }
    return measured.stream().map(each -> each.result(length)).toList();
  }

  private float[] events(String name, int count) {
    float[] events = new float[count * CHANNELS * DIMS];
    Rng.gaussian(Rng.stream("bench/retrieve/" + name, seed), events, 1);
    for (int row = 0; row < count * CHANNELS; row++) {
      Vectors.normalize(events, row * DIMS, DIMS);
    }
    return events;
  }
}
