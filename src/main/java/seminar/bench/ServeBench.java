package seminar.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import seminar.compute.BackendKind;
import seminar.compute.MachinePeak;
import seminar.data.Corpus;
import seminar.file.Progress;
import seminar.file.TemporaryFolder;
import seminar.math.Stopwatch;
import seminar.math.Workers;
import seminar.model.ModelOptions;
import seminar.search.InterestModel;
import seminar.search.Method;
import seminar.serve.Event;
import seminar.serve.IndexedHistories;
import seminar.serve.Recommender;
import seminar.serve.Request;

/**
 * How long requests take: candidates of one user scored end to end, from their numbers to click
 * logits, by the lifelong model with parameters as they start. Each combination of length,
 * candidates, search and threads is asked in turn, in rounds.
 *
 * <p>The folder of indexes lies in the machine's memory of files; what reading it from a disk takes
 * is the disk's.
 */
public final class ServeBench {
  private static final int ROUNDS = 4;
  private static final int APPENDED = 4000;
  private static final int DIMS = 64;
  private static final long DISTANT = Long.MAX_VALUE / 2;

  private final ServeShape shape;
  private final long seed;
  private final Progress progress;

  /** A measurement. */
  public ServeBench(ServeShape shape, long seed, Progress progress) {
    this.shape = shape;
    this.seed = seed;
    this.progress = progress;
  }

  /**
   * What was measured.
   *
   * @param machine what it does at best
   * @param requests one for each combination
   * @param histories one for each length
   * @param opening of a folder of many histories
   */
  public record Report(
      MachinePeak machine,
      List<Requests> requests,
      List<HistoryTimes> histories,
      List<Opening> opening) {}

  /**
   * Requests of one kind.
   *
   * @param length L
   * @param candidates C
   * @param search how heads find their events
   * @param threads that asked at the same time
   * @param median of the time of a request, in microseconds
   * @param p99 which 99 of 100 requests do not exceed
   * @param first the longest of the first ten requests after the warm-up
   * @param perSecond requests of all threads
   * @param peakShare of the machine's product on one thread, which the exact scores of one thread
   *     reach: 2·C·H·L·d operations; 0 for codes
   */
  public record Requests(
      int length,
      int candidates,
      Request.Search search,
      int threads,
      double median,
      double p99,
      double first,
      double perSecond,
      double peakShare) {}

  /**
   * What a history costs.
   *
   * @param length L
   * @param diskBytes of an index
   * @param openMicroseconds the median first request of a user, of one candidate: checksum
   *     compared, codes read
   * @param againMicroseconds the next of the same user
   * @param appendMedian of an event appended and written to the log, in microseconds
   * @param appendP99 which 99 of 100 do not exceed
   */
  public record HistoryTimes(
      int length,
      double diskBytes,
      double openMicroseconds,
      double againMicroseconds,
      double appendMedian,
      double appendP99) {}

  /**
   * Opening a folder.
   *
   * @param users whose histories are in it
   * @param gigabytes of its files
   * @param writeSeconds encoding and writing them
   * @param openSeconds opening the folder, without the catalogue
   */
  public record Opening(int users, double gigabytes, double writeSeconds, double openSeconds) {}

  /**
   * Measures.
   *
   * @param work where folders of indexes may lie for a while
   * @throws IOException if they cannot be written
   */
  public Report run(Path work) throws IOException {
    MachinePeak peak = MachinePeak.measure(Workers.common());
    List<Requests> requests = new ArrayList<>();
    List<HistoryTimes> histories = new ArrayList<>();
    for (int length : shape.lengths()) {
      progress.at("requests", histories.size(), shape.lengths().size() + 1);
      try (TemporaryFolder folder = TemporaryFolder.in(work, "bench-serve")) {
        measure(length, folder.path(), requests, histories);
      }
    }
    List<Opening> opening = new ArrayList<>();
    if (shape.opened() > 0) {
      progress.at("requests", histories.size(), shape.lengths().size() + 1);
      try (TemporaryFolder folder = TemporaryFolder.in(work, "bench-serve")) {
        opening.add(open(folder.path()));
      }
    }
    peak = peak.best(MachinePeak.measure(Workers.common()));
    double best = peak.gigaflopsOneThread();
    List<Requests> told = requests.stream().map(r -> shared(r, best)).toList();
    return new Report(peak, told, histories, opening);
  }

  private static Requests shared(Requests r, double gigaflops) {
    boolean isProduct = r.search() == Request.Search.EXACT && r.threads() == 1;
    int heads = ModelOptions.lifelong().attention().heads();
    double operations = 2.0 * r.candidates() * heads * r.length() * DIMS;
    return new Requests(
        r.length(),
        r.candidates(),
        r.search(),
        r.threads(),
        r.median(),
        r.p99(),
        r.first(),
        r.perSecond(),
        isProduct ? operations / (r.median() * 1e3) / gigaflops : 0);
  }

  private SyntheticCorpus synthetic() {
    TrainShape usual = TrainShape.usual();
    return new SyntheticCorpus(
        new TrainShape(
            1,
            1,
            List.of(1),
            1,
            1,
            DIMS,
            4,
            0,
            0,
            0,
            0,
            shape.items(),
            usual.queries(),
            usual.keywords(),
            DIMS,
            2,
            1,
            List.of()),
        seed);
  }

  private InterestModel model(SyntheticCorpus made, Corpus corpus, int length) {
    ModelOptions options = ModelOptions.lifelong().withDims(DIMS).withLengths(shape.topK(), length);
    return new InterestModel(
        BackendKind.CPU.on(Workers.common()),
        corpus,
        made.features(),
        options,
        new Method.Seminar(),
        seed);
  }

  private void index(InterestModel model, Corpus corpus, Path folder) throws IOException {
    IndexedHistories.write(
        model.vectors(),
        "bench",
        corpus,
        new IndexedHistories.Options(DIMS, 20_000, seed),
        IntStream.range(0, corpus.histories().users()).toArray(),
        folder,
        Workers.common(),
        Progress.silent());
  }

  private void measure(
      int length, Path folder, List<Requests> requests, List<HistoryTimes> histories)
      throws IOException {
    SyntheticCorpus made = synthetic();
    Corpus corpus = made.corpus(shape.users(), length - 3, 1);
    InterestModel model = model(made, corpus, length);
    index(model, corpus, folder);
    double bytes = (double) size(folder, ".pack") / shape.users();
    double[] opened = new double[shape.users()];
    double[] again = new double[shape.users()];
    try (Recommender recommender = Recommender.open(model, "bench", corpus, folder)) {
      warmUp(recommender);
    }
    try (Recommender recommender = Recommender.open(model, "bench", corpus, folder)) {
      recommender.score(List.of(Event.of(1)), Request.of(1)); // the first scorer is made
      for (int user = 0; user < shape.users(); user++) {
        opened[user] = TimedRequests.micros(recommender, user, Request.of(1 + user));
        again[user] = TimedRequests.micros(recommender, user, Request.of(1 + user));
      }
      requests.addAll(requests(recommender, length));
      double[] appended = append(recommender);
      histories.add(
          new HistoryTimes(
              length,
              bytes,
              BenchTask.median(opened),
              BenchTask.median(again),
              BenchTask.median(appended),
              appended[appended.length * 99 / 100]));
    }
  }

  private void warmUp(Recommender recommender) {
    recommender.warmUp(shape.candidates().stream().mapToInt(c -> c).toArray());
  }

  /** Sorted. */
  private double[] append(Recommender recommender) throws IOException {
    double[] micros = new double[APPENDED];
    for (int i = -APPENDED; i < APPENDED; i++) { // the first half is a warm-up
      Event event = new Event(1 + Math.floorMod(i, shape.items()), 0, DISTANT + i);
      int user = Math.floorMod(i, shape.users());
      long start = System.nanoTime();
      recommender.append(user, event);
      if (i >= 0) {
        micros[i] = (System.nanoTime() - start) / 1e3;
      }
    }
    Arrays.sort(micros);
    return micros;
  }

  private List<Requests> requests(Recommender recommender, int length) {
    List<TimedRequests> kinds = new ArrayList<>();
    for (int candidates : shape.candidates()) {
      for (Request.Search search : List.of(Request.Search.EXACT, Request.Search.CODES)) {
        shape
            .threads()
            .forEach(
                threads -> kinds.add(new TimedRequests(shape, seed, candidates, search, threads)));
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (TimedRequests kind : kinds) {
        kind.round(recommender, round, shape.seconds() / ROUNDS);
      }
    }
    return kinds.stream().map(kind -> kind.result(length)).toList();
  }

  private Opening open(Path folder) throws IOException {
    SyntheticCorpus made = synthetic();
    Corpus corpus = made.corpus(shape.opened(), ServeShape.SHORT - 3, 1);
    InterestModel model = model(made, corpus, ServeShape.SHORT);
    Stopwatch writing = Stopwatch.started();
    index(model, corpus, folder);
    double written = writing.seconds();
    double best = Double.MAX_VALUE;
    for (int i = 0; i < ROUNDS; i++) {
      Stopwatch opening = Stopwatch.started();
      IndexedHistories.open(model.vectors(), "bench", corpus, folder);
      best = Math.min(best, opening.seconds());
    }
    return new Opening(shape.opened(), size(folder, "") / 1e9, written, best);
  }

  private static long size(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(end))
          .sorted(Comparator.naturalOrder())
          .mapToLong(ServeBench::size)
          .sum();
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
