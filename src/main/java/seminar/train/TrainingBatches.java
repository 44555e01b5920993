package seminar.train;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Queries;
import seminar.data.Split;
import seminar.model.Batch;

/**
 * The mini-batches of each epoch: users in random order, a few requests of each history, one
 * positive and uniform negatives for each request. Where search is learned too ({@link
 * CandidateOptions#search}), search requests of the same history stand beside them, with targets
 * and negatives from a stream of their own, so that recommendation draws what it draws alone.
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
    super(learning(corpus, split, options.candidates()), corpus.histories(), options);
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

  /** The users with a training target; where search alone is learned, with a query. */
  private static int[] learning(Corpus corpus, Split split, CandidateOptions tasks) {
    int[] learning =
        IntStream.range(0, split.users())
            .filter(user -> split.trainEnd(user) > split.trainStart(user))
            .toArray();
    if (learning.length > 0 && tasks.search() == 1) {
      learning =
          Arrays.stream(learning)
              .filter(user -> searched(corpus.histories(), split, user).length > 0)
              .toArray();
      if (learning.length == 0) {
        throw new IllegalArgumentException(
            "no training target of corpus %s has a query: candidates.search is 1, and search has nothing to learn from"
                .formatted(corpus.manifest().name()));
      }
    }
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
    SplittableRandom searching = random(epoch, number, "/search");
    int[] owners = users(number, order);
    int[] ends = new int[owners.length];
    for (int i = 0; i < owners.length; i++) {
      Requests requests = requests(rng, searching, epoch, owners[i]);
      int[] positions = requests.positions();
      maker.add(owners[i], positions, requests.candidates(), requests.queries());
      ends[i] = positions[positions.length - 1];
    }
    Batch batch = maker.take();
    return new LabelledBatch(
        batch,
        labels(batch),
        seed(epoch, number),
        nextItems.map(draws -> draws.of(rng, owners, ends, batch)),
        options.candidates().weights(batch.candidateQueries()));
  }

  /** Those of the tasks that are learned. */
  private Requests requests(SplittableRandom rng, SplittableRandom searching, int epoch, int user) {
    double search = options.candidates().search();
    if (nextItems.isPresent()) {
      int[] positions = nextItems.get().positions(rng, user, options.targetsPerUser());
      int end = positions[positions.length - 1];
      int from = Math.max(split.trainStart(user), end - sequenceLength + 1);
      Requests requests = recommendations(rng, user, positions);
      return search == 0
          ? requests
          : requests.and(searches(searching, user, new Window(from, end + 1)));
    }
    Window window = window(rng, first(epoch, user), split.trainEnd(user));
    if (search == 1) {
      return searches(searching, user, window);
    }
    int[] positions = BatchMaker.sample(rng, window.from, window.to, options.targetsPerUser());
    Requests requests = recommendations(rng, user, positions);
    return search == 0 ? requests : requests.and(searches(searching, user, window));
  }

  /** The first target of an epoch: of all that training may know, or of the split. */
  private int first(int epoch, int user) {
    return epoch <= options.olderEpochs()
        ? Math.min(1, split.trainEnd(user))
        : split.trainStart(user);
  }

  /** Targets of a history in which a step's requests lie: {@code [from, to)}. */
  private record Window(int from, int to) {}

  /** The stretch of {@code [from, to)}; each target lies in as many of them as any other. */
  private Window window(SplittableRandom rng, int from, int to) {
    int stretch = options.stretch();
    if (stretch == 0 || stretch >= to - from) {
      return new Window(from, to);
    }
    int start = from - stretch + 1 + rng.nextInt(to - from + stretch - 1);
    return new Window(Math.max(from, start), Math.min(to, start + stretch));
  }

  private Requests recommendations(SplittableRandom rng, int user, int[] positions) {
    int[][] candidates = candidates(rng, user, positions);
    return new Requests(positions, candidates, queries(rng, user, positions));
  }

  /**
   * Requests for targets that somebody typed a query for, which all their candidates have. Where
   * the stretch has none and nothing else is learned, they lie anywhere.
   */
  private Requests searches(SplittableRandom rng, int user, Window window) {
    Histories histories = corpus.histories();
    int[] searched = searched(histories, split, user);
    int[] near = Arrays.stream(searched).filter(p -> p >= window.from && p < window.to).toArray();
    int[] from = near.length == 0 && options.candidates().search() == 1 ? searched : near;
    int[] positions =
        Arrays.stream(BatchMaker.sample(rng, 0, from.length, options.targetsPerUser()))
            .map(i -> from[i])
            .toArray();
    int[][] candidates = candidates(rng, user, positions);
    int[][] queries = new int[positions.length][1 + options.negatives()];
    for (int i = 0; i < positions.length; i++) {
      Arrays.fill(queries[i], histories.query(histories.start(user) + positions[i]));
    }
    return new Requests(positions, candidates, queries);
  }

  /** The training targets of a user that have a query. */
  private static int[] searched(Histories histories, Split split, int user) {
    long start = histories.start(user);
    return IntStream.range(split.trainStart(user), split.trainEnd(user))
        .filter(p -> histories.query(start + p) != Queries.EMPTY)
        .toArray();
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
    int left = items - seen.cardinality();
    boolean distinct = options.candidates().distinct() && left >= options.negatives();
    int[][] candidates = new int[positions.length][1 + options.negatives()];
    for (int i = 0; i < positions.length; i++) {
      candidates[i][0] = histories.item(histories.start(user) + positions[i]);
      for (int n = 1; n <= options.negatives(); n++) {
        int item = 1 + rng.nextInt(items);
        while (seen.get(item) || distinct && isAmong(candidates[i], n, item)) {
          item = 1 + rng.nextInt(items);
        }
        candidates[i][n] = item;
      }
    }
    return candidates;
  }

  /** Whether an item is among the negatives before the n-th. */
  private static boolean isAmong(int[] candidates, int n, int item) {
    for (int before = 1; before < n; before++) {
      if (candidates[before] == item) {
        return true;
      }
    }
    return false;
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
