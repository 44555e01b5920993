package seminar.lesson;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.math.Checks;
import seminar.math.Stopwatch;
import seminar.math.Workers;
import seminar.model.ModelOptions;
import seminar.options.OptionPaths;
import seminar.rank.RankingTask;
import seminar.search.InterestModel;
import seminar.world.World;
import seminar.world.WorldOptions;

/**
 * What a longer history costs: the time in which a user's candidates are ranked by both stages,
 * measured, and the multiplications that {@link StageCost} counts.
 *
 * <p>The prediction is the count at the rate that was reached at the longest length: where the
 * measured time lies above it, something else than multiplications takes the time.
 *
 * @param points one for each length, rising
 * @param candidates of each user
 * @param threads that worked
 */
public record LengthCost(List<Point> points, int candidates, int threads) {
  private static final int FEW = 8;
  private static final int MANY = 72;
  private static final int LONGEST = 16_384;

  /**
   * One length.
   *
   * @param length L, events of the history
   * @param microseconds for one user with all candidates, the median of the rounds
   * @param multiplications of both stages for them
   * @param predicted microseconds for so many multiplications at the rate of the longest length
   */
  public record Point(int length, double microseconds, long multiplications, double predicted) {}

  /**
   * Measures an untrained model on planted histories that are all as long as the longest length.
   *
   * @param lengths L, rising
   * @param rounds how often each is measured
   * @throws IllegalArgumentException if there is no length, or one is longer than {@value #LONGEST}
   */
  public static LengthCost measure(
      List<Integer> lengths, int rounds, Workers workers, Progress progress) throws IOException {
    Checks.atLeast(1, "number of lengths", lengths.size());
    Checks.atLeast(1, "rounds", rounds);
    for (int i = 1; i < lengths.size(); i++) {
      Checks.atLeast(
          lengths.get(i - 1) + 1, "length L after " + lengths.get(i - 1), lengths.get(i));
    }
    int longest = lengths.getLast();
    Checks.within(1, LONGEST, "longest length L", longest);
    World world = World.of(histories(longest + 2));
    Features features = Features.of(world);
    RankingExperiment experiment = new RankingExperiment(world.corpus(), features, workers, 1);
    double[] micros = new double[lengths.size()];
    long[] multiplications = new long[lengths.size()];
    for (int i = 0; i < micros.length; i++) {
      progress.at("L = " + lengths.get(i), i, micros.length);
      Setup setup = OptionPaths.set(Setup.laptop(1), "model.sequenceLength", lengths.get(i));
      micros[i] = micros(experiment, setup, rounds);
      ModelOptions model = setup.model();
      multiplications[i] =
          (RankingTask.NEGATIVES + 1) * StageCost.of(model, lengths.get(i)).total();
    }
    double rate = micros[micros.length - 1] / multiplications[micros.length - 1];
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < micros.length; i++) {
      points.add(
          new Point(lengths.get(i), micros[i], multiplications[i], rate * multiplications[i]));
    }
    return new LengthCost(points, RankingTask.NEGATIVES + 1, workers.threads());
  }

  private static WorldOptions histories(int length) {
    WorldOptions.Behaviour usual = WorldOptions.quick().behaviour();
    return WorldOptions.quick()
        .withUsers(MANY)
        .withItems(
            Math.max(WorldOptions.quick().items(), 2 * length + 2), WorldOptions.quick().intents())
        .withBehaviour(
            usual.with(all -> all.minLength(length).meanLength(length).maxLength(length)));
  }

  /** What many users take more than few, so that the catalogue, encoded once, does not count. */
  private static double micros(RankingExperiment experiment, Setup setup, int rounds) {
    InterestModel model = experiment.fresh(setup);
    double[] each = new double[rounds];
    for (int round = -1; round < rounds; round++) {
      double few = seconds(experiment, model, FEW);
      double many = seconds(experiment, model, MANY);
      if (round >= 0) {
        each[round] = 1e6 * (many - few) / (MANY - FEW);
      }
    }
    Arrays.sort(each);
    return each[rounds / 2];
  }

  private static double seconds(RankingExperiment experiment, InterestModel model, int users) {
    RankingTask task = experiment.test().first(users);
    Stopwatch start = Stopwatch.started();
    task.rank(experiment.ranker(model), Progress.silent());
    return start.seconds();
  }
}
