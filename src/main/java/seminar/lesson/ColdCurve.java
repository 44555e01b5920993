package seminar.lesson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import seminar.data.Corpus;
import seminar.experiment.Comparison;
import seminar.experiment.RankingExperiment;
import seminar.measure.Buckets;
import seminar.measure.RankingMeasure;
import seminar.measure.UserValues;
import seminar.rank.HistoryNumbers;

/**
 * How well an item is found by how often its id was a target of training: the insufficient learning
 * of ids that the paper starts from (§1), with and without pretraining.
 *
 * @param places names of the buckets, rising
 * @param users how many test requests each has
 * @param lines one for each model
 */
public record ColdCurve(List<String> places, List<Integer> users, List<Line> lines) {
  private static final Buckets BUCKETS = Buckets.at(1, 2, 4, 8, 16);
  private static final RankingMeasure NDCG = RankingMeasure.ndcg(10);

  /**
   * A model.
   *
   * @param name the model
   * @param mean NDCG@10 in each bucket that has two users or more, over users and seeds
   * @param halfWidth of its 95 % interval over users
   */
  public record Line(String name, List<Double> mean, List<Double> halfWidth) {}

  /**
   * Groups runs under one protocol.
   *
   * @param experiment the one in which they were made
   */
  public static ColdCurve of(
      RankingExperiment experiment, Corpus corpus, List<Comparison.Line> lines) {
    UserValues times = HistoryNumbers.timesLearned(experiment.test(), corpus, experiment.split());
    int[] counts = new int[BUCKETS.size()];
    Arrays.stream(times.values()).forEach(value -> counts[BUCKETS.of(value)]++);
    List<String> places = new ArrayList<>();
    List<Integer> users = new ArrayList<>();
    for (int bucket = 0; bucket < counts.length; bucket++) {
      if (counts[bucket] >= 2) {
        places.add(place(bucket));
        users.add(counts[bucket]);
      }
    }
    return new ColdCurve(
        places,
        users,
        lines.stream().filter(l -> !l.runs().isEmpty()).map(l -> line(l, times)).toList());
  }

  private static Line line(Comparison.Line line, UserValues times) {
    List<UserValues> seeds = line.runs().stream().map(run -> run.values(NDCG)).toList();
    List<Double> mean = new ArrayList<>();
    List<Double> halfWidth = new ArrayList<>();
    for (Buckets.Row row : BUCKETS.summary(times, UserValues.mean(seeds))) {
      if (row.users() >= 2) {
        mean.add(row.mean().orElseThrow());
        halfWidth.add(row.halfWidth().orElseThrow());
      }
    }
    return new Line(line.name(), mean, halfWidth);
  }

  private static String place(int bucket) {
    int from = bucket == 0 ? 0 : (int) (double) BUCKETS.bounds().get(bucket - 1);
    if (bucket == BUCKETS.size() - 1) {
      return from + "+";
    }
    int to = (int) (double) BUCKETS.bounds().get(bucket) - 1;
    return from == to ? Integer.toString(from) : from + "–" + to;
  }
}
