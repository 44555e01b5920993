package seminar.train;

import seminar.compute.Matrix;

/** A large matrix as a row of small pieces, so that no second copy of it is needed. */
final class Pieces {
  private static final int FLOATS = 1 << 16;

  private Pieces() {}

  /** Is given the numbers of some rows, or fills them. */
  @FunctionalInterface
  interface Visitor<E extends Exception> {
    /** Called with views of the matrix, from its first rows to its last. */
    void visit(Matrix rows) throws E;
  }

  /** Visits all rows in order. */
  static <E extends Exception> void forEach(Matrix matrix, Visitor<E> visitor) throws E {
    int step = Math.max(1, FLOATS / Math.max(1, matrix.cols()));
    for (int from = 0; from < matrix.rows(); from += step) {
      visitor.visit(matrix.rows(from, Math.min(matrix.rows(), from + step)));
    }
  }
}
