package seminar.rank;

import java.util.BitSet;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Split;
import seminar.measure.Buckets;
import seminar.measure.UserValues;

/**
 * Numbers of the users of a task by which results can be grouped ({@link Buckets}); a user with
 * several targets has their mean.
 */
public final class HistoryNumbers {
  private HistoryNumbers() {}

  /** How many events lie before the target. */
  public static UserValues lengths(RankingTask task) {
    Split.Targets targets = task.targets();
    double[] lengths = new double[targets.size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = targets.positions()[i];
    }
    return UserValues.of(targets.users(), lengths);
  }

  /**
   * How often the item to be found is a target of training: at 0 its id learned nothing from being
   * predicted.
   *
   * @param split the one that the task was made of
   */
  public static UserValues timesLearned(RankingTask task, Corpus corpus, Split split) {
    Histories histories = corpus.histories();
    int[] times = new int[corpus.catalog().size() + 1]; // items count from 1
    for (int user = 0; user < histories.users(); user++) {
      for (int p = split.trainStart(user); p < split.trainEnd(user); p++) {
        times[histories.item(histories.start(user) + p)]++;
      }
    }
    Split.Targets targets = task.targets();
    double[] counts = new double[targets.size()];
    for (int i = 0; i < counts.length; i++) {
      long start = histories.start(targets.users()[i]);
      counts[i] = times[histories.item(start + targets.positions()[i])];
    }
    return UserValues.of(targets.users(), counts);
  }

  /**
   * The share of the events before the target whose items are no training target of anybody, so
   * that their id learned nothing from being predicted (paper §1); 0 where nothing lies before.
   *
   * @param split the one that the task was made of
   */
  public static UserValues coldShares(RankingTask task, Corpus corpus, Split split) {
    Histories histories = corpus.histories();
    BitSet known = new BitSet();
    for (int user = 0; user < histories.users(); user++) {
      for (int p = split.trainStart(user); p < split.trainEnd(user); p++) {
        known.set(histories.item(histories.start(user) + p));
      }
    }
    Split.Targets targets = task.targets();
    double[] shares = new double[targets.size()];
    for (int i = 0; i < shares.length; i++) {
      long start = histories.start(targets.users()[i]);
      int cold = 0;
      for (int p = 0; p < targets.positions()[i]; p++) {
        cold += known.get(histories.item(start + p)) ? 0 : 1;
      }
      shares[i] = (double) cold / Math.max(1, targets.positions()[i]);
    }
    return UserValues.of(targets.users(), shares);
  }
}
