package seminar.model;

import seminar.compute.AllEvents;
import seminar.compute.Attended;
import seminar.compute.AttentionInput;
import seminar.compute.Backend;
import seminar.compute.Groups;
import seminar.compute.Matrix;
import seminar.compute.Scratch;

/**
 * Target attention over all events of a history, without a choice: our TA-1, TA-3 and TA-4 with all
 * events for I_h, folded and factored as in {@link TargetAttention}.
 *
 * <p>Shapes: E keys, C candidates, H heads, d dims.
 */
final class AttentionLayer {
  private final Backend backend;
  private final int d;
  private final int heads;
  private final AttentionFold fold;
  private final AttentionValues values;
  private final Scratch scratch = new Scratch();
  private AllEvents input;
  private Matrix pooled;

  /** Makes the parameters, named {@code name/...}. */
  AttentionLayer(Backend backend, Parameters parameters, String name, ModelOptions options) {
    this.backend = backend;
    d = options.dims();
    heads = options.attention().heads();
    fold = new AttentionFold(backend, parameters, name, options);
    values = new AttentionValues(backend, parameters, name, options);
  }

  /**
   * What each query attends to.
   *
   * @param keys fused events [E, d]; kept until the backward pass
   * @param queries [C, d]; kept until the backward pass
   * @param learning whether a backward pass follows
   * @param o receives [C, d]; zeros where nothing is seen
   */
  void forward(Matrix keys, Matrix queries, Groups groups, boolean learning, Matrix o) {
    Matrix folded = learning ? fold.forward(queries) : fold.score(queries);
    input = new AllEvents(keys, folded, fold.recency().value(), groups);
    pooled = scratch.matrix("pooled", o.rows(), heads * d);
    backend.attention().attendAll(input, pooled);
    if (learning) {
      values.forward(pooled, o);
    } else {
      values.score(pooled, o);
    }
    clearEmpty(groups, o);
  }

  /** The weights of all events in the pass before, which takes C · H · L places. */
  Attended weights() {
    int places = Math.max(1, input.groups().mostEvents());
    AttentionInput all =
        new AttentionInput(input.keys(), input.folded(), input.bias(), input.groups(), places);
    return backend
        .attention()
        .attend(all, scratch.matrix("explained", pooled.rows(), pooled.cols()));
  }

  /**
   * Adds the gradients of the parameters, of {@code dKeys} [E, d] and of {@code dQueries} [C, d].
   *
   * @param dOut gradient of what was received [C, d]; overwritten where nothing is seen
   */
  void backward(Matrix dOut, Matrix dKeys, Matrix dQueries) {
    clearEmpty(input.groups(), dOut);
    Matrix dPooled = scratch.zeros("dPooled", dOut.rows(), heads * d);
    values.backward(pooled, dOut, dPooled);
    Matrix dFolded = scratch.zeros("dFolded", dOut.rows(), heads * d);
    Matrix dRecency = fold.recency().gradient();
    backend
        .attention()
        .attendAllBackward(
            input, pooled, dPooled, new AttentionInput.Gradient(dKeys, dFolded, dRecency));
    fold.backward(dFolded, dQueries);
  }

  /** Zeros in the rows [C, ·] of candidates that see no events. */
  static void clearEmpty(Groups groups, Matrix rows) {
    for (int g = 0; g < groups.groupCount(); g++) {
      if (groups.events(g) == 0) {
        rows.rows(groups.candidates()[g], groups.candidates()[g + 1]).clear();
      }
    }
  }
}
