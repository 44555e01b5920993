package seminar.search;

import java.util.Optional;
import seminar.compute.Choice;
import seminar.model.Batch;

/** Scores batches of a model that does not change meanwhile, and says why. */
@FunctionalInterface
public interface Explainer {
  /**
   * Click logits of all candidates of a batch, and which events led to them.
   *
   * @param choice at most K events for each candidate and head, oldest first; empty for those that
   *     the model chooses itself
   */
  InterestModel.Explanation explain(Batch batch, Optional<Choice> choice);
}
