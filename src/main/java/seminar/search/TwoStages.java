package seminar.search;

import seminar.compute.Attended;
import seminar.compute.Choice;
import seminar.compute.Matrix;
import seminar.model.TargetAttention;

/**
 * A search that chooses K events, and target attention over these: SIM, ETA, QIN and the control
 * that takes the latest ones.
 */
final class TwoStages implements Interest {
  private final EventSearch search;
  private final TargetAttention attention;

  TwoStages(EventSearch search, TargetAttention attention) {
    this.search = search;
    this.attention = attention;
  }

  @Override
  public Attended forward(EncodedBatch encoded, Matrix u) {
    Matrix keys = encoded.pairs();
    Matrix t = encoded.candidates();
    Choice choice = search.choose(encoded);
    return encoded.learning()
        ? attention.forward(keys, t, encoded.groups(), choice, u)
        : attention.score(keys, t, encoded.groups(), choice, u);
  }

  @Override
  public void backward(Matrix du, EncodedBatch.Gradient gradient) {
    attention.backward(du, gradient.keys().getFirst(), gradient.candidates().getFirst());
  }

  @Override
  public double auxiliary(float[] labels, EncodedBatch.Gradient gradient) {
    return search.auxiliary(labels, gradient);
  }
}
