package seminar.search;

import seminar.compute.Attended;
import seminar.compute.Matrix;
import seminar.model.StackedAttention;

/** STCA: all events, again and again, and no choice ({@link StackedAttention}). */
final class StackedInterest implements Interest {
  private final StackedAttention attention;
  private final int heads;

  /**
   * An interest.
   *
   * @param heads H
   */
  StackedInterest(StackedAttention attention, int heads) {
    this.attention = attention;
    this.heads = heads;
  }

  /** Says nothing of events: their weights are computed where they are asked for. */
  @Override
  public Attended forward(EncodedBatch encoded, Matrix u) {
    attention.forward(
        encoded.pairs(), encoded.candidates(), encoded.groups(), encoded.learning(), u);
    return new Attended(heads, 0, new int[u.rows() * heads], new int[0], new float[0], u);
  }

  /** The weights of the last layer, for all events. */
  @Override
  public Attended explained(EncodedBatch encoded, Matrix u) {
    forward(encoded, u);
    return attention.weights();
  }

  @Override
  public void backward(Matrix du, EncodedBatch.Gradient gradient) {
    attention.backward(du, gradient.keys().getFirst(), gradient.candidates().getFirst());
  }
}
