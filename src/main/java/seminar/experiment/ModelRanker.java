package seminar.experiment;

import java.util.Arrays;
import java.util.Optional;
import seminar.data.Histories;
import seminar.rank.Ranker;
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
   * For the lives on which positions count.
   *
   * @param sequenceLength the latest events of a life that a question may see
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
  public float[][] score(Questions questions) {
    BatchMaker maker = new BatchMaker(histories, sequenceLength, side);
    for (int q = 0; q < questions.size(); q++) {
      maker.add(
          questions.users()[q],
          new int[] {questions.positions()[q]},
          new int[][] {questions.candidates()[q]},
          new int[][] {questions.queries()[q]});
    }
    float[] flat = scorer.score(maker.take());
    float[][] scores = new float[questions.size()][];
    int at = 0;
    for (int q = 0; q < scores.length; q++) {
      int length = questions.candidates()[q].length;
      scores[q] = Arrays.copyOfRange(flat, at, at + length);
      at += length;
    }
    return scores;
  }
}
