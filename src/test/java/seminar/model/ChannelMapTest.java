package seminar.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.compute.Matrix;
import seminar.math.Rng;
import seminar.math.Workers;

/** A folded map against the same maps one after the other. */
class ChannelMapTest {
  private static final int ROWS = 9;
  private static final int IN = 7;
  private static final int D = 4;

  private final Backend backend = Backends.cpu().on(Workers.of(2));
  private final Parameters parameters = new Parameters(3);
  private final Parameter w = parameters.dense("w", IN, D, 1);
  private final Parameter b = parameters.dense("b", 1, D, 1);
  private final Parameter g = parameters.dense("g", D, D, 1);
  private final Matrix x = random(ROWS, IN);
  private final Matrix dy = random(ROWS, D);

  private static Matrix random(int rows, int cols) {
    SplittableRandom rng = Rng.stream("test/map/" + cols, 1);
    float[] values = new float[rows * cols];
    Rng.gaussian(rng, values, 1);
    return Matrix.of(rows, cols, values);
  }

  private static void assertClose(Matrix expected, Matrix actual) {
    assertArrayEquals(expected.toArray(), actual.toArray(), 1e-4f);
  }

  @Test
  void foldedMapsGiveWhatOneAfterTheOtherGives() {
    Matrix inner = Matrix.zeros(ROWS, D);
    Matrix expected = Matrix.zeros(ROWS, D);
    backend.dense().linear(x, w.value(), b.value(), inner);
    backend.dense().product(inner, g.value(), expected);
    Matrix actual = Matrix.zeros(ROWS, D);
    ChannelMap.of(backend, w, b).restoredBy(g).forward(x, actual);
    assertClose(expected, actual);
  }

  @Test
  void foldedGradientsAreThoseOfOneAfterTheOther() {
    Matrix inner = Matrix.zeros(ROWS, D);
    backend.dense().linear(x, w.value(), b.value(), inner);
    Matrix dInner = Matrix.zeros(ROWS, D);
    backend.dense().linearBackwardInput(dy, g.value(), dInner);
    Matrix dG = Matrix.zeros(D, D);
    backend.dense().linearBackwardWeight(inner, dy, dG);
    Matrix dW = Matrix.zeros(IN, D);
    backend.dense().linearBackwardWeight(x, dInner, dW);
    Matrix db = Matrix.zeros(1, D);
    backend.dense().linearBackwardBias(dInner, db);
    Matrix dx = Matrix.zeros(ROWS, IN);
    backend.dense().linearBackwardInput(dInner, w.value(), dx);

    ChannelMap map = ChannelMap.of(backend, w, b).restoredBy(g);
    Matrix actual = Matrix.zeros(ROWS, IN);
    map.backwardMaps(x, dy);
    map.backwardInput(dy, actual);
    assertClose(dG, g.gradient());
    assertClose(dW, w.gradient());
    assertClose(db, b.gradient());
    assertClose(dx, actual);
  }

  @Test
  void withoutMapsRowsPassAsTheyAre() {
    Matrix y = random(ROWS, D);
    Matrix dx = Matrix.zeros(ROWS, D);
    ChannelMap.identity(backend).forward(dy, y);
    ChannelMap.identity(backend).backwardInput(dy, dx);
    assertClose(dy, y);
    assertClose(dy, dx);
  }
}
