package seminar.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import seminar.compute.BackendKind;
import seminar.compute.MachinePeak;
import seminar.compute.Meter;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.terminal.Console;

/**
 * Measures steps of training and of evaluation on a {@link SyntheticCorpus}: users and targets in a
 * second, where the time goes, and how near each operation is to the machine's peak.
 *
 * <p>A step of training is what the loop does: a batch is made, gradients are computed, Adam moves
 * the parameters; only the loop's look at the gradient's length, one more reading of it, is left
 * out. A step of evaluation scores the candidates of {@link TrainShape#RANKED_USERS} users at their
 * test positions. Every target sees exactly the stated number of events.
 */
public final class TrainBench {
  static final String TRAINING = "training";
  static final String EVALUATION = "evaluation";
  static final String SETTLED = "evaluation, catalogue encoded";
  static final String BATCHES = "batches";
  static final String REST = "the rest of the model";
  private static final int ROUNDS = 5;

  private final TrainShape shape;
  private final long seed;
  private final Workers workers;
  private final TrainSteps steps;
  private final Console console;

  /**
   * A bench that has not run.
   *
   * @param seed of corpus and model
   * @param model what is measured
   * @param backend what computes
   * @param workers its threads
   */
  public TrainBench(
      TrainShape shape,
      long seed,
      BenchModel.Kind model,
      BackendKind backend,
      Workers workers,
      Console console) {
    this.shape = shape;
    this.seed = seed;
    this.workers = workers;
    this.console = console;
    steps = new TrainSteps(shape, seed, model, backend, workers);
  }

  /**
   * What was measured.
   *
   * @param machine the peak of the machine, the better of before and after
   * @param results training with each number of targets, then evaluation, which encodes each batch,
   *     and evaluation of a model whose catalogue was encoded before
   * @param sweep training with other numbers of events, and each number of targets
   */
  public record Report(MachinePeak machine, List<Result> results, List<Result> sweep) {}

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
  public record Result(
      String task,
      int users,
      int targets,
      int events,
      Rate usersPerSecond,
      double targetsPerSecond,
      double nanosecondsPerEvent,
      double stepMilliseconds,
      int steps,
      Memory memory,
      List<Phase> phases) {}

  /**
   * Users in a second.
   *
   * @param median of all rounds
   * @param slowest of all rounds
   * @param fastest of all rounds
   */
  public record Rate(double median, double slowest, double fastest) {}

  /**
   * Memory of a step, in bytes; the three together bound what the model and a step of it need. Not
   * counted: the corpus, its features, and each thread's buffer for the scores of one history.
   *
   * @param parameters values, and in training the two moments of Adam
   * @param scratch native memory of intermediate results and gradients, used again by every step
   * @param heap what a step takes from the Java heap and leaves to the collector
   */
  public record Memory(long parameters, long scratch, long heap) {}

  /**
   * A part of a step.
   *
   * @param name operation and width, {@value #BATCHES}, or {@value #REST}
   * @param calls calls in a step
   * @param milliseconds time in a step
   * @param share of the step's time
   * @param gigaflops 10⁹ floating-point operations each second
   * @param shareOfProducts of what the machine reaches in a large product
   * @param gigabytes 10⁹ bytes each second, at least
   * @param shareOfCopy of what the machine reaches in a large copy; more than 1 where data stay in
   *     a cache
   */
  public record Phase(
      String name,
      double calls,
      double milliseconds,
      double share,
      double gigaflops,
      double shareOfProducts,
      double gigabytes,
      double shareOfCopy) {}

  /** Measures everything. */
  public Report run() {
    console.step("the peak of this machine", 0.05);
    MachinePeak before = MachinePeak.measure(workers);
    console.step("a corpus of %,d items".formatted(shape.items()), 0.05);
    SyntheticCorpus corpus = new SyntheticCorpus(shape, seed);
    List<Measured> tasks = new ArrayList<>();
    shape.targets().forEach(targets -> tasks.add(training(corpus, shape.events(), targets)));
    tasks.add(evaluation(EVALUATION, corpus, BenchModel::scorer));
    tasks.add(evaluation(SETTLED, corpus, model -> model.settled().get()));
    List<Measured> sweep =
        shape.targets().stream()
            .flatMap(
                targets ->
                    shape.sweepEvents().stream().map(events -> training(corpus, events, targets)))
            .toList();
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
    Supplier<BenchTask.Made> made = () -> steps.training(corpus, events, targets, meter);
    return new Measured(
        new BenchTask(TRAINING, shape.users(), meter, made), shape.users(), targets, events);
  }

  private Measured evaluation(
      String name, SyntheticCorpus corpus, Function<BenchModel, Function<Batch, float[]>> scorer) {
    Meter meter = new Meter();
    int users = TrainShape.RANKED_USERS;
    BenchTask task =
        new BenchTask(name, users, meter, () -> steps.evaluation(corpus, scorer, meter));
    return new Measured(task, users, 1, shape.events());
  }

  /** A task and its sizes. */
  private record Measured(BenchTask task, int users, int targets, int events) {
    Result result(MachinePeak machine) {
      Rate rate = task.usersPerSecond();
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
