package seminar.experiment;

import java.util.Arrays;
import seminar.data.Histories;
import seminar.search.SeminarModel;
import seminar.train.BatchMaker;

/** Ranks by the click logits of a model. */
public final class ModelRanker implements Ranker {
  private final SeminarModel model;
  private final Histories histories;

  /** For the lives on which the model's positions count. */
  public ModelRanker(SeminarModel model, Histories histories) {
    this.model = model;
    this.histories = histories;
  }

  @Override
  public float[][] score(Questions questions) {
    BatchMaker maker = new BatchMaker(histories, model.options().sequenceLength());
    for (int q = 0; q < questions.size(); q++) {
      maker.add(
          questions.users()[q],
          new int[] {questions.positions()[q]},
          new int[][] {questions.candidates()[q]});
    }
    float[] flat = model.score(maker.take());
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
