package seminar.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.data.TestMode;
import seminar.file.Progress;
import seminar.math.Stopwatch;
import seminar.measure.RankingReport;
import seminar.rank.RankingTask;
import seminar.search.Method;
import seminar.train.TrainOptions;
import seminar.train.TrainingBatches;

/**
 * Models that learn recommendation alone, search alone, or both from the same histories, each
 * measured on both tasks with the same negatives.
 *
 * <p>The three of a method make the same number of steps. A step of both has the requests of either
 * one, so that it costs as much as the two together.
 */
public final class TwoTasks {
  /** The weight of search in a model of both. */
  private static final double EVEN = 0.5;

  /** What a model learns. */
  public enum Learned {
    /** Recommendation alone. */
    RECOMMENDATION(0, "recommendation alone"),
    /** Search alone. */
    SEARCH(1, "search alone"),
    /** Both with the same weight. */
    BOTH(EVEN, "both");

    private final double weight;
    private final String words;

    Learned(double weight, String words) {
      this.weight = weight;
      this.words = words;
    }

    /** What a model of this method is called that learns it. */
    public String name(String method) {
      return method + ", " + words;
    }
  }

  private final RankingExperiment experiment;
  private final RankingTask search;
  private final RunFolder runs;

  /**
   * A study whose runs lie in a folder.
   *
   * @param experiment with recommendation for its test
   * @throws IllegalArgumentException if no test target was searched for
   */
  public TwoTasks(RankingExperiment experiment, Path folder) {
    this.experiment = experiment;
    search = experiment.test().in(TestMode.SEARCH);
    runs = new RunFolder(folder);
  }

  /** A method in each of its three trainings. */
  public static List<Contender> contenders(
      String name, Method method, Setup base, Corpus corpus, Split split) {
    Setup own =
        method instanceof Method.Seminar
            ? base.withMethod(method)
            : Contender.with(base, method.kind()).withMethod(method);
    List<Contender> all = new ArrayList<>();
    for (Learned learned : Learned.values()) {
      TrainOptions training = base.training();
      TrainOptions options =
          training.withCandidates(training.candidates().withSearch(learned.weight));
      options = options.withEpochs(epochs(options, training, base, corpus, split));
      all.add(new Contender(learned.name(name), own.withTraining(options), false));
    }
    return all;
  }

  /** As many as make the steps of the given training: users who never searched teach no search. */
  private static int epochs(
      TrainOptions options, TrainOptions given, Setup base, Corpus corpus, Split split) {
    int length = base.model().sequenceLength();
    int steps = given.epochs() * new TrainingBatches(corpus, split, length, given).perEpoch();
    return Math.ceilDiv(steps, new TrainingBatches(corpus, split, length, options).perEpoch());
  }

  /**
   * What was measured.
   *
   * @param recommendation one line for each contender
   * @param search the same
   */
  public record Result(List<Comparison.Line> recommendation, List<Comparison.Line> search) {
    /**
     * A task as a table: each model beside that of its method which learned this task alone.
     *
     * @param corpus name of the corpus
     */
    public ModelTable table(TestMode task, String corpus, List<Long> seeds) {
      boolean searching = task == TestMode.SEARCH;
      Learned alone = searching ? Learned.SEARCH : Learned.RECOMMENDATION;
      return ModelTable.of(
          new ModelTable.Heading(
              searching ? "Search" : "Recommendation", corpus, alone.words, "paper"),
          searching ? search : recommendation,
          seeds,
          name -> OptionalDouble.empty(),
          name -> alone.name(name.substring(0, name.indexOf(", "))));
    }
  }

  /**
   * Trains what is missing.
   *
   * @throws IOException if a file cannot be read or written
   */
  public Result run(List<Contender> contenders, List<Long> seeds, Comparison.Listener listener)
      throws IOException {
    List<Comparison.Line> recommended = new ArrayList<>();
    List<Comparison.Line> found = new ArrayList<>();
    int done = 0;
    for (Contender each : contenders) {
      List<Run> first = new ArrayList<>();
      List<Run> second = new ArrayList<>();
      for (long seed : seeds) {
        double before = (double) done++ / (contenders.size() * seeds.size());
        TwoTaskRun run = run(each, seed, before, contenders.size() * seeds.size(), listener);
        first.add(run.recommendation());
        second.add(run.search());
      }
      recommended.add(new Comparison.Line(each.name(), first, Optional.empty()));
      found.add(new Comparison.Line(each.name(), second, Optional.empty()));
    }
    return new Result(recommended, found);
  }

  private TwoTaskRun run(
      Contender contender, long seed, double before, int all, Comparison.Listener listener)
      throws IOException {
    Run.Identity identity = experiment.origin().of(contender, seed);
    Optional<TwoTaskRun> kept = runs.find(contender.name(), identity, TwoTaskRun.class);
    if (kept.isPresent()) {
      return kept.get();
    }
    listener.begins(contender.name());
    Trained trained =
        experiment.run(contender, seed, done -> listener.at(before + Math.min(1, done) / all));
    Stopwatch watch = Stopwatch.started();
    RankingReport report = search.rank(experiment.ranker(trained.model()), Progress.silent());
    Run recommendation = trained.run();
    Run.Seconds seconds =
        new Run.Seconds(
            recommendation.seconds().pretraining(),
            recommendation.seconds().training(),
            watch.seconds());
    Run searched =
        Run.of(
            contender.name(),
            identity,
            recommendation.parameters(),
            recommendation.pretraining(),
            recommendation.epochs(),
            seconds,
            report,
            recommendation.notes(),
            recommendation.provenance());
    TwoTaskRun run = new TwoTaskRun(contender.name(), identity, recommendation, searched);
    runs.add(run);
    return run;
  }
}
