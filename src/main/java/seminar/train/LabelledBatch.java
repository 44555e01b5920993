package seminar.train;

import java.util.Arrays;
import java.util.Optional;
import seminar.math.Checks;
import seminar.model.Batch;

/**
 * A batch with the answers.
 *
 * @param batch what the model sees
 * @param labels 1 for a positive, 0 for a negative [C]
 * @param seed seed of the random numbers that a model draws for this step, different for every
 *     epoch and batch: {@code Rng.stream("relevance", seed)}
 * @param nextItems which item came next after its events, if that is learned
 * @param weights what each candidate counts in the loss of clicks [C]
 */
public record LabelledBatch(
    Batch batch, float[] labels, long seed, Optional<NextItems> nextItems, float[] weights) {
  /** Checks that every candidate has a label and a weight. */
  public LabelledBatch {
    Checks.sameLength("labels", labels.length, "candidates", batch.candidateItems().length);
    Checks.sameLength("weights", weights.length, "candidates", batch.candidateItems().length);
  }

  /** A batch from which only its candidates are learned, all of which count alike, 1 / C. */
  public LabelledBatch(Batch batch, float[] labels, long seed) {
    this(batch, labels, seed, Optional.empty(), alike(labels.length));
  }

  private static float[] alike(int count) {
    float[] weights = new float[count];
    Arrays.fill(weights, 1f / count);
    return weights;
  }
}
