package seminar.search;

import seminar.model.Batch;

/** Scores batches of a model that does not change meanwhile. */
@FunctionalInterface
public interface Scorer {
  /** Click logits of all candidates of a batch [C]. */
  float[] score(Batch batch);
}
