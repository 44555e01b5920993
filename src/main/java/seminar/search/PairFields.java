package seminar.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.data.Corpus;
import seminar.model.Batch;
import seminar.model.CatalogVectors;
import seminar.model.Channels;
import seminar.model.Fusion;

/**
 * The pairs of a batch as vectors, field by field, and their gradients on the way back to the
 * channels.
 *
 * <pre>
 *   CH-4  k_l, t_c of field f = Fusion f of the channels of event l, of candidate c
 * </pre>
 *
 * <p>A field is a fusion of some channels. The first is that of all, the whole pair; QIN's fused
 * attention alone has others. Shapes: F fields, E events k [E, d], C candidates t [C, d].
 */
final class PairFields {
  private final Channels channels;
  private final List<Fusion> fusions;
  private final Optional<TaskGate> taskGate;
  private final int d;
  private final Scratch scratch = new Scratch();

  /**
   * Pairs of these fields.
   *
   * @param taskGate what makes whole pairs that have a query, if not the same as others
   */
  PairFields(Channels channels, List<Fusion> fusions, Optional<TaskGate> taskGate, int dims) {
    this.channels = channels;
    this.fusions = fusions;
    this.taskGate = taskGate;
    d = dims;
  }

  /** F. */
  int count() {
    return fusions.size();
  }

  /** The fusion of the whole pair. */
  Fusion whole() {
    return fusions.getFirst();
  }

  /** Encodes and fuses a batch. */
  EncodedBatch encode(Batch batch, boolean learning, long seed) {
    return encode(batch, new int[0], learning, seed);
  }

  /**
   * The same, and items that are neither events nor candidates: {@link #alone} has them.
   *
   * @param others any items, which may repeat
   */
  EncodedBatch encode(Batch batch, int[] others, boolean learning, long seed) {
    channels.encode(batch, others);
    for (int f = 0; f < fusions.size(); f++) {
      fusions.get(f).fuse(channels);
      fusions.get(f).pairs(keys(f, batch), candidates(f, batch));
    }
    taskGate.ifPresent(gate -> gate.pairs(channels, batch, keys(0, batch), candidates(0, batch)));
    EncodedBatch.Parts parts =
        new EncodedBatch.Parts(whole()::eventItems, whole()::eventQueries, whole()::candidateParts);
    return encoded(batch, parts, learning, seed);
  }

  /** The rows of {@link #alone} of items that were encoded. */
  int[] rows(int[] items) {
    return channels.rows(items);
  }

  /** Every distinct item of a batch as a candidate without a query [U, d]. */
  Matrix alone(int field) {
    Matrix items = scratch.matrix("alone" + field, channels.modalities()[0].rows(), d);
    fusions.get(field).alone(items);
    return items;
  }

  /** Adds the gradient of {@link #alone}, before {@link #backward}. */
  void aloneBackward(int field, Matrix dItems) {
    fusions.get(field).aloneBackward(dItems);
  }

  /**
   * Every item and query of a corpus, for each field, and last for pairs that have a query where
   * these are made otherwise: what {@link #lookUp} reads.
   */
  List<CatalogVectors> tables(Backend backend, Corpus corpus) {
    List<CatalogVectors> tables = new ArrayList<>();
    for (Fusion fusion : fusions) {
      tables.add(table(backend, fusion, corpus));
    }
    taskGate.ifPresent(gate -> tables.add(table(backend, gate.searched(), corpus)));
    return tables;
  }

  private CatalogVectors table(Backend backend, Fusion fusion, Corpus corpus) {
    return CatalogVectors.of(backend, channels, fusion, corpus.catalog(), corpus.queries(), d);
  }

  /** Fuses a batch from what was encoded before, for an evaluation. */
  EncodedBatch lookUp(List<CatalogVectors> tables, Batch batch) {
    for (int f = 0; f < fusions.size(); f++) {
      tables.get(f).pairs(batch.items(), batch.queries(), keys(f, batch));
      tables.get(f).pairs(batch.candidateItems(), batch.candidateQueries(), candidates(f, batch));
    }
    taskGate.ifPresent(
        gate -> {
          CatalogVectors own = tables.getLast();
          gate.pairs(own, batch.items(), batch.queries(), keys(0, batch));
          int[] asked = batch.candidateQueries();
          gate.pairs(own, batch.candidateItems(), asked, candidates(0, batch));
        });
    CatalogVectors table = tables.getFirst();
    EncodedBatch.Parts parts =
        new EncodedBatch.Parts(
            out -> table.items(batch.items(), out),
            out -> table.queries(batch.queries(), out),
            (items, asked) -> {
              table.items(batch.candidateItems(), items);
              table.queries(batch.candidateQueries(), asked);
            });
    return encoded(batch, parts, false, Interests.EVALUATION);
  }

  private EncodedBatch encoded(Batch batch, EncodedBatch.Parts parts, boolean learning, long seed) {
    return new EncodedBatch(
        batch, each(f -> keys(f, batch)), each(f -> candidates(f, batch)), parts, learning, seed);
  }

  /** Zeros, to which gradients of a batch's keys and candidates are added. */
  EncodedBatch.Gradient gradient(Batch batch) {
    int e = batch.items().length;
    int c = batch.candidateItems().length;
    return new EncodedBatch.Gradient(
        each(f -> scratch.zeros("dKeys" + f, e, d)), each(f -> scratch.zeros("dt" + f, c, d)));
  }

  /** Adds the gradients of gates and channels, after {@link #encode}. */
  void backward(Batch batch, EncodedBatch.Gradient gradient) {
    taskGate.ifPresent(
        gate -> gate.backward(batch, gradient.keys().getFirst(), gradient.candidates().getFirst()));
    for (int f = 0; f < fusions.size(); f++) {
      fusions.get(f).pairsBackward(gradient.keys().get(f), gradient.candidates().get(f));
      fusions.get(f).backward();
    }
    channels.backward();
  }

  private <T> List<T> each(IntFunction<T> of) {
    List<T> all = new ArrayList<>();
    for (int f = 0; f < fusions.size(); f++) {
      all.add(of.apply(f));
    }
    return all;
  }

  private Matrix keys(int field, Batch batch) {
    return scratch.matrix("keys" + field, batch.items().length, d);
  }

  private Matrix candidates(int field, Batch batch) {
    return scratch.matrix("t" + field, batch.candidateItems().length, d);
  }
}
