package seminar.train;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Split;
import seminar.model.Batch;

/**
 * The mini-batches of each epoch: users in random order, a few requests of each history, one
 * positive and uniform negatives for each request.
 *
 * <p>A negative is an item that does not occur in the part of the history that training may know;
 * held-out items are not spared, since sparing them would give them away.
 */
public final class TrainingBatches extends Batches {
  private final Corpus corpus;
  private final Split split;
  private final int sequenceLength;
  private final TrainOptions options;
  private final Optional<SideFeatures> side;
  private final Optional<NextItemDraws> nextItems;

  /**
   * Batches for a model that sees at most {@code sequenceLength} events, fewer in the epochs of a
   * warm start.
   *
   * @throws IllegalArgumentException if no history has a training target, or a warm start is longer
   */
  public TrainingBatches(Corpus corpus, Split split, int sequenceLength, TrainOptions options) {
    this(corpus, split, sequenceLength, options, Optional.empty());
  }

  /** The same with features of user, item, user and item, and context for each candidate. */
  public TrainingBatches(
      Corpus corpus,
      Split split,
      int sequenceLength,
      TrainOptions options,
      Optional<SideFeatures> side) {
    super(learning(corpus, split), corpus.histories(), options);
    options.checkLength(sequenceLength);
    this.corpus = corpus;
    this.split = split;
    this.sequenceLength = sequenceLength;
    this.options = options;
    this.side = side;
    nextItems =
        options.nextItem().applies()
            ? Optional.of(
                new NextItemDraws(
                    corpus.histories(), split, sequenceLength, pool(), options.nextItem()))
            : Optional.empty();
  }

  /** The users with a training target. */
  private static int[] learning(Corpus corpus, Split split) {
    int[] learning =
        IntStream.range(0, split.users())
            .filter(user -> split.trainEnd(user) > split.trainStart(user))
            .toArray();
    if (learning.length == 0) {
      throw new IllegalArgumentException(
          "no history of corpus %s has a training target: leaving one out for the test and one for"
                  .formatted(corpus.manifest().name())
              + " validation takes histories of four events, a split by time two events before it");
    }
    return learning;
  }

  @Override
  int known(int user) {
    return split.trainEnd(user);
  }

  @Override
  public LabelledBatch batch(int epoch, int number, int[] order) {
    SplittableRandom rng = random(epoch, number);
    BatchMaker maker =
        new BatchMaker(corpus.histories(), options.length(epoch, sequenceLength), side);
    int[] owners = users(number, order);
    int[] ends = new int[owners.length];
    for (int i = 0; i < owners.length; i++) {
      int user = owners[i];
      int[] positions = positions(rng, user);
      int[][] candidates = candidates(rng, user, positions);
      maker.add(user, positions, candidates, queries(rng, user, positions));
      ends[i] = positions[positions.length - 1];
    }
    Batch batch = maker.take();
    return new LabelledBatch(
        batch,
        labels(batch),
        seed(epoch, number),
        nextItems.map(draws -> draws.of(rng, owners, ends, batch)));
  }

  private int[] positions(SplittableRandom rng, int user) {
    return nextItems.isPresent()
        ? nextItems.get().positions(rng, user, options.targetsPerUser())
        : positions(rng, split.trainStart(user), split.trainEnd(user));
  }

  /** Some of {@code [from, to)}; each lies in as many stretches as any other. */
  private int[] positions(SplittableRandom rng, int from, int to) {
    int low = from;
    int high = to;
    int stretch = options.stretch();
    if (stretch > 0 && stretch < to - from) {
      int start = from - stretch + 1 + rng.nextInt(to - from + stretch - 1);
      low = Math.max(from, start);
      high = Math.min(to, start + stretch);
    }
    return BatchMaker.sample(rng, low, high, options.targetsPerUser());
  }

  /** The positive first, then the negatives, for each position. */
  private int[][] candidates(SplittableRandom rng, int user, int[] positions) {
    Histories histories = corpus.histories();
    BitSet seen = new BitSet(corpus.catalog().size() + 1);
    for (int p = 0; p < split.trainEnd(user); p++) {
      seen.set(histories.item(histories.start(user) + p));
    }
    int items = pool();
    if (seen.cardinality() >= items) {
      throw new IllegalArgumentException(
          "user %s has clicked all %d items: there is no negative"
              .formatted(histories.userId(user), items));
    }
    int[][] candidates = new int[positions.length][1 + options.negatives()];
    for (int i = 0; i < positions.length; i++) {
      candidates[i][0] = histories.item(histories.start(user) + positions[i]);
      for (int n = 1; n <= options.negatives(); n++) {
        int item = 1 + rng.nextInt(items);
        while (seen.get(item)) {
          item = 1 + rng.nextInt(items);
        }
        candidates[i][n] = item;
      }
    }
    return candidates;
  }

  /** Negatives are drawn from the items {@code 1 .. pool()}. */
  private int pool() {
    return switch (options.candidates().pool()) {
      case ITEMS -> corpus.catalog().size();
      case RELEASED -> corpus.catalog().eos();
    };
  }

  /** The query of each candidate of each position. */
  private int[][] queries(SplittableRandom rng, int user, int[] positions) {
    Histories histories = corpus.histories();
    long start = histories.start(user);
    int[][] queries = new int[positions.length][1 + options.negatives()];
    for (int i = 0; i < positions.length; i++) {
      int own = histories.query(start + positions[i]);
      switch (options.candidates().queries()) {
        case EMPTY -> {} // 0 is the empty query
        case POSITIVE -> Arrays.fill(queries[i], own);
        case RELEASED -> {
          queries[i][0] = own;
          for (int n = 1; n <= options.negatives(); n++) {
            queries[i][n] = histories.query(start + rng.nextInt(split.trainEnd(user)));
          }
        }
      }
    }
    return queries;
  }

  private static float[] labels(Batch batch) {
    float[] labels = new float[batch.candidateItems().length];
    for (int first : Arrays.copyOf(batch.groups().candidates(), batch.groups().groupCount())) {
      labels[first] = 1;
    }
    return labels;
  }
}
