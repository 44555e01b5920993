package seminar.model;

import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Ragged;
import seminar.compute.Scratch;

/**
 * The mean of the rows of a table that each of some owners names: attributes of items, codes of
 * their texts.
 *
 * <p>Shapes: n owners, T distinct rows that they name, table [rows, d]. One step: {@link #addMean},
 * then {@link #backward}.
 */
final class Bag {
  private final Backend backend;
  private final Parameter table;
  private final Distinct named;
  private final Scratch scratch = new Scratch();
  private Ragged lists;

  /**
   * A bag of this table.
   *
   * @param largest the largest row that may be named
   */
  Bag(Backend backend, Parameter table, int largest) {
    this.backend = backend;
    this.table = table;
    named = new Distinct(largest);
  }

  /** Adds to {@code out} [n, d] the mean of what each owner names; nothing where it names none. */
  void addMean(int[] owners, Distinct.ListOf rowsOf, Matrix out) {
    lists = named.lists(owners, rowsOf);
    Matrix touched = scratch.matrix("touched", named.ids().length, out.cols()); // [T, d]
    backend.lookup().gather(table.value(), named.ids(), touched);
    Matrix mean = scratch.matrix("mean", owners.length, out.cols());
    backend.lookup().bag(touched, lists, mean);
    backend.rowwise().add(mean, out);
  }

  /** Adds the gradient of the table, given that of the sums [n, d]. */
  void backward(Matrix dOut) {
    backend.lookup().bagBackward(dOut, lists, table.touch(named.ids()));
  }
}
