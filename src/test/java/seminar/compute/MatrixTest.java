package seminar.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MatrixTest {
  @Test
  void rowsAreCopiedToAndFromAPlaceInAnArray() {
    Matrix matrix = Matrix.of(3, 2, 1, 2, 3, 4, 5, 6);
    float[] values = {-1, -1, -1, -1, -1, -1};
    matrix.rows(1, 3).copyTo(values, 1);
    assertArrayEquals(new float[] {-1, 3, 4, 5, 6, -1}, values);
    matrix.rows(0, 1).copyFrom(values, 3);
    assertArrayEquals(new float[] {5, 6, 3, 4, 5, 6}, matrix.toArray());
  }

  @Test
  void anEmptyMatrixCopiesNothing() {
    float[] values = {1};
    Matrix.zeros(0, 4).copyTo(values, 1);
    Matrix.zeros(4, 0).copyFrom(values, 0);
    assertArrayEquals(new float[] {1}, values);
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Matrix matrix = Matrix.zeros(2, 2);
    assertThrows(IndexOutOfBoundsException.class, () -> matrix.copyTo(new float[4], 1));
    assertThrows(IndexOutOfBoundsException.class, () -> matrix.copyFrom(new float[3], 0));
  }
}
