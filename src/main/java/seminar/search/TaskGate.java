package seminar.search;

import java.util.stream.IntStream;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.model.Batch;
import seminar.model.CatalogVectors;
import seminar.model.Channels;
import seminar.model.Fusion;

/**
 * Weights of the modalities of its own for pairs that have a query: what matters of an item that
 * somebody searched for need not be what matters where nobody typed anything.
 *
 * <pre>
 *   AG-1  pair = Fusion with the gate of search where there is a query, with the usual gate elsewhere
 * </pre>
 *
 * <p>Shapes: n pairs, d dims.
 */
final class TaskGate {
  private final Backend backend;
  private final Fusion searched;
  private final int d;
  private final Scratch scratch = new Scratch();

  /**
   * A gate.
   *
   * @param searched the fusion of pairs that have a query
   */
  TaskGate(Backend backend, Fusion searched, int dims) {
    this.backend = backend;
    this.searched = searched;
    d = dims;
  }

  /** The fusion of pairs that have a query. */
  Fusion searched() {
    return searched;
  }

  /** Fuses what was encoded, and replaces the pairs of a batch that have a query. */
  void pairs(Channels channels, Batch batch, Matrix keys, Matrix candidates) {
    searched.fuse(channels);
    Matrix ownKeys = scratch.matrix("keys", keys.rows(), d);
    Matrix ownCandidates = scratch.matrix("candidates", candidates.rows(), d);
    searched.pairs(ownKeys, ownCandidates);
    replace(batch.queries(), ownKeys, keys);
    replace(batch.candidateQueries(), ownCandidates, candidates);
  }

  /** The same of pairs that were looked up. */
  void pairs(CatalogVectors table, int[] items, int[] queries, Matrix pairs) {
    Matrix own = scratch.matrix("own", pairs.rows(), d);
    table.pairs(items, queries, own);
    replace(queries, own, pairs);
  }

  private void replace(int[] queries, Matrix own, Matrix pairs) {
    Matrix usual = scratch.matrix("usual", pairs.rows(), d);
    backend.lookup().gather(pairs, where(queries, false), usual);
    backend.lookup().gather(own, where(queries, true), pairs);
    backend.rowwise().add(usual, pairs);
  }

  /** The rows of pairs that have a query, or of those that have none; −1 for the others. */
  private static int[] where(int[] queries, boolean asked) {
    return IntStream.range(0, queries.length)
        .map(i -> (queries[i] != 0) == asked ? i : -1)
        .toArray();
  }

  /**
   * Adds what the gradient of the pairs says of the gate of search and of the channels.
   *
   * @param keys gradient of the events; zeros afterwards where there is a query
   * @param candidates the same of the candidates
   */
  void backward(Batch batch, Matrix keys, Matrix candidates) {
    searched.pairsBackward(
        taken("dKeys", batch.queries(), keys),
        taken("dCandidates", batch.candidateQueries(), candidates));
    searched.backward();
  }

  private Matrix taken(String name, int[] queries, Matrix gradient) {
    Matrix own = scratch.matrix(name, gradient.rows(), d);
    backend.lookup().gather(gradient, where(queries, true), own);
    Matrix minus = scratch.matrix("minus", gradient.rows(), d);
    backend.lookup().gather(own, IntStream.range(0, own.rows()).toArray(), minus);
    backend.rowwise().scale(-1, minus);
    backend.rowwise().add(minus, gradient);
    return own;
  }
}
