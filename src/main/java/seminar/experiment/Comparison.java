package seminar.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.ObjDoubleConsumer;
import seminar.data.Corpus;
import seminar.data.Progress;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.rank.PlainRankers;
import seminar.search.InterestModel;
import seminar.train.TrainListener;

/**
 * Many models on one corpus, each with several seeds: the same split, the same frozen negatives,
 * the same validation. Every finished run is a file, so a comparison that was cut off goes on where
 * it stopped, and one more model or seed costs no more than itself.
 *
 * <p>Negatives are those of one seed for all runs: what differs between the seeds of a model is its
 * training.
 */
public final class Comparison {
  private final Corpus corpus;
  private final Features features;
  private final String described; // hash of the features
  private final Protocol protocol;
  private final RankingExperiment experiment;
  private final RunFolder runs;
  private final Provenance provenance;

  /**
   * A comparison whose runs lie in a folder.
   *
   * @param seed seed of the negatives
   */
  public Comparison(
      Corpus corpus,
      Features features,
      Workers workers,
      Protocol protocol,
      long seed,
      Path folder) {
    this.corpus = corpus;
    this.features = features;
    described = features.hash(corpus.catalog());
    this.protocol = protocol;
    runs = new RunFolder(folder);
    experiment = new RankingExperiment(corpus, features, workers, protocol, seed);
    provenance = Provenance.here(workers.threads());
  }

  private Comparison(Comparison other, Workers workers) {
    corpus = other.corpus;
    features = other.features;
    described = other.described;
    protocol = other.protocol;
    runs = other.runs;
    experiment = other.experiment.with(workers);
    provenance = other.provenance.withThreads(workers.threads());
  }

  /** The same with other threads: the same runs, the same bits. */
  Comparison with(Workers workers) {
    return new Comparison(this, workers);
  }

  /** The split, the tasks and the training that all runs share. */
  public RankingExperiment experiment() {
    return experiment;
  }

  /** Is told what is being trained and how far it is. */
  public interface Listener {
    /**
     * A run begins.
     *
     * @param name the model and its seed
     * @param share its part of the whole work, 0 to 1
     */
    void run(String name, double share);

    /** How much of the run is done, 0 to 1. */
    void at(double fraction);

    /** One that is made of two. */
    static Listener of(ObjDoubleConsumer<String> run, DoubleConsumer at) {
      return new Listener() {
        @Override
        public void run(String name, double share) {
          run.accept(name, share);
        }

        @Override
        public void at(double fraction) {
          at.accept(fraction);
        }
      };
    }

    /**
     * A model has been trained; one whose run was read from a file is not made again.
     *
     * @param name the model
     * @param seed the seed of its training
     */
    default void trained(String name, long seed, InterestModel model) {}
  }

  /**
   * A line of the comparison.
   *
   * @param name the model
   * @param runs one for each seed; none if the model does not apply
   * @param missing why it does not apply
   */
  public record Line(String name, List<RankedRun> runs, Optional<String> missing) {}

  /**
   * Runs what is missing: plain rankers once, contenders with every seed.
   *
   * @throws IOException if a file cannot be read or written
   */
  public List<Line> run(List<Contender> contenders, List<Long> seeds, Listener listener)
      throws IOException {
    List<Line> lines = new ArrayList<>();
    PlainRuns plainRuns =
        new PlainRuns(corpus, features, described, protocol, experiment, runs, provenance);
    double plain = 0.05 / PlainRankers.values().length;
    for (PlainRankers ranker : PlainRankers.values()) {
      listener.run(ranker.title(), plain);
      lines.add(plainRuns.line(ranker, seeds.getFirst()));
    }
    double work = missingWork(contenders, seeds);
    for (Contender contender : contenders) {
      lines.add(line(contender, seeds, 0.95 / Math.max(work, 1), listener));
    }
    return lines;
  }

  /**
   * The line of a contender: every seed of it that was not run before is trained. A training that
   * cannot be done, because numbers grow without bound or options contradict the corpus, leaves its
   * message in the line.
   *
   * @param share how much of the listener's whole one epoch is
   * @throws IOException if a file cannot be read or written
   */
  Line line(Contender contender, List<Long> seeds, double share, Listener listener)
      throws IOException {
    if (contender.missing().isPresent()) {
      String reason = "not applicable, because " + contender.missing().get();
      return new Line(contender.name(), List.of(), Optional.of(reason));
    }
    for (long seed : seeds) {
      if (done(contender, seed).isEmpty()) {
        listener.run(contender.name() + ", seed " + seed, share * contender.work());
        Optional<String> failure = attempt(contender, seed, listener);
        if (failure.isPresent()) {
          return new Line(contender.name(), List.of(), failure);
        }
      }
    }
    return line(contender, seeds);
  }

  /** The line of a contender whose runs are all there. */
  Line line(Contender contender, List<Long> seeds) throws IOException {
    List<RankedRun> done = new ArrayList<>();
    for (long seed : seeds) {
      done.add(
          done(contender, seed)
              .orElseThrow(
                  () ->
                      new IOException(
                          "the run of %s with seed %d is no longer in %s: call again"
                              .formatted(contender.name(), seed, runs.folder()))));
    }
    return new Line(contender.name(), done, Optional.empty());
  }

  /**
   * Trains a contender and keeps its run.
   *
   * @return why that cannot be done; empty if it was
   * @throws IOException if its file cannot be written
   */
  Optional<String> attempt(Contender contender, long seed, Listener listener) throws IOException {
    try {
      train(contender, seed, listener);
      return Optional.empty();
    } catch (IllegalArgumentException | IllegalStateException | ArithmeticException e) {
      return Optional.of("failed with seed %d: %s".formatted(seed, e.getMessage()));
    }
  }

  /** Whether a contender applies and its run is not there yet. */
  boolean isMissing(Contender contender, long seed) throws IOException {
    return contender.missing().isEmpty() && done(contender, seed).isEmpty();
  }

  /**
   * Epochs that are still to be trained, one of pretraining counted twice.
   *
   * @throws IOException if a file cannot be read
   */
  double missingWork(List<Contender> contenders, List<Long> seeds) throws IOException {
    double work = 0;
    for (Contender contender : contenders) {
      for (long seed : seeds) {
        work += done(contender, seed).isPresent() ? 0 : contender.work();
      }
    }
    return work;
  }

  private void train(Contender contender, long seed, Listener listener) throws IOException {
    RankingExperiment.Trained trained = trained(contender, seed, listener);
    RankedRun run =
        RankedRun.of(
            contender.name(),
            identity(contender, seed),
            trained.run().parameters(),
            trained.run().pretraining(),
            trained.run().epochs(),
            trained.run().seconds(),
            trained.report(),
            Map.of(),
            provenance);
    runs.add(run);
    listener.trained(contender.name(), seed, trained.model());
  }

  /**
   * Trains a contender, whether or not its run is there, for what needs the model itself.
   *
   * @throws IllegalArgumentException if it cannot be trained on this corpus
   */
  public RankingExperiment.Trained trained(Contender contender, long seed, Listener listener) {
    Setup setup = contender.seeded(seed).with(protocol);
    double work = contender.work();
    double before = contender.pretrained() ? 2.0 * setup.pretraining().epochs() / work : 0;
    Optional<RankingExperiment.Pretrained> unit = Optional.empty();
    if (contender.pretrained()) {
      TrainListener progress = progress(listener, setup.pretraining().epochs(), 0, before);
      unit = Optional.of(experiment.pretrain(setup, progress));
    }
    TrainListener progress = progress(listener, setup.training().epochs(), before, 1 - before);
    return experiment.train(contender.name(), setup, unit, progress, Progress.silent());
  }

  static TrainListener progress(Listener listener, int epochs, double before, double share) {
    return new TrainListener() {
      @Override
      public void step(Step step) {
        double done = (step.epoch() - 1 + (double) step.batch() / step.batches()) / epochs;
        listener.at(before + share * done);
      }

      @Override
      public void epoch(Epoch result) {
        listener.at(before + share * result.epoch() / epochs);
      }
    };
  }

  private RankedRun.Identity identity(Contender contender, long seed) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("setup", contender.seeded(seed).with(protocol));
    options.put("pretrained", contender.pretrained());
    return RankedRun.Identity.of(
        options, seed, corpus.hash(), described, experiment.test().hash(), provenance.version());
  }

  private Optional<RankedRun> done(Contender contender, long seed) throws IOException {
    return contender.missing().isPresent()
        ? Optional.empty()
        : runs.find(contender.name(), identity(contender, seed));
  }
}
