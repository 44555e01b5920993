package seminar.search;

import java.util.Arrays;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;
import seminar.loss.NextItemLoss;
import seminar.loss.NextItemOptions;
import seminar.train.NextItems;

/**
 * The next-item loss of a step, over all events of the windows that {@link SequenceBranch} has read
 * ({@link NextItemLoss}, our NI-1 and NI-2).
 *
 * <p>Shapes: n events, U distinct items of the step, d dims.
 */
final class NextItemTerm {
  private final Backend backend;
  private final PairFields fields;
  private final SequenceBranch branch;
  private final NextItemLoss loss;
  private final int d;
  private final Scratch scratch = new Scratch();

  NextItemTerm(
      Backend backend,
      PairFields fields,
      SequenceBranch branch,
      NextItemOptions options,
      int items,
      int dims) {
    this.backend = backend;
    this.fields = fields;
    this.branch = branch;
    loss = new NextItemLoss(backend, options, items);
    d = dims;
  }

  /**
   * The loss; adds its gradients to states and items.
   *
   * @param learned items and negatives that the step has encoded
   * @param weight of this loss
   */
  double of(NextItems learned, double weight) {
    int n = learned.events().length;
    int field = branch.field();
    Matrix items = fields.alone(field);
    Matrix dItems = scratch.zeros("dItems", items.rows(), d);
    int[] nextRows = fields.rows(learned.items());
    NextItemLoss.Events events =
        new NextItemLoss.Events(scratch.matrix("states", n, d), scratch.matrix("next", n, d));
    branch.states(learned.events(), events.states());
    backend.lookup().gather(items, nextRows, events.next());
    NextItemLoss.Events gradient =
        new NextItemLoss.Events(scratch.zeros("dStates", n, d), scratch.zeros("dNext", n, d));
    double share = n == 0 ? 0 : weight / n;
    double sum = 0;
    for (int b = 0; b + 1 < learned.blocks().length; b++) {
      int from = learned.blocks()[b];
      int to = learned.blocks()[b + 1];
      int[] rows = fields.rows(learned.negatives().get(b));
      NextItemLoss.Events part = events.rows(from, to);
      NextItemLoss.Events dPart = gradient.rows(from, to);
      sum +=
          learned.own()
              ? loss.own(part, rows, items, share, dPart, dItems)
              : shared(
                  part, Arrays.copyOfRange(nextRows, from, to), rows, items, share, dPart, dItems);
    }
    branch.statesBackward(learned.events(), gradient.states());
    backend.lookup().scatterAdd(gradient.next(), nextRows, dItems);
    fields.aloneBackward(field, dItems);
    return sum;
  }

  private double shared(
      NextItemLoss.Events part,
      int[] nextRows,
      int[] rows,
      Matrix items,
      double share,
      NextItemLoss.Events dPart,
      Matrix dItems) {
    int[] column = new int[items.rows()]; // of a row among the negatives, from 1
    for (int j = 0; j < rows.length; j++) {
      column[rows[j]] = j + 1;
    }
    int[] same = new int[nextRows.length];
    Arrays.setAll(same, i -> column[nextRows[i]] - 1);
    Matrix negatives = scratch.matrix("negatives", rows.length, d);
    backend.lookup().gather(items, rows, negatives);
    Matrix dNegatives = scratch.zeros("dNegatives", rows.length, d);
    double sum = loss.shared(part, same, negatives, share, dPart, dNegatives);
    backend.lookup().scatterAdd(dNegatives, rows, dItems);
    return sum;
  }
}
