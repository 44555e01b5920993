package seminar.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Function;
import seminar.compute.Backend;
import seminar.compute.BackendKind;
import seminar.compute.Meter;
import seminar.compute.MeteredBackend;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.model.ModelOptions;
import seminar.train.Adam;
import seminar.train.BatchMaker;
import seminar.train.LabelledBatch;
import seminar.train.TrainOptions;
import seminar.train.TrainingBatches;

/**
 * Steps of training and of evaluation, each of a fresh model on fresh histories, ready to be timed.
 */
final class TrainSteps {
  private static final int HISTORIES_PER_USER = 4;

  private final TrainShape shape;
  private final long seed;
  private final BenchModel.Kind model;
  private final BackendKind kind;
  private final Workers workers;

  TrainSteps(
      TrainShape shape, long seed, BenchModel.Kind model, BackendKind kind, Workers workers) {
    this.shape = shape;
    this.seed = seed;
    this.model = model;
    this.kind = kind;
    this.workers = workers;
  }

  /**
   * A step of training makes a batch, computes gradients and moves the parameters. A sequence model
   * learns after all events of the latest window, whatever the number of targets.
   *
   * @param events events that each target sees
   * @param targets targets of each user
   * @param meter where a step writes its accounts
   */
  BenchTask.Made training(SyntheticCorpus synthetic, int events, int targets, Meter meter) {
    Corpus corpus = synthetic.corpus(HISTORIES_PER_USER * shape.users(), events, targets);
    Backend backend = MeteredBackend.of(kind.on(workers), meter);
    BenchModel made =
        model.make(backend, workers, corpus, synthetic.features(), options(events), seed);
    Adam.Options rates = Adam.Options.paper();
    TrainOptions training =
        new TrainOptions(1, shape.users(), targets, shape.negatives(), rates, seed)
            .withNextItem(model.nextItem());
    int learned = training.nextItem().applies() ? events : targets;
    TrainingBatches batches =
        new TrainingBatches(
            corpus, Split.lastTargets(corpus.histories(), learned), events, training);
    Adam adam = new Adam(backend, rates);
    Position position = new Position(batches);
    Runnable step =
        () -> {
          LabelledBatch[] batch = new LabelledBatch[1];
          meter.time(TrainBench.BATCHES, 0, 0, () -> batch[0] = position.next());
          made.trainable().gradients(batch[0]);
          adam.step(made.trainable().parameters());
        };
    return new BenchTask.Made(step, bytes(made, 3));
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

  /**
   * A step of evaluation makes a batch and scores the candidates of its users.
   *
   * @param scoring makes the model's scorer
   * @param meter where a step writes its accounts
   */
  BenchTask.Made evaluation(
      SyntheticCorpus synthetic,
      Function<BenchModel, Function<Batch, float[]>> scoring,
      Meter meter) {
    Corpus corpus =
        synthetic.corpus(HISTORIES_PER_USER * TrainShape.RANKED_USERS, shape.events(), 1);
    Backend backend = MeteredBackend.of(kind.on(workers), meter);
    ModelOptions options = options(shape.events());
    BenchModel made = model.make(backend, workers, corpus, synthetic.features(), options, seed);
    Function<Batch, float[]> scorer = scoring.apply(made);
    BatchMaker batch = new BatchMaker(corpus.histories(), shape.events());
    SplittableRandom rng = Rng.stream("bench/candidates", seed);
    int[] next = {0};
    Runnable step =
        () -> {
          meter.time(TrainBench.BATCHES, 0, 0, () -> rank(corpus, batch, rng, next));
          scorer.apply(batch.take());
        };
    return new BenchTask.Made(step, bytes(made, 1));
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
        .withSequenceLength(events)
        .withShortTerm(shape.shortTerm())
        .withAttention(
            laptop
                .attention()
                .with(
                    attention ->
                        attention
                            .heads(shape.heads())
                            .topK(shape.topK())
                            .latest(shape.latest())
                            .recencyBuckets(shape.recency())
                            .recencyStart(shape.recencyStart())));
  }

  /** What a parameter and its moments take; a frozen one has no moments. */
  private static long bytes(BenchModel model, int copies) {
    return model.trainable().parameters().all().stream()
        .mapToLong(p -> (long) Float.BYTES * p.value().length() * (p.frozen() ? 1 : copies))
        .sum();
  }
}
