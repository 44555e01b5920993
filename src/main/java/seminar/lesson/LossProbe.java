package seminar.lesson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Queries;
import seminar.data.Split;
import seminar.experiment.RankingExperiment;
import seminar.math.Checks;
import seminar.math.Rng;
import seminar.math.Vectors;
import seminar.measure.Auc;
import seminar.rank.RankingTask;
import seminar.search.PretrainingSearchUnit;
import seminar.serve.ModelRanker;
import seminar.train.SideFeatures;

/**
 * What each pretraining loss has fixed: one number for each, with what chance or counting reach.
 *
 * <ul>
 *   <li>alignment: of the items in a chunk of a history, how many find their own picture by their
 *       text and their own text by their picture?
 *   <li>relevance: how often is the item that a held-out query led to nearer to it than another?
 *   <li>next pair: the loss on held-out pairs, beside that of popularity
 * </ul>
 */
public final class LossProbe {
  private static final int TEXT = 0;
  private static final int IMAGE = 1;
  private static final int OTHERS = 20;

  private static final long SEED = 1; // of the other items of queries

  private final Corpus corpus;
  private final Split split;
  private final RankingTask held; // the held-out pairs and their negatives
  private final int chunkLength; // events of a chunk

  private LossProbe(RankingExperiment experiment, int chunkLength) {
    corpus = experiment.corpus();
    split = Split.leaveOneOut(corpus.histories());
    held = experiment.validation();
    this.chunkLength = Checks.atLeast(2, "chunkLength", chunkLength);
  }

  /**
   * What a unit has learned.
   *
   * @param recall share of the items of a chunk that find their own other modality first
   * @param chance what guessing reaches: the mean of 1 over the items of a chunk
   * @param auc chance that a held-out query is nearer to its item than a held-out query, the same
   *     or another, to a random item; not a number where no held-out event has a query
   * @param nextPair L_next on held-out pairs, in nats
   * @param popularity L_next of the log-odds of popularity on the same pairs, in nats
   */
  public record Result(
      double recall, double chance, double auc, double nextPair, double popularity) {}

  /** What a unit has learned as it is now, on training chunks and the validation targets. */
  public static Result of(RankingExperiment experiment, PretrainingSearchUnit unit) {
    return new LossProbe(experiment, unit.options().alignment().chunkLength()).of(unit);
  }

  private Result of(PretrainingSearchUnit unit) {
    int items = corpus.catalog().size();
    PretrainingSearchUnit.Encoding encoding =
        unit.encode(
            IntStream.rangeClosed(0, items).toArray(),
            IntStream.rangeClosed(0, corpus.queries().size()).toArray());
    double[] recall = recall(encoding, unit.model().dims());
    return new Result(
        recall[0], recall[1], auc(encoding, unit.model().dims()), nextPair(unit), popularity());
  }

  /** Recall@1 both ways, and chance, over all items of all chunks. */
  private double[] recall(PretrainingSearchUnit.Encoding encoding, int d) {
    float[] text = unit(encoding.modalities()[TEXT], d);
    float[] image = unit(encoding.modalities()[IMAGE], d);
    double found = 0;
    double chance = 0;
    int asked = 0;
    for (int[] chunk : chunks(encoding.present())) {
      for (int item : chunk) {
        found += isNearest(text, item, image, chunk, d) ? 0.5 : 0;
        found += isNearest(image, item, text, chunk, d) ? 0.5 : 0;
        chance += 1.0 / chunk.length;
        asked++;
      }
    }
    return new double[] {found / Math.max(1, asked), chance / Math.max(1, asked)};
  }

  /** The distinct items with text and picture of each chunk that has at least two. */
  private List<int[]> chunks(boolean[][] present) {
    Histories histories = corpus.histories();
    List<int[]> chunks = new ArrayList<>();
    for (int user = 0; user < histories.users(); user++) {
      for (int from = 0; from < split.trainEnd(user); from += chunkLength) {
        Set<Integer> items = new LinkedHashSet<>();
        for (int p = from; p < Math.min(split.trainEnd(user), from + chunkLength); p++) {
          int item = histories.item(histories.start(user) + p);
          if (present[TEXT][item] && present[IMAGE][item]) {
            items.add(item);
          }
        }
        if (items.size() > 1) {
          chunks.add(items.stream().mapToInt(item -> item).toArray());
        }
      }
    }
    return chunks;
  }

  private static boolean isNearest(float[] from, int item, float[] to, int[] chunk, int d) {
    float own = Vectors.dot(from, item * d, to, item * d, d);
    for (int other : chunk) {
      if (other != item && Vectors.dot(from, item * d, to, other * d, d) >= own) {
        return false;
      }
    }
    return true;
  }

  private static float[] unit(float[] rows, int d) {
    float[] unit = rows.clone();
    for (int at = 0; at < unit.length; at += d) {
      Vectors.normalize(unit, at, d);
    }
    return unit;
  }

  /** Each held-out pair with a query against a few other items. */
  private double auc(PretrainingSearchUnit.Encoding encoding, int d) {
    float[] items = unit(encoding.items(), d);
    float[] queries = unit(encoding.queries(), d);
    SplittableRandom rng = Rng.stream("probe/relevance", SEED);
    Histories histories = corpus.histories();
    List<Float> scores = new ArrayList<>();
    List<Boolean> labels = new ArrayList<>();
    for (int user = 0; user < histories.users(); user++) {
      for (int p = split.trainEnd(user); p < histories.length(user); p++) {
        int query = histories.query(histories.start(user) + p);
        int item = histories.item(histories.start(user) + p);
        for (int i = 0; i <= OTHERS && query != Queries.EMPTY; i++) {
          int other = i == 0 ? item : 1 + rng.nextInt(corpus.catalog().size());
          scores.add(Vectors.dot(queries, query * d, items, other * d, d));
          labels.add(i == 0);
        }
      }
    }
    float[] flat = new float[scores.size()];
    boolean[] positive = new boolean[flat.length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = scores.get(i);
      positive[i] = labels.get(i);
    }
    return flat.length == 0 ? Double.NaN : Auc.of(flat, positive);
  }

  private double nextPair(PretrainingSearchUnit unit) {
    ModelRanker ranker =
        new ModelRanker(
            unit.scorer(),
            corpus.histories(),
            unit.model().sequenceLength(),
            SideFeatures.of(corpus, split, unit.model()));
    double loss = 0;
    for (int q = 0; q < held.positives(); q++) {
      loss += loss(ranker.score(held.requests(q, q + 1))[0]);
    }
    return loss / held.positives();
  }

  /** log(p_i n), p_i being the item's share of training events and 1/n that of negatives. */
  private double popularity() {
    int n = corpus.catalog().size();
    double[] count = new double[n + 1];
    Arrays.fill(count, 1);
    double events = n;
    for (int user = 0; user < corpus.histories().users(); user++) {
      for (int p = 0; p < split.trainEnd(user); p++) {
        count[corpus.histories().item(corpus.histories().start(user) + p)]++;
        events++;
      }
    }
    double loss = 0;
    for (int q = 0; q < held.positives(); q++) {
      int[] candidates = held.candidates(q);
      float[] scores = new float[candidates.length];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = (float) Math.log(count[candidates[i]] / events * n);
      }
      loss += loss(scores);
    }
    return loss / held.positives();
  }

  /** L_next of one target: the positive comes first. */
  private static double loss(float[] logits) {
    double negatives = 0;
    for (int i = 1; i < logits.length; i++) {
      negatives += softplus(logits[i]);
    }
    return softplus(-logits[0]) + negatives / (logits.length - 1);
  }

  private static double softplus(double z) {
    return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
  }
}
