package seminar.experiment;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.model.ChannelOptions;
import seminar.model.ModelOptions;
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
 *                    + 6 E + 24 D + 8 (items + queries)))
 * </pre>
 *
 * <p>Seven copies of what is learned are values, gradients, two moments of the optimiser, the best
 * epoch and copies on the way. C_t and C_e are the candidates of a step of training and of the
 * ranking after an epoch, E the events of the longest histories that can meet in one batch, D the
 * distinct items and queries among both; SDIM has hashes in place of the H heads. S' is 1 where a
 * model has a short term, and 0 where it has none. A quarter more is what buffers grow by. A search
 * unit counts as a second model, since it stays until the first is trained.
 */
public final class RunMemory {
  private static final int COPIES = 7;
  private static final double GROWTH = 1.25;

  private RunMemory() {}

  /** The bytes that one run of this setting takes at most, about. */
  public static long bytes(Corpus corpus, Features features, Contender setting) {
    Setup setup = setting.setup();
    double bytes = bytes(corpus, features, setup, setup.training());
    if (setting.pretrained()) {
      bytes += bytes(corpus, features, setup, setup.pretraining());
    }
    return (long) bytes;
  }

  private static double bytes(
      Corpus corpus, Features features, Setup setup, TrainOptions training) {
    ModelOptions model = setup.model();
    double d = model.dims();
    double items = corpus.catalog().size();
    double read = features.text().dims() + features.image().dims();
    double rows =
        items + corpus.catalog().attributeVocabulary() + corpus.queries().vocabulary() + read;
    int branches = model.shortTerm() > 0 ? 1 : 0;
    double learned = d * rows + d * d * (12 + (8.0 + 5 * branches) * model.attention().heads());
    if (model.channels().features() == ChannelOptions.FeatureSource.RELEASED) {
      learned += items * read; // tables of noise are parameters
    }
    double batch = GROWTH * d * batch(corpus, setup, training);
    return Float.BYTES * (COPIES * learned + items * read + batch);
  }

  /** Rows of d numbers that a batch and what is ranked after an epoch take. */
  private static double batch(Corpus corpus, Setup setup, TrainOptions training) {
    int hashes = setup.method() instanceof Method.Sdim sdim ? sdim.hashes() : 0;
    double heads = Math.max(hashes, setup.model().attention().heads());
    double items = corpus.catalog().size();
    double queries = corpus.queries().size();
    boolean all = setup.protocol().form().against() == RankingForm.Against.ALL;
    double candidates = all ? items : Math.min(1 + RankingTask.NEGATIVES, items);
    int atOnce = (int) Math.max(1, RankingTask.CANDIDATES_AT_ONCE / candidates);
    int[] histories = longest(corpus, Math.max(training.usersPerBatch(), atOnce));
    double learning = learning(histories, training);
    double ranking = Math.max(learning, Math.min(histories.length, atOnce) * candidates);
    double events =
        Math.max(
            events(histories, training.usersPerBatch(), Integer.MAX_VALUE),
            events(histories, atOnce, setup.model().sequenceLength()));
    double distinct = Math.min(items, events + ranking) + Math.min(queries, events + ranking);
    int attentions = setup.model().shortTerm() > 0 ? 2 : 1;
    return attentions * ((4 * heads + 4) * ranking + (5 * heads + 10) * learning)
        + 6 * events
        + 24 * distinct
        + 8 * (items + queries);
  }

  /** Candidates of a step of training, had it drawn the longest histories. */
  private static double learning(int[] histories, TrainOptions training) {
    double requests = events(histories, training.usersPerBatch(), training.targetsPerUser());
    return requests * (1.0 + training.negatives());
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
