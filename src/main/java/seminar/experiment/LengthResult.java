package seminar.experiment;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import seminar.measure.PairedBootstrap;
import seminar.train.TrainListener.Epoch;

/**
 * Quality against length: NDCG@10 of methods that see the latest L events, beside the best possible
 * by one who remembers as many.
 *
 * @param reference the length to which others are compared
 * @param age which event matters for a request, in words
 * @param bounds lines that nothing was trained for: popularity, and the oracles
 * @param points one for each method, K and L
 */
public record LengthResult(int reference, String age, List<Bound> bounds, List<Point> points) {
  /** The name of the oracle that sees the true state. */
  public static final String BEST = "best possible";

  /** Before the events that an oracle remembers. */
  public static final String BEST_WITH = "best possible with ";

  /**
   * A mean of NDCG@10 with its 95 % interval, users and seeds drawn anew.
   *
   * @param mean over users and seeds
   * @param low lower end
   * @param high upper end
   * @param users how many
   */
  public record Level(double mean, double low, double high, int users) {}

  /**
   * Some of the requests.
   *
   * @param label which
   * @param requests how many
   * @param ndcg10 of these
   * @param lessReference Δ to the same method at the reference length
   */
  public record Group(
      String label, int requests, Level ndcg10, Optional<PairedBootstrap> lessReference) {}

  /**
   * A ranking that nothing was trained for.
   *
   * @param name popularity, or an oracle
   * @param ndcg10 level
   * @param byAge by the age of the event that matters
   * @param byLength by the length of the history
   * @param lessReference Δ of an oracle to the one that remembers the reference length
   */
  public record Bound(
      String name,
      Level ndcg10,
      List<Group> byAge,
      List<Group> byLength,
      Optional<PairedBootstrap> lessReference) {}

  /**
   * A method at one length.
   *
   * @param curve method and K
   * @param method the method
   * @param topK K, or L for all
   * @param length L
   * @param missing why it has no run; what follows is then empty
   * @param seeds seeds of its runs
   * @param ndcg10OfEachSeed means over users
   * @param ndcg10 level
   * @param lessReference Δ to the same curve at the reference length
   * @param shareOfBest share of the way from the reference length to the best possible
   * @param shareOfOracle the gain over the reference as a share of that of the oracle that
   *     remembers as many events
   * @param allItems level among all items
   * @param allItemsUsers requests ranked among all items
   * @param byAge by the age of the event that matters
   * @param byLength by the length of the history
   * @param budget what it cost
   */
  public record Point(
      String curve,
      LengthMethod method,
      String topK,
      int length,
      Optional<String> missing,
      List<Long> seeds,
      List<Double> ndcg10OfEachSeed,
      Optional<Level> ndcg10,
      Optional<PairedBootstrap> lessReference,
      OptionalDouble shareOfBest,
      OptionalDouble shareOfOracle,
      Optional<Level> allItems,
      int allItemsUsers,
      List<Group> byAge,
      List<Group> byLength,
      Optional<Budget> budget) {}

  /**
   * What training and a request cost, means over seeds where not said otherwise.
   *
   * @param epochs epochs of each seed
   * @param bestEpochs the epoch of each seed whose parameters were kept
   * @param plateau whether every seed stopped because patience ended, before the last epoch
   * @param steps steps of training
   * @param pretrainingSeconds all epochs of pretraining
   * @param trainingSeconds all epochs of training with their validation
   * @param secondsOfEpoch of training
   * @param millisecondsOfRequest a request with its candidates, items encoded before; missing where
   *     the model was trained for another part
   * @param validation NDCG@10 of validation after each epoch, of each seed
   */
  public record Budget(
      List<Integer> epochs,
      List<Integer> bestEpochs,
      boolean plateau,
      double steps,
      double pretrainingSeconds,
      double trainingSeconds,
      double secondsOfEpoch,
      OptionalDouble millisecondsOfRequest,
      List<List<Double>> validation) {
    /** Of the runs of a cell. */
    static Budget of(List<Run> runs, List<LengthMeasure> measures, int users) {
      return new Budget(
          runs.stream().map(run -> run.epochs().size()).toList(),
          runs.stream().map(Budget::best).toList(),
          runs.stream().allMatch(run -> run.epochs().size() < run.setup().training().epochs()),
          runs.stream().mapToDouble(run -> steps(run, users)).average().orElse(0),
          runs.stream().mapToDouble(run -> run.seconds().pretraining()).average().orElse(0),
          runs.stream().mapToDouble(run -> run.seconds().training()).average().orElse(0),
          runs.stream()
              .mapToDouble(run -> run.seconds().training() / Math.max(1, run.epochs().size()))
              .average()
              .orElse(0),
          measures.stream().mapToDouble(LengthMeasure::milliseconds).average(),
          runs.stream().map(run -> run.epochs().stream().map(Epoch::validation).toList()).toList());
    }

    private static int best(Run run) {
      List<Epoch> epochs = run.epochs();
      return IntStream.range(0, epochs.size())
          .filter(i -> epochs.get(i).best())
          .reduce(0, (first, last) -> epochs.get(last).epoch());
    }

    private static double steps(Run run, int users) {
      return run.epochs().size()
          * Math.ceil(users / (double) run.setup().training().usersPerBatch());
    }
  }

  /** The curves that have a point with a result, in order. */
  public List<String> curves() {
    return points.stream().filter(p -> p.ndcg10.isPresent()).map(Point::curve).distinct().toList();
  }

  /** The points of a curve that have a result, by rising length. */
  public List<Point> of(String curve) {
    return points.stream()
        .filter(point -> point.curve.equals(curve) && point.ndcg10.isPresent())
        .sorted((a, b) -> Integer.compare(a.length, b.length))
        .toList();
  }

  /** A line by its name. */
  public Optional<Bound> bound(String name) {
    return bounds.stream().filter(bound -> bound.name.equals(name)).findFirst();
  }
}
