package seminar.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;
import seminar.compute.MachineMemory;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.math.Checks;
import seminar.math.Workers;
import seminar.rank.PlainRankers;
import seminar.search.InterestModel;

/**
 * Many models, or settings of a model, on one corpus, each with several seeds and under its own
 * protocol. All under one protocol have the same split, the same frozen negatives and the same
 * validation; what differs between the seeds of a model is its training.
 *
 * <p>Every finished run is a file in one folder. A comparison that was cut off goes on where it
 * stopped, two that share a setting share its runs, one more model or seed costs no more than
 * itself, and a setting that fails is a line with its error while the others go on.
 *
 * <p>Not thread-safe.
 */
public final class Comparison {
  /** What a history takes in an epoch of training on two cores, and each of its events besides. */
  private static final double SECONDS_PER_HISTORY = 3e-4;

  private static final double SECONDS_PER_EVENT = 1.05e-5;

  /** Events of a history that usual settings see. */
  private static final double MOST_EVENTS = 200;

  /** The share of plain rankers in the progress of those who run beside them. */
  private static final double PLAIN = 0.05;

  private final Corpus corpus;
  private final Features features;
  private final Workers workers;
  private final long seed;
  private final RunFolder runs;
  private final int parallel;
  private final Map<Protocol, RankingExperiment> experiments;
  private final AllItems.Options full;
  private final Map<Protocol, AllItems> allItems = new ConcurrentHashMap<>();

  /**
   * A comparison whose runs lie in a folder.
   *
   * @param seed seed of the negatives
   */
  public Comparison(Corpus corpus, Features features, Workers workers, long seed, Path folder) {
    this(
        corpus,
        features,
        workers,
        seed,
        new RunFolder(folder),
        1,
        new ConcurrentHashMap<>(),
        AllItems.Options.none());
  }

  private Comparison(
      Corpus corpus,
      Features features,
      Workers workers,
      long seed,
      RunFolder runs,
      int parallel,
      Map<Protocol, RankingExperiment> experiments,
      AllItems.Options full) {
    this.corpus = corpus;
    this.features = features;
    this.workers = workers;
    this.seed = seed;
    this.runs = runs;
    this.parallel = Checks.atLeast(1, "parallel", parallel);
    this.experiments = experiments;
    this.full = full;
  }

  /** The same with several runs at once, each with its share of the threads: the same bits. */
  public Comparison inParallel(int value) {
    return new Comparison(corpus, features, workers, seed, runs, value, experiments, full);
  }

  /** The same whose runs rank all items too, where the catalogue is not too large. */
  public Comparison withAllItems(AllItems.Options options) {
    return new Comparison(corpus, features, workers, seed, runs, parallel, experiments, options);
  }

  /** The same whose runs lie in another folder. */
  Comparison in(String name) {
    RunFolder other = new RunFolder(runs.folder().resolve(name));
    return new Comparison(corpus, features, workers, seed, other, parallel, experiments, full);
  }

  private Optional<AllItems> allItems(Protocol protocol) {
    return full.covers(corpus)
        ? Optional.of(allItems.computeIfAbsent(protocol, p -> new AllItems(under(p), full)))
        : Optional.empty();
  }

  /** The corpus of all runs. */
  public Corpus corpus() {
    return corpus;
  }

  /** The split, the tasks and the training of all runs under one protocol. */
  public RankingExperiment under(Protocol protocol) {
    return experiments.computeIfAbsent(
        protocol, p -> new RankingExperiment(corpus, features, workers, p, seed));
  }

  private RankingExperiment of(Contender contender) {
    return under(contender.setup().protocol());
  }

  /**
   * About how many seconds a history of this corpus takes in an epoch of training on two cores:
   * 1/600 with 131 events, 1/2,500 with nine.
   */
  public static double secondsPerHistory(Corpus corpus) {
    double events = (double) corpus.histories().events() / Math.max(1, corpus.histories().users());
    return SECONDS_PER_HISTORY + SECONDS_PER_EVENT * Math.min(MOST_EVENTS, events);
  }

  /**
   * A line of the comparison.
   *
   * @param name the model
   * @param runs one for each seed; none if there is a reason
   * @param missing why it does not apply or failed
   */
  public record Line(String name, List<Run> runs, Optional<String> missing) {
    private static Line of(String name, Run run) {
      return new Line(name, List.of(run), Optional.empty());
    }

    private static Line without(String name, String reason) {
      return new Line(name, List.of(), Optional.of(reason));
    }
  }

  /** Is told how runs go: by any thread, but one at a time. */
  public interface Listener {
    /** A run begins, perhaps beside others. */
    void begins(String name);

    /** How much of all that was missing is done, 0 to 1. */
    void at(double fraction);

    /**
     * A model has been trained; one whose run was read from a file is not made again.
     *
     * @param name the model
     * @param seed the seed of its training
     */
    default void trained(String name, long seed, InterestModel model) {}

    /** One that is made of two. */
    static Listener of(Consumer<String> begins, DoubleConsumer at) {
      return new Listener() {
        @Override
        public void begins(String name) {
          begins.accept(name);
        }

        @Override
        public void at(double fraction) {
          at.accept(fraction);
        }
      };
    }

    /** One that does nothing. */
    static Listener silent() {
      return of(name -> {}, fraction -> {});
    }
  }

  /**
   * The contender of each run that is still to be made; a run that two settings share is there
   * once.
   *
   * @throws IOException if a file cannot be read
   */
  public List<Contender> missing(List<Contender> contenders, List<Long> seeds) throws IOException {
    return requests(contenders, seeds).stream().map(RunLanes.Request::contender).toList();
  }

  /**
   * Histories that are still to be passed through in training, one in pretraining counted twice:
   * what the time that is left is proportional to.
   *
   * @throws IOException if a file cannot be read
   */
  public double missingWork(List<Contender> contenders, List<Long> seeds) throws IOException {
    double epochs = missing(contenders, seeds).stream().mapToDouble(Contender::work).sum();
    return epochs * corpus.histories().users();
  }

  /** About how many bytes one run of a contender takes at most ({@link RunMemory}). */
  public long memory(Contender contender) {
    return RunMemory.bytes(corpus, features, contender);
  }

  /**
   * Trains what is missing. A training that cannot be done, because numbers grow without bound or
   * options contradict the corpus, leaves its message in the line.
   *
   * @return one line for each contender, in their order
   * @throws IOException if a file cannot be read or written; runs that have begun are made, others
   *     not
   */
  public List<Line> run(List<Contender> contenders, List<Long> seeds, Listener listener)
      throws IOException {
    return run(contenders, seeds, 0, listener);
  }

  /** The same after the share {@code before} of the whole. */
  private List<Line> run(
      List<Contender> contenders, List<Long> seeds, double before, Listener listener)
      throws IOException {
    List<RunLanes.Request> requests = requests(contenders, seeds);
    for (RunLanes.Request each : requests) {
      RunMemory.need(corpus, features, each.contender())
          .check(each.contender().name(), MachineMemory.here());
    }
    Map<RunLanes.Request, String> failures =
        new RunLanes(requests, this::make, before, listener).run(parallel, workers);
    List<Line> lines = new ArrayList<>();
    for (Contender each : contenders) {
      Optional<String> failure =
          seeds.stream()
              .map(of -> new RunLanes.Request(each, of))
              .flatMap(request -> failures.keySet().stream().filter(request::sameAs))
              .findFirst()
              .map(failures::get);
      lines.add(
          each.missing().isPresent()
              ? Line.without(each.name(), "not applicable, because " + each.missing().get())
              : failure.isPresent() ? Line.without(each.name(), failure.get()) : made(each, seeds));
    }
    return lines;
  }

  /**
   * Runs what is missing under one protocol, the plain rankers once before the contenders.
   *
   * @return a line for each plain ranker, then one for each contender
   * @throws IOException if a file cannot be read or written
   */
  public List<Line> runBesidePlain(
      Protocol protocol, List<Contender> contenders, List<Long> seeds, Listener listener)
      throws IOException {
    List<Line> lines = new ArrayList<>();
    for (PlainRankers plain : PlainRankers.values()) {
      listener.begins(plain.title());
      lines.add(plain(protocol, plain, seeds.getFirst()));
      listener.at(PLAIN * lines.size() / PlainRankers.values().length);
    }
    lines.addAll(
        run(
            contenders.stream().map(each -> each.under(protocol)).toList(),
            seeds,
            PLAIN,
            listener));
    return lines;
  }

  /**
   * Runs a plain ranker under a protocol, unless it was before.
   *
   * @return its line; one that the corpus cannot have says why
   * @throws IOException if a file cannot be read or written
   */
  public Line plain(Protocol protocol, PlainRankers plain, long seed) throws IOException {
    RankingExperiment experiment = under(protocol);
    Run.Identity identity = experiment.origin().of(plain, seed);
    Optional<Run> done =
        runs.find(plain.title(), identity, Run.class).filter(run -> full.suffices(run, corpus));
    if (done.isPresent()) {
      return Line.of(plain.title(), done.get());
    }
    Run run;
    try {
      run = PlainRun.of(experiment, plain, seed, allItems(protocol));
    } catch (IllegalArgumentException e) {
      return Line.without(plain.title(), e.getMessage());
    }
    runs.add(run);
    return Line.of(plain.title(), run);
  }

  /** Runs that are missing, each once. */
  private List<RunLanes.Request> requests(List<Contender> contenders, List<Long> seeds)
      throws IOException {
    List<RunLanes.Request> requests = new ArrayList<>();
    for (Contender each : contenders) {
      for (long of : each.missing().isPresent() ? List.<Long>of() : seeds) {
        RunLanes.Request request = new RunLanes.Request(each, of);
        if (requests.stream().noneMatch(request::sameAs) && find(each, of).isEmpty()) {
          requests.add(request);
        }
      }
    }
    return requests;
  }

  private Optional<Run> find(Contender contender, long of) throws IOException {
    return runs.find(contender.name(), of(contender).origin().of(contender, of), Run.class)
        .filter(run -> full.suffices(run, corpus));
  }

  /** Makes a run and keeps it. */
  private InterestModel make(RunLanes.Request request, Workers own, DoubleConsumer progress)
      throws IOException {
    RankingExperiment experiment = of(request.contender()).with(own);
    Optional<AllItems> all = allItems(request.contender().setup().protocol());
    double training = all.isPresent() ? shareOfTraining(request.contender(), experiment) : 1;
    Trained trained =
        experiment.run(
            request.contender(), request.seed(), done -> progress.accept(training * done));
    Run run = trained.run();
    if (all.isPresent()) {
      Progress ranking = (what, done, of) -> progress.accept(training + (1 - training) * done / of);
      run = run.withFull(all.get().of(experiment.ranker(trained.model()), ranking));
    }
    runs.add(run);
    return trained.model();
  }

  /** About how much of a run is not the ranking of all items. */
  private double shareOfTraining(Contender contender, RankingExperiment experiment) {
    double training = contender.work() * corpus.histories().users() * secondsPerHistory(corpus);
    return training / (training + AllItems.seconds(experiment));
  }

  /** The line of a contender whose runs are all there. */
  private Line made(Contender contender, List<Long> seeds) throws IOException {
    List<Run> done = new ArrayList<>();
    for (long of : seeds) {
      done.add(
          find(contender, of)
              .orElseThrow(
                  () ->
                      new IOException(
                          "the run of %s with seed %d is no longer in %s: call again"
                              .formatted(contender.name(), of, runs.folder()))));
    }
    return new Line(contender.name(), done, Optional.empty());
  }

  /** The commits whose code made these lines; more than one deserves a remark. */
  public static List<String> commits(List<Line> lines) {
    TreeSet<String> commits = new TreeSet<>();
    lines.forEach(line -> line.runs().forEach(run -> commits.add(run.provenance().commit())));
    return List.copyOf(commits);
  }
}
