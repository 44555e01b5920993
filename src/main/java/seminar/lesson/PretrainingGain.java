package seminar.lesson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Split;
import seminar.experiment.Pretrained;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Setup;
import seminar.experiment.Trained;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.math.Workers;
import seminar.measure.MeanInterval;
import seminar.measure.RankingMeasure;
import seminar.train.TrainListener;

/**
 * What pretraining adds to NDCG@10 for users whose histories hold many cold items, those that no
 * training target ever was, and for the other half (paper §1, insufficient learning).
 *
 * @param setup how models are made, but for the seed
 * @param seeds one result for each seed
 */
public record PretrainingGain(Setup setup, List<Seed> seeds) {
  /** Copies the results. */
  public PretrainingGain {
    seeds = List.copyOf(seeds);
  }

  /**
   * One pair of models.
   *
   * @param seed of parameters, batches and negatives of training; the test is the same for all
   * @param without NDCG@10 of all users, trained from nothing
   * @param with NDCG@10 of all users, trained from the search unit
   * @param cold mean gain of the users with at least the median share of cold events
   * @param others mean gain of the others
   */
  public record Seed(long seed, double without, double with, double cold, double others) {}

  /** The gain of users with many cold items, over the seeds. */
  public MeanInterval cold() {
    return MeanInterval.of(seeds.stream().mapToDouble(Seed::cold).toArray());
  }

  /** The gain of the other users, over the seeds. */
  public MeanInterval others() {
    return MeanInterval.of(seeds.stream().mapToDouble(Seed::others).toArray());
  }

  /** Trains with and without pretraining for each seed. */
  public static PretrainingGain run(
      Corpus corpus,
      Features features,
      Workers workers,
      Setup setup,
      long[] seeds,
      Progress progress) {
    RankingExperiment experiment =
        new RankingExperiment(corpus, features, workers, setup.protocol(), 1);
    boolean[] cold = coldUsers(corpus, experiment.split());
    List<Seed> results = new ArrayList<>();
    for (long seed : seeds) {
      progress.at("seed " + seed, results.size(), seeds.length);
      Setup seeded =
          setup
              .withPretraining(setup.pretraining().withSeed(seed))
              .withTraining(setup.training().withSeed(seed));
      TrainListener silent = TrainListener.silent();
      Pretrained unit = experiment.pretrain(seeded, silent);
      Trained without = experiment.train("from nothing", seeded, Optional.empty(), silent);
      Trained with = experiment.train("from the unit", seeded, Optional.of(unit), silent);
      RankingMeasure ndcg = RankingMeasure.ndcg(10);
      double[] gain = with.rank().perUser(ndcg);
      double[] before = without.rank().perUser(ndcg);
      Arrays.setAll(gain, user -> gain[user] - before[user]);
      results.add(
          new Seed(
              seed,
              without.ndcg(10),
              with.ndcg(10),
              mean(gain, cold, true),
              mean(gain, cold, false)));
    }
    progress.at("compared", seeds.length, seeds.length);
    return new PretrainingGain(setup, results);
  }

  /** For each user with a test target, whether the share of cold events is the median or more. */
  private static boolean[] coldUsers(Corpus corpus, Split split) {
    Histories histories = corpus.histories();
    BitSet targets = new BitSet(corpus.catalog().size() + 1);
    for (int user = 0; user < histories.users(); user++) {
      for (int p = split.trainStart(user); p < split.trainEnd(user); p++) {
        targets.set(histories.item(histories.start(user) + p));
      }
    }
    int[] users = split.testUsers();
    double[] share = new double[users.length];
    for (int i = 0; i < users.length; i++) {
      int seen = split.testPosition(users[i]);
      for (int p = 0; p < seen; p++) {
        boolean learned = targets.get(histories.item(histories.start(users[i]) + p));
        share[i] += learned ? 0 : 1.0 / seen;
      }
    }
    double[] sorted = share.clone();
    Arrays.sort(sorted);
    if (sorted[sorted.length / 2] == sorted[0]) {
      throw new IllegalArgumentException(
          "half of the histories have the same share %.2f of cold events, so there are no two groups: train"
                  .formatted(sorted[0])
              + " on recent targets alone (Protocol.Targets.RECENT)");
    }
    boolean[] cold = new boolean[users.length];
    for (int i = 0; i < cold.length; i++) {
      cold[i] = share[i] >= sorted[sorted.length / 2];
    }
    return cold;
  }

  private static double mean(double[] gain, boolean[] cold, boolean of) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < gain.length; i++) {
      if (cold[i] == of) {
        sum += gain[i];
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }
}
