package seminar.search;

import java.util.Arrays;
import seminar.compute.Attended;
import seminar.compute.Choice;
import seminar.compute.Matrix;
import seminar.model.AttentionOptions;
import seminar.model.ModelOptions;
import seminar.model.TargetAttention;

/**
 * Target attention whose own scores choose its K events: GSU and ESU of SEMINAR and of TWIN (paper
 * §3.3.2; our GSU-2 and ESU-1). In training codes of the keys may choose in their place ({@link
 * StaleKeys}).
 */
final class FullAttention implements Interest {
  private final TargetAttention attention;
  private final int sequenceLength;
  private final boolean padded;
  private final int topK;
  private final int latest;

  FullAttention(TargetAttention attention, ModelOptions options) {
    this.attention = attention;
    sequenceLength = options.sequenceLength();
    padded = isPadded(options);
    topK = options.topK();
    latest = Math.min(options.attention().latest(), topK);
  }

  /** Whether the batch must bring a pad as its last event. */
  static boolean isPadded(ModelOptions options) {
    return options.attention().padding() == AttentionOptions.Padding.RELEASED;
  }

  @Override
  public Attended forward(EncodedBatch encoded, Matrix u) {
    if (encoded.choosing().isPresent()) {
      return attention.forwardChosenBy(
          encoded.choosing().get(), encoded.pairs(), encoded.candidates(), encoded.groups(), u);
    }
    TargetAttention.Beside beside = TargetAttention.Beside.NOTHING;
    if (padded) {
      beside = beside.padded(encoded.batch().items().length - 1, sequenceLength);
    }
    TargetAttention.Pass pass = encoded.learning() ? attention::forward : attention::score;
    return pass.attend(encoded.pairs(), encoded.candidates(), encoded.groups(), beside, u);
  }

  @Override
  public Attended over(Choice choice, EncodedBatch encoded, Matrix u) {
    return attention.scoreOfHeads(
        encoded.pairs(), encoded.candidates(), encoded.groups(), choice, u);
  }

  @Override
  public Matrix headQueries(Matrix candidates) {
    return attention.headQueries(candidates);
  }

  @Override
  public ChoiceRule rule() {
    Matrix recency = attention.recency();
    float[][] bias = new float[recency.rows()][];
    Arrays.setAll(bias, head -> recency.rows(head, head + 1).toArray());
    return new ChoiceRule(topK, latest, bias);
  }

  @Override
  public void fix() {
    attention.fix();
  }

  @Override
  public void backward(Matrix du, EncodedBatch.Gradient gradient) {
    attention.backward(du, gradient.keys().getFirst(), gradient.candidates().getFirst());
  }
}
