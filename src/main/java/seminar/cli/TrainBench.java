package seminar.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import seminar.compute.Backend;
import seminar.compute.CpuBackend;
import seminar.compute.MachinePeak;
import seminar.compute.Meter;
import seminar.compute.MeteredBackend;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.model.ModelOptions;
import seminar.terminal.Console;
import seminar.train.Adam;
import seminar.train.BatchMaker;
import seminar.train.LabelledBatch;
import seminar.train.TrainOptions;
import seminar.train.TrainingBatches;

/**
 * Measures steps of training and of evaluation on a {@link SyntheticCorpus}: users and targets in a
 * second, where the time goes, and how near each operation is to the machine's peak.
 *
 * <p>A step of training is what the loop does: a batch is made, gradients are computed, Adam moves
 * the parameters; only the loop's look at the gradient's length, one more reading of it, is left
 * out. A step of evaluation scores the candidates of {@link TrainShape#RANKED_USERS} users at their
 * test positions. Every target sees exactly the stated number of events.
 */
final class TrainBench {
  static final String TRAINING = "training";
  static final String EVALUATION = "evaluation";
  static final String SETTLED = "evaluation, catalogue encoded";
  static final String BATCHES = "batches";
  static final String REST = "the rest of the model";
  private static final int ROUNDS = 5;
  private static final int LIVES_PER_USER = 4;

  private final TrainShape shape;
  private final long seed;
  private final BenchModel.Maker maker;
  private final Workers workers;
  private final Console console;

  /**
   * A bench that has not run.
   *
   * @param maker makes the model that is measured
   * @param workers threads of the backend
   */
  TrainBench(
      TrainShape shape, long seed, BenchModel.Maker maker, Workers workers, Console console) {
    this.shape = shape;
    this.seed = seed;
    this.maker = maker;
    this.workers = workers;
    this.console = console;
  }

  /**
   * What was measured.
   *
   * @param machine the peak of the machine, the better of before and after
   * @param results training with each number of targets, then evaluation, which encodes each batch,
   *     and evaluation of a model whose catalogue was encoded before
   * @param sweep training with other numbers of events and one target
   */
  record Report(MachinePeak machine, List<Result> results, List<Result> sweep) {}

  /**
   * One thing that was measured.
   *
   * @param task what
   * @param users users of a step
   * @param targets targets of each user
   * @param events events that each target sees
   * @param usersPerSecond median of five rounds, with the slowest and the fastest
   * @param targetsPerSecond the same median, in targets
   * @param nanosecondsPerEvent median time of a step over the events of its users
   * @param stepMilliseconds median time of a step
   * @param steps how many steps were measured
   * @param memory what a step holds
   * @param phases where the mean time of a step goes, the longest first
   */
  record Result(
      String task,
      int users,
      int targets,
      int events,
      BenchTask.Rate usersPerSecond,
      double targetsPerSecond,
      double nanosecondsPerEvent,
      double stepMilliseconds,
      int steps,
      Memory memory,
      List<Phase> phases) {}

  /**
   * Memory of a step, in bytes; the three together bound what the model and a step of it need. Not
   * counted: the corpus, its features, and each thread's buffer for the scores of one history.
   *
   * @param parameters values, and in training the two moments of Adam
   * @param scratch native memory of intermediate results and gradients, used again by every step
   * @param heap what a step takes from the Java heap and leaves to the collector
   */
  record Memory(long parameters, long scratch, long heap) {
    long total() {
      return parameters + scratch + heap;
    }
  }

  /**
   * A part of a step.
   *
   * @param name operation and width, {@link #BATCHES}, or {@link #REST}
   * @param calls calls in a step
   * @param milliseconds time in a step
   * @param share of the step's time
   * @param gigaflops 10⁹ floating-point operations each second
   * @param shareOfProducts of what the machine reaches in a large product
   * @param gigabytes 10⁹ bytes each second, at least
   * @param shareOfCopy of what the machine reaches in a large copy; more than 1 where data stay in
   *     a cache
   */
  record Phase(
      String name,
      double calls,
      double milliseconds,
      double share,
      double gigaflops,
      double shareOfProducts,
      double gigabytes,
      double shareOfCopy) {}

  /** Measures everything. */
  Report run() {
    console.step("the peak of this machine", 0.05);
    MachinePeak before = MachinePeak.measure(workers);
    console.step("a corpus of %,d items".formatted(shape.items()), 0.05);
    SyntheticCorpus corpus = new SyntheticCorpus(shape, seed);
    List<Measured> tasks = new ArrayList<>();
    shape.targets().forEach(targets -> tasks.add(training(corpus, shape.events(), targets)));
    tasks.add(evaluation(EVALUATION, corpus, BenchModel::scorer));
    tasks.add(evaluation(SETTLED, corpus, model -> model.settled().get()));
    List<Measured> sweep =
        shape.sweep().stream().map(events -> training(corpus, events, 1)).toList();
    double part = 0.9 / (tasks.size() + sweep.size());
    measure(tasks, part * tasks.size());
    measure(sweep, part * sweep.size());
    MachinePeak machine = MachinePeak.measure(workers).best(before);
    return new Report(
        machine,
        tasks.stream().map(task -> task.result(machine)).toList(),
        sweep.stream().map(task -> task.result(machine)).toList());
  }

  private void measure(List<Measured> tasks, double part) {
    for (Measured each : tasks) {
      console.step(
          "warming up: %s, %d events".formatted(each.task.name(), each.events),
          part / 4 / tasks.size());
      each.task.warmUp(shape.seconds() / 3);
    }
    for (int round = 0; round < ROUNDS && !tasks.isEmpty(); round++) {
      console.step("round %d of %d".formatted(round + 1, ROUNDS), 0.75 * part / ROUNDS);
      tasks.forEach(each -> each.task.round(shape.seconds() / ROUNDS));
    }
  }

  private Measured training(SyntheticCorpus corpus, int events, int targets) {
    Meter meter = new Meter();
    Supplier<BenchTask.Made> made = () -> trainingSteps(corpus, events, targets, meter);
    return new Measured(
        new BenchTask(TRAINING, shape.users(), meter, made), shape.users(), targets, events);
  }

  private BenchTask.Made trainingSteps(
      SyntheticCorpus synthetic, int events, int targets, Meter meter) {
    Corpus corpus = synthetic.corpus(LIVES_PER_USER * shape.users(), events, targets);
    Backend backend = MeteredBackend.of(CpuBackend.of(workers), meter);
    BenchModel model =
        maker.make(backend, workers, corpus, synthetic.features(), options(events), seed);
    Adam.Options rates = Adam.Options.paper();
    TrainOptions training =
        new TrainOptions(1, shape.users(), targets, shape.negatives(), rates, seed);
    TrainingBatches batches =
        new TrainingBatches(
            corpus, Split.lastTargets(corpus.histories(), targets), events, training);
    Adam adam = new Adam(backend, rates);
    Position position = new Position(batches);
    Runnable step =
        () -> {
          LabelledBatch[] batch = new LabelledBatch[1];
          meter.time(BATCHES, 0, 0, () -> batch[0] = position.next());
          model.trainable().gradients(batch[0]);
          adam.step(model.trainable().parameters());
        };
    return new BenchTask.Made(step, bytes(model, 3));
  }

  /** Goes through the batches of epoch after epoch. */
  private static final class Position {
    private final TrainingBatches batches;
    private int[] order = new int[0];
    private int epoch;
    private int number;

    Position(TrainingBatches batches) {
      this.batches = batches;
      number = batches.perEpoch();
    }

    LabelledBatch next() {
      if (number == batches.perEpoch()) {
        epoch++;
        number = 0;
        order = batches.order(epoch);
      }
      return batches.batch(epoch, number++, order);
    }
  }

  /** What a parameter and its moments take; a frozen one has no moments. */
  private static long bytes(BenchModel model, int copies) {
    return model.trainable().parameters().all().stream()
        .mapToLong(p -> (long) Float.BYTES * p.value().length() * (p.frozen() ? 1 : copies))
        .sum();
  }

  private Measured evaluation(
      String name, SyntheticCorpus corpus, Function<BenchModel, Function<Batch, float[]>> scorer) {
    Meter meter = new Meter();
    int users = TrainShape.RANKED_USERS;
    BenchTask task = new BenchTask(name, users, meter, () -> scoring(corpus, scorer, meter));
    return new Measured(task, users, 1, shape.events());
  }

  private BenchTask.Made scoring(
      SyntheticCorpus synthetic,
      Function<BenchModel, Function<Batch, float[]>> scoring,
      Meter meter) {
    Corpus corpus = synthetic.corpus(LIVES_PER_USER * TrainShape.RANKED_USERS, shape.events(), 1);
    Backend backend = MeteredBackend.of(CpuBackend.of(workers), meter);
    ModelOptions options = options(shape.events());
    BenchModel model = maker.make(backend, workers, corpus, synthetic.features(), options, seed);
    Function<Batch, float[]> scorer = scoring.apply(model);
    BatchMaker batch = new BatchMaker(corpus.histories(), shape.events());
    SplittableRandom rng = Rng.stream("bench/candidates", seed);
    int[] next = {0};
    Runnable step =
        () -> {
          meter.time(BATCHES, 0, 0, () -> rank(corpus, batch, rng, next));
          scorer.apply(batch.take());
        };
    return new BenchTask.Made(step, bytes(model, 1));
  }

  /** Adds the next users, each with as many candidates as the shape says. */
  private void rank(Corpus corpus, BatchMaker batch, SplittableRandom rng, int[] next) {
    for (int i = 0; i < TrainShape.RANKED_USERS; i++) {
      int user = next[0]++ % corpus.histories().users();
      int position = corpus.histories().length(user) - 1;
      int[] candidates = new int[shape.candidates()];
      Arrays.setAll(candidates, c -> 1 + rng.nextInt(shape.items()));
      batch.add(user, new int[] {position}, new int[][] {candidates});
    }
  }

  private ModelOptions options(int events) {
    ModelOptions laptop = ModelOptions.laptop();
    return laptop
        .withDims(shape.dims())
        .with(laptop.attention().withHeads(shape.heads()))
        .withLengths(shape.topK(), events);
  }

  /** A task and its sizes. */
  private record Measured(BenchTask task, int users, int targets, int events) {
    Result result(MachinePeak machine) {
      BenchTask.Rate rate = task.usersPerSecond();
      return new Result(
          task.name(),
          users,
          targets,
          events,
          rate,
          targets * rate.median(),
          1e9 * task.stepSeconds() / users / events,
          1e3 * task.stepSeconds(),
          task.steps(),
          new Memory(task.keptBytes(), task.scratchBytes(), task.heapBytes()),
          phases(machine));
    }

    private List<Phase> phases(MachinePeak machine) {
      List<Meter.Account> accounts = task.accounts();
      double known = accounts.stream().mapToDouble(Meter.Account::seconds).sum();
      double rest = Math.max(0, task.meanStepSeconds() * task.steps() - known);
      return Stream.concat(
              accounts.stream(), Stream.of(new Meter.Account(REST, task.steps(), rest, 0, 0)))
          .map(account -> phase(account, machine))
          .sorted(Comparator.comparingDouble(Phase::milliseconds).reversed())
          .toList();
    }

    private Phase phase(Meter.Account account, MachinePeak machine) {
      double steps = task.steps();
      return new Phase(
          account.name(),
          account.calls() / steps,
          1e3 * account.seconds() / steps,
          account.seconds() / (steps * task.meanStepSeconds()),
          account.gigaflops(),
          account.gigaflops() / machine.gigaflops(),
          account.gigabytes(),
          account.gigabytes() / machine.copyGigabytes());
    }
  }
}
