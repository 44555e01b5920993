package seminar.experiment;

import java.util.Arrays;
import seminar.data.Histories;
import seminar.search.Scorer;
import seminar.train.BatchMaker;

/** Ranks by the click logits of a model. */
public final class ModelRanker implements Ranker {
  private final Scorer scorer;
  private final Histories histories;
  private final int sequenceLength;

  /**
   * For the lives on which positions count.
   *
   * @param sequenceLength the latest events of a life that a question may see
   */
  public ModelRanker(Scorer scorer, Histories histories, int sequenceLength) {
    this.scorer = scorer;
    this.histories = histories;
    this.sequenceLength = sequenceLength;
  }

  @Override
  public float[][] score(Questions questions) {
    BatchMaker maker = new BatchMaker(histories, sequenceLength);
    for (int q = 0; q < questions.size(); q++) {
      maker.add(
          questions.users()[q],
          new int[] {questions.positions()[q]},
          new int[][] {questions.candidates()[q]});
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
