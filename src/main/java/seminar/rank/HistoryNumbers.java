package seminar.rank;

import java.util.Arrays;
import java.util.function.ToDoubleBiFunction;
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
    return values(task, (user, position) -> position);
  }

  /**
   * How often the item to be found is a target of training: at 0 its id learned nothing from being
   * predicted.
   *
   * @param split the one that the task was made of
   */
  public static UserValues timesLearned(RankingTask task, Corpus corpus, Split split) {
    Histories histories = corpus.histories();
    int[] times = timesLearned(corpus, split);
    return values(
        task, (user, position) -> times[histories.item(histories.start(user) + position)]);
  }

  /**
   * The share of the events before the target whose items are no training target of anybody, so
   * that their id learned nothing from being predicted (paper §1); 0 where nothing lies before.
   *
   * @param split the one that the task was made of
   */
  public static UserValues coldShares(RankingTask task, Corpus corpus, Split split) {
    Histories histories = corpus.histories();
    int[] times = timesLearned(corpus, split);
    return values(
        task,
        (user, position) -> {
          long start = histories.start(user);
          int cold = 0;
          for (int p = 0; p < position; p++) {
            cold += times[histories.item(start + p)] == 0 ? 1 : 0;
          }
          return (double) cold / Math.max(1, position);
        });
  }

  /** How often each item is a target of training; items count from 1. */
  private static int[] timesLearned(Corpus corpus, Split split) {
    Histories histories = corpus.histories();
    int[] times = new int[corpus.catalog().size() + 1];
    for (int user = 0; user < histories.users(); user++) {
      for (int p = split.trainStart(user); p < split.trainEnd(user); p++) {
        times[histories.item(histories.start(user) + p)]++;
      }
    }
    return times;
  }

  /** A number of each target, by its user and position. */
  private static UserValues values(RankingTask task, ToDoubleBiFunction<Integer, Integer> number) {
    Split.Targets targets = task.targets();
    double[] values = new double[targets.size()];
    Arrays.setAll(values, i -> number.applyAsDouble(targets.users()[i], targets.positions()[i]));
    return UserValues.of(targets.users(), values);
  }
}
