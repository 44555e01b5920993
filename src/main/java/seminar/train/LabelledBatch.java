package seminar.train;

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
 */
public record LabelledBatch(Batch batch, float[] labels, long seed, Optional<NextItems> nextItems) {
  /** Checks that every candidate has a label. */
  public LabelledBatch {
    Checks.sameLength("labels", labels.length, "candidates", batch.candidateItems().length);
  }

  /** A batch from which only its candidates are learned. */
  public LabelledBatch(Batch batch, float[] labels, long seed) {
    this(batch, labels, seed, Optional.empty());
  }
}
