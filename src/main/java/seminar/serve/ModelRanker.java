package seminar.serve;

import java.util.Arrays;
import java.util.Optional;
import seminar.data.Histories;
import seminar.math.Checks;
import seminar.model.Batch;
import seminar.rank.Ranker;
import seminar.search.InterestModel;
import seminar.search.Scorer;
import seminar.train.BatchMaker;
import seminar.train.SideFeatures;

/** Ranks by the click logits of a model. */
public final class ModelRanker implements Ranker {
  private final Scorer scorer;
  private final Histories histories;
  private final int sequenceLength;
  private final Optional<SideFeatures> side;

  /**
   * For the histories on which positions count.
   *
   * @param sequenceLength the latest events of a history that a request may see
   * @param side features of each candidate, if the model reads any
   */
  public ModelRanker(
      Scorer scorer, Histories histories, int sequenceLength, Optional<SideFeatures> side) {
    this.side = side;
    this.scorer = scorer;
    this.histories = histories;
    this.sequenceLength = sequenceLength;
  }

  @Override
  public float[][] score(Requests requests) {
    BatchMaker maker = new BatchMaker(histories, sequenceLength, side);
    for (int q = 0; q < requests.size(); q++) {
      add(maker, requests, q);
    }
    float[] flat = scorer.score(maker.take());
    float[][] scores = new float[requests.size()][];
    int at = 0;
    for (int q = 0; q < scores.length; q++) {
      int length = requests.candidates()[q].length;
      scores[q] = Arrays.copyOfRange(flat, at, at + length);
      at += length;
    }
    return scores;
  }

  private static void add(BatchMaker maker, Requests requests, int q) {
    maker.add(
        requests.users()[q],
        new int[] {requests.positions()[q]},
        new int[][] {requests.candidates()[q]},
        new int[][] {requests.queries()[q]});
  }

  /**
   * One of some requests as a batch, to be explained.
   *
   * @throws IllegalArgumentException if the model reads side features, which are not made here
   */
  public static Batch batch(InterestModel model, Histories histories, Requests requests, int q) {
    Checks.within(0, 0, "number of side features", model.options().head().sideFeatures());
    BatchMaker maker = new BatchMaker(histories, model.options().sequenceLength());
    add(maker, requests, q);
    return maker.take();
  }
}
