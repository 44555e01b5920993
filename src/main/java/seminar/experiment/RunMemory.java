package seminar.experiment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import seminar.compute.Backend;
import seminar.compute.MachineMemory;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.loss.NextItemLoss;
import seminar.model.ChannelOptions;
import seminar.model.ItemCodes;
import seminar.model.ModelOptions;
import seminar.model.SequenceOptions;
import seminar.rank.RankingForm;
import seminar.rank.RankingTask;
import seminar.search.Method;
import seminar.train.TrainOptions;

/**
 * How much memory a run takes at most, estimated before it begins; the corpus, which all runs
 * share, is not counted.
 *
 * <pre>
 *   P = d (items + attributes + keywords + features) + d² (12 + 8 H + 5 H S')    what is learned
 *   bytes = 4 (7 P + items · features
 *           + 5/4 d ((1 + S') ((4 H + 4) C_e + (5 H + 10) C_t)
 *                    + 6 E + 24 D + 8 (items + queries))
 *           + S + 3 H K (C_e + C_t) + 5/4 (d W (16 + 17 J) + Z))
 * </pre>
 *
 * <p>Seven copies of what is learned are values, gradients, two moments of the optimiser, the best
 * epoch and copies on the way. C_t and C_e are the candidates of a step of training and of the
 * ranking after an epoch, E the events of the longest histories that can meet in one batch, D the
 * distinct items and queries among both; SDIM has hashes in place of the H heads, and STCA all that
 * belongs to C_t and C_e, and d² 4 H and its feed-forward, once for each layer, but keeps nothing
 * of K. S' is 1 where a model has a short term, and 0 where it has none. A quarter more is what
 * buffers grow by. S are the scores of one request on each thread. What attention kept, K numbers
 * of events and K weights of each candidate and head, lies on the Java heap, as do the copies on
 * the way; half of it again is what the collector has not taken yet. Codes that training chooses by
 * count among what is learned, d numbers for each item, query and centroid, of which they need
 * fewer copies; the keys of a batch that they stand for take the rest. Codes of items count there
 * too: the codes, what makes them and the vectors of centroids. A search unit counts as a second
 * model, since it stays until the first is trained.
 */
public final class RunMemory {
  private static final int COPIES = 7;
  private static final int COPIES_ON_HEAP = 3;
  private static final double GROWTH = 1.25;
  private static final double KEPT = 3; // an event and a weight, and half of these again
  private static final double OF_SEQUENCE = 16; // states, what came next, and their gradients
  private static final double OF_LAYER = 17; // what a layer keeps of an event, and its gradients

  private RunMemory() {}

  /**
   * What a run takes, in bytes.
   *
   * @param whole all of it
   * @param heap of it, what lies on the Java heap
   */
  public record Need(long whole, long heap) {
    private Need and(Need other) {
      return new Need(whole + other.whole, heap + other.heap);
    }

    /**
     * Refuses a run that cannot fit.
     *
     * @param name what is trained
     * @throws IllegalArgumentException if it takes more than there is; the message says how much,
     *     and which options to lower
     */
    public void check(String name, MachineMemory there) {
      boolean heapShort = heap > there.heap();
      if (whole > there.whole() || heapShort) {
        throw new IllegalArgumentException(
            ("'%s' takes about %s of memory, %s of it on Java's heap, and there is %s, %s for the"
                    + " heap: %s, or lower --users, --targets, --top-k, --length or --dims")
                .formatted(
                    name,
                    MachineMemory.words(whole),
                    MachineMemory.words(heap),
                    MachineMemory.words(there.whole()),
                    MachineMemory.words(there.heap()),
                    "give Java more with SEMINAR_JAVA_OPTS=-Xmx16g if the machine has it"));
      }
    }
  }

  /** The bytes that one run of this setting takes at most, about. */
  public static long bytes(Corpus corpus, Features features, Contender setting) {
    return need(corpus, features, setting).whole();
  }

  /** What one run of this setting takes at most, about. */
  public static Need need(Corpus corpus, Features features, Contender setting) {
    Setup setup = setting.setup();
    Need model = need(corpus, features, setup, setup.training());
    return setting.pretrained()
        ? model.and(need(corpus, features, setup, setup.pretraining()))
        : model;
  }

  /**
   * What a model or search unit takes at most, about.
   *
   * @param training how it is trained
   */
  static Need need(Corpus corpus, Features features, Setup setup, TrainOptions training) {
    ModelOptions model = setup.model();
    double d = model.dims();
    double items = corpus.catalog().size();
    double read = features.text().dims() + features.image().dims();
    double rows =
        items + corpus.catalog().attributeVocabulary() + corpus.queries().vocabulary() + read;
    int branches = model.shortTerm() > 0 ? 1 : 0;
    double learned = d * rows + d * d * (12 + (8.0 + 5 * branches) * model.attention().heads());
    if (setup.method() instanceof Method.Stca stca) {
      double joined = d * d * (4.0 * model.attention().heads() + stca.layers());
      learned += stca.layers() * (joined + 2 * d * stca.hidden());
    }
    if (model.channels().features() == ChannelOptions.FeatureSource.RELEASED) {
      learned += items * read; // tables of noise are parameters
    }
    if (model.attention().coded().applies()) {
      learned += d * (items + corpus.queries().size() + model.attention().coded().centroids());
    }
    ItemCodes codes = model.channels().codes();
    if (codes.applies()) {
      double text = features.text().dims();
      double centroids = (double) codes.columns() * codes.centroids();
      learned += items * codes.columns() + text * text + centroids * (d + text);
    }
    Sizes sizes = Sizes.of(corpus, setup, training);
    double batch = GROWTH * d * batch(corpus, setup, sizes);
    SequenceOptions sequence = model.sequence();
    if (sequence.applies()) {
      learned += d * (model.sequenceLength() + 6 * d * sequence.layers());
      batch += GROWTH * (d * sizes.windows * (OF_SEQUENCE + OF_LAYER * sequence.layers()));
      batch += training.nextItem().applies() ? GROWTH * NextItemLoss.MOST_SCORES : 0;
    }
    double heap =
        COPIES_ON_HEAP * learned
            + KEPT
                * model.attention().heads()
                * Math.min(model.topK(), sizes.seen + 1)
                * (sizes.ranking + sizes.learning);
    double whole =
        heap + (COPIES - COPIES_ON_HEAP) * learned + items * read + batch + scores(setup, sizes);
    return new Need((long) (Float.BYTES * whole), (long) (Float.BYTES * heap));
  }

  /** Scores of all candidates of one request on each thread. */
  private static double scores(Setup setup, Sizes sizes) {
    double one = setup.model().attention().heads() * sizes.candidates * sizes.seen;
    return GROWTH
        * Runtime.getRuntime().availableProcessors()
        * Math.min(Backend.Attention.MOST_SCORES, one);
  }

  /**
   * How large a batch can get.
   *
   * @param candidates of a request when ranking
   * @param ranking candidates of the requests that are ranked at once
   * @param learning candidates of a step of training, had it drawn the longest histories
   * @param events of the histories of a batch
   * @param seen events that a request sees
   * @param windows events that a self-attention reads of the histories of a batch
   */
  private record Sizes(
      double candidates,
      double ranking,
      double learning,
      double events,
      double seen,
      double windows) {
    static Sizes of(Corpus corpus, Setup setup, TrainOptions training) {
      double items = corpus.catalog().size();
      boolean all = setup.protocol().form().against() == RankingForm.Against.ALL;
      double candidates = all ? items : Math.min(1 + RankingTask.NEGATIVES, items);
      int atOnce = (int) Math.max(1, RankingTask.CANDIDATES_AT_ONCE / candidates);
      int[] histories = longest(corpus, Math.max(training.usersPerBatch(), atOnce));
      double learning = RunMemory.learning(histories, training);
      int length = setup.model().sequenceLength();
      return new Sizes(
          candidates,
          Math.min(histories.length, atOnce) * candidates,
          learning,
          Math.max(
              RunMemory.events(histories, training.usersPerBatch(), Integer.MAX_VALUE),
              RunMemory.events(histories, atOnce, length)),
          RunMemory.events(histories, 1, length),
          RunMemory.events(histories, Math.max(training.usersPerBatch(), atOnce), length));
    }
  }

  /** Rows of d numbers that a batch and what is ranked after an epoch take. */
  private static double batch(Corpus corpus, Setup setup, Sizes sizes) {
    int hashes = setup.method() instanceof Method.Sdim sdim ? sdim.hashes() : 0;
    double layers = setup.method() instanceof Method.Stca stca ? stca.layers() : 1;
    double heads = Math.max(hashes, setup.model().attention().heads());
    double items = corpus.catalog().size();
    double queries = corpus.queries().size();
    double ranking = Math.max(sizes.learning, sizes.ranking);
    double distinct =
        Math.min(items, sizes.events + ranking) + Math.min(queries, sizes.events + ranking);
    boolean attends = !(setup.method() instanceof Method.SasRec);
    double attentions = attends ? layers + (setup.model().shortTerm() > 0 ? 1 : 0) : 0;
    return attentions * ((4 * heads + 4) * ranking + (5 * heads + 10) * sizes.learning)
        + 6 * sizes.events
        + 24 * distinct
        + 8 * (items + queries);
  }

  /** Candidates of a step of training, had it drawn the longest histories. */
  private static double learning(int[] histories, TrainOptions training) {
    double search = training.candidates().search();
    int tasks = search > 0 && search < 1 ? 2 : 1;
    double requests = events(histories, training.usersPerBatch(), training.targetsPerUser());
    return tasks * requests * (1.0 + training.negatives());
  }

  /** Events of the longest histories, of each so many at most. */
  private static double events(int[] histories, int users, int most) {
    return Arrays.stream(histories).limit(users).mapToLong(l -> Math.min(l, most)).sum();
  }

  /** The lengths of the longest histories, longest first. */
  private static int[] longest(Corpus corpus, int users) {
    int[] lengths =
        IntStream.range(0, corpus.histories().users()).map(corpus.histories()::length).toArray();
    Arrays.sort(lengths);
    int n = Math.min(users, lengths.length);
    return IntStream.range(0, n).map(i -> lengths[lengths.length - 1 - i]).toArray();
  }

  /**
   * How many of these runs fit beside each other, whichever they are.
   *
   * @param needs bytes of each run
   * @param budget bytes that all may take together
   * @param wanted the most that are wanted
   * @return from 0, if the largest alone does not fit, to {@code wanted}
   */
  public static int sideBySide(List<Long> needs, long budget, int wanted) {
    List<Long> largest = needs.stream().sorted(Comparator.reverseOrder()).limit(wanted).toList();
    long sum = 0;
    int fit = 0;
    while (fit < largest.size() && sum + largest.get(fit) <= budget) {
      sum += largest.get(fit++);
    }
    return fit == largest.size() ? wanted : fit;
  }
}
