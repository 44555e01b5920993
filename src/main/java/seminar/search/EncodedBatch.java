package seminar.search;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import seminar.compute.Groups;
import seminar.compute.Matrix;
import seminar.model.Batch;

/**
 * A batch as vectors.
 *
 * <p>Shapes: E events, C candidates, F fields, d dims.
 *
 * @param batch the ids
 * @param keyFields fused events of each field [E, d]; the first field is the whole pair
 * @param candidateFields fused candidates of each field [C, d]
 * @param choosing keys that choose a head's events in place of the whole pairs [E, d]; empty where
 *     these do
 * @param parts items and queries apart, for searches that ask for one of them; no gradient goes
 *     there
 * @param learning whether a backward pass follows
 * @param seed seed of what is drawn anew in each step; the same in every evaluation
 */
record EncodedBatch(
    Batch batch,
    List<Matrix> keyFields,
    List<Matrix> candidateFields,
    Optional<Matrix> choosing,
    Parts parts,
    boolean learning,
    long seed) {

  /**
   * Fused items and queries apart, for who asks.
   *
   * @param eventItems writes the items of the events [E, d]
   * @param eventQueries writes the queries of the events [E, d], zeros for none
   * @param candidates writes the items of the candidates [C, d], and their queries [C, d], zeros
   *     for none
   */
  record Parts(
      Consumer<Matrix> eventItems,
      Consumer<Matrix> eventQueries,
      BiConsumer<Matrix, Matrix> candidates) {}

  /**
   * Where gradients are added.
   *
   * @param keys those of the events of each field [E, d]
   * @param candidates those of the candidates of each field [C, d]
   */
  record Gradient(List<Matrix> keys, List<Matrix> candidates) {}

  /** Events are chosen by the whole pairs. */
  EncodedBatch(
      Batch batch,
      List<Matrix> keyFields,
      List<Matrix> candidateFields,
      Parts parts,
      boolean learning,
      long seed) {
    this(batch, keyFields, candidateFields, Optional.empty(), parts, learning, seed);
  }

  /** The same, in which heads choose by other keys [E, d]. */
  EncodedBatch chosenBy(Matrix keys) {
    return new EncodedBatch(
        batch, keyFields, candidateFields, Optional.of(keys), parts, learning, seed);
  }

  /** The whole pairs of the events [E, d]. */
  Matrix pairs() {
    return keyFields.getFirst();
  }

  /** The whole pairs of the candidates [C, d]. */
  Matrix candidates() {
    return candidateFields.getFirst();
  }

  /** Which events each candidate sees. */
  Groups groups() {
    return batch.groups();
  }

  /** C. */
  int count() {
    return batch.candidateItems().length;
  }
}
