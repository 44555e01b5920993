package seminar.search;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import seminar.compute.Matrix;
import seminar.compute.Targets;
import seminar.model.Batch;

/**
 * The moments of a batch as vectors.
 *
 * <p>Shapes: E events, C candidates, F fields, d dims.
 *
 * @param batch the ids
 * @param keys fused events of each field [E, d]; the first field is the whole pair
 * @param candidates fused candidates of each field [C, d]
 * @param parts items and queries apart, for searches that ask for one of them; no gradient goes
 *     there
 * @param learning whether a backward pass follows
 * @param seed seed of what is drawn anew in each step; the same in every evaluation
 */
record Moments(
    Batch batch,
    List<Matrix> keys,
    List<Matrix> candidates,
    Parts parts,
    boolean learning,
    long seed) {

  /**
   * Fused items and queries apart, for who asks.
   *
   * @param eventItems writes the items of the events [E, d]
   * @param candidates writes the items of the candidates [C, d], and their queries [C, d], zeros
   *     for none
   */
  record Parts(Consumer<Matrix> eventItems, BiConsumer<Matrix, Matrix> candidates) {}

  /**
   * Where gradients are added.
   *
   * @param keys those of the events of each field [E, d]
   * @param candidates those of the candidates of each field [C, d]
   */
  record Gradient(List<Matrix> keys, List<Matrix> candidates) {}

  /** The whole pairs of the events [E, d]. */
  Matrix pairs() {
    return keys.getFirst();
  }

  /** The whole pairs of the candidates [C, d]. */
  Matrix targets() {
    return candidates.getFirst();
  }

  /** Which events each candidate sees. */
  Targets groups() {
    return batch.targets();
  }

  /** C. */
  int count() {
    return batch.candidateItems().length;
  }
}
