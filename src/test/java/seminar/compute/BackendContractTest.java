package seminar.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static seminar.compute.Contract.GRADIENT;
import static seminar.compute.Contract.assertClose;
import static seminar.compute.Contract.assertGradient;
import static seminar.compute.Contract.ones;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.Naive.Table;
import seminar.math.GradientCheck;
import seminar.math.Rng;
import seminar.math.Workers;

/**
 * Every operation on every backend: values against loops in double precision, gradients against
 * central differences of those loops.
 */
class BackendContractTest {
  private final SplittableRandom rng = Rng.stream("test/backend", 7);

  @BeforeAll
  static void assumeDevice() {
    Contract.assumeDevice();
  }

  static Stream<Backend> backends() {
    return Contract.backends();
  }

  private Matrix random(int rows, int cols) {
    return Contract.random(rng, rows, cols);
  }

  private static Table zero(int cols) {
    return Table.zeros(1, cols);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void linear(Backend backend) {
    for (int n : new int[] {0, 1, 5, 200}) {
      Matrix x = random(n, 7);
      Matrix w = random(7, 40);
      Matrix b = random(1, 40);
      Matrix y = random(n, 40);
      Table tx = Table.of(x);
      Table tw = Table.of(w);
      Table tb = Table.of(b);

      backend.dense().linear(x, w, b, y);
      assertClose(Naive.linear(tx, tw, tb), y);
      backend.dense().linearAdd(x, w, y);
      Table twice = Naive.linear(tx, tw, tb);
      for (int i = 0; i < twice.values().length; i++) {
        twice.values()[i] += Naive.linear(tx, tw, zero(40)).values()[i];
      }
      assertClose(twice, y);
      backend.dense().product(x, w, y);
      assertClose(Naive.linear(tx, tw, zero(40)), y);

      Matrix dy = random(n, 40);
      Matrix dx = ones(n, 7);
      Matrix dw = ones(7, 40);
      Matrix db = ones(1, 40);
      backend.dense().linearBackwardInput(dy, w, dx);
      backend.dense().linearBackwardWeight(x, dy, dw);
      backend.dense().linearBackwardBias(dy, db);
      if (n <= 5) {
        assertGradient(() -> Naive.linear(tx, tw, tb), dy, tx, dx);
        assertGradient(() -> Naive.linear(tx, tw, tb), dy, tw, dw);
        assertGradient(() -> Naive.linear(tx, tw, tb), dy, tb, db);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void noRowsGiveNoGradient(Backend backend) {
    Matrix dw = ones(70, 9);
    backend.dense().linearBackwardWeight(Matrix.zeros(0, 70), Matrix.zeros(0, 9), dw);
    Matrix dHeads = ones(27, 9);
    Matrix none = Matrix.zeros(0, 27);
    for (boolean transposed : new boolean[] {false, true}) {
      backend.dense().perHead(none, random(27, 9), transposed, none);
      backend.dense().perHeadBackward(none, random(27, 9), transposed, none, none, dHeads);
    }
    assertArrayEquals(ones(70, 9).toArray(), dw.toArray());
    assertArrayEquals(ones(27, 9).toArray(), dHeads.toArray());
  }

  /** A model without recency bias has one of no columns, and Adam meets it. */
  @ParameterizedTest
  @MethodSource("backends")
  void matricesWithoutColumnsAreNothingToDo(Backend backend) {
    Matrix none = Matrix.zeros(3, 0);
    int[] rows = {0, 1, 2};
    Backend.AdamStep step = new Backend.AdamStep(0.1, 0.9, 0.99, 0.01, 1e-8);
    backend.lookup().adam(none, none, none, none, rows, step);
    backend.lookup().gather(none, rows, none);
    backend.lookup().scatterAdd(none, rows, none);
    backend.rowwise().scale(2, none);
    backend.rowwise().add(none, none);
    Matrix dots = ones(3, 1);
    backend.rowwise().rowDots(none, none, dots);
    assertArrayEquals(new float[3], dots.toArray());
    backend.rowwise().rowDotsBackward(none, none, dots, none, none);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void weightGradientOfManyRowsAndColumns(Backend backend) {
    Matrix x = random(300, 70);
    Matrix dy = random(300, 9);
    Matrix dw = Matrix.zeros(70, 9);
    backend.dense().linearBackwardWeight(x, dy, dw);
    float[] xs = x.toArray();
    float[] dys = dy.toArray();
    for (int i = 0; i < 70; i++) {
      for (int o = 0; o < 9; o++) {
        double sum = 0;
        for (int r = 0; r < 300; r++) {
          sum += (double) xs[r * 70 + i] * dys[r * 9 + o];
        }
        assertEquals(sum, dw.get(i, o), 1e-4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void perHead(Backend backend) {
    for (boolean transposed : new boolean[] {false, true}) {
      Matrix x = random(5, 12);
      Matrix w = random(12, 4);
      Matrix y = random(5, 12);
      Table tx = Table.of(x);
      Table tw = Table.of(w);

      backend.dense().perHead(x, w, transposed, y);
      assertClose(Naive.perHead(tx, tw, transposed), y);

      Matrix dy = random(5, 12);
      Matrix dx = ones(5, 12);
      Matrix dw = ones(12, 4);
      backend.dense().perHeadBackward(x, w, transposed, dy, dx, dw);
      assertGradient(() -> Naive.perHead(tx, tw, transposed), dy, tx, dx);
      assertGradient(() -> Naive.perHead(tx, tw, transposed), dy, tw, dw);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void relu(Backend backend) {
    Matrix x = random(5, 9);
    Table t = Table.of(x);
    backend.rowwise().relu(x);
    assertClose(Naive.relu(t), x);

    Matrix dy = random(5, 9);
    Matrix dx = Matrix.of(5, 9, dy.toArray());
    backend.rowwise().reluBackward(x, dx);
    backend.rowwise().add(ones(5, 9), dx);
    assertGradient(() -> Naive.relu(t), dy, t, dx);

    Matrix zeros = Matrix.of(1, 3, 0f, -0f, -3);
    backend.rowwise().relu(zeros);
    assertArrayEquals(new float[3], zeros.toArray(), 1e-9f);
    Matrix none = ones(1, 3);
    backend.rowwise().reluBackward(zeros, none);
    assertArrayEquals(new float[3], none.toArray(), "no gradient at zero");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void scaleAndAdd(Backend backend) {
    Matrix x = random(3, 11);
    Matrix y = random(3, 11);
    float[] before = x.toArray();
    float[] sum = y.toArray();
    backend.rowwise().scale(-2, x);
    backend.rowwise().add(x, y);
    for (int i = 0; i < before.length; i++) {
      assertEquals(-2 * before[i], x.toArray()[i]);
      assertEquals(sum[i] - 2 * before[i], y.toArray()[i], 1e-6);
    }
    backend.rowwise().add(Matrix.zeros(0, 9), Matrix.zeros(0, 9));
    backend.rowwise().scale(3, Matrix.zeros(0, 9));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void unitRows(Backend backend) {
    Matrix x = random(5, 11);
    x.rows(3, 4).clear();
    Table t = Table.of(x);
    Matrix out = random(5, 11);
    backend.rowwise().unitRows(x, out);
    assertClose(Naive.unitRows(t), out);

    Matrix dOut = random(5, 11);
    Matrix dx = ones(5, 11);
    backend.rowwise().unitRowsBackward(x, dOut, dx);
    assertArrayEquals(ones(1, 11).toArray(), dx.rows(3, 4).toArray(), "zeros get no gradient");
    for (int i : new int[] {0, 1, 2, 4}) {
      Table row = Table.of(x.rows(i, i + 1));
      assertGradient(() -> Naive.unitRows(row), dOut.rows(i, i + 1), row, dx.rows(i, i + 1));
    }
    backend.rowwise().unitRows(Matrix.zeros(0, 11), Matrix.zeros(0, 11));
    backend
        .rowwise()
        .unitRowsBackward(Matrix.zeros(0, 11), Matrix.zeros(0, 11), Matrix.zeros(0, 11));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void unitRowsOfVeryLongAndVeryShortRows(Backend backend) {
    for (float size : new float[] {1e-30f, 1e-10f, 1e25f}) {
      Matrix x = Matrix.of(1, 2, 3 * size, 4 * size);
      Matrix out = random(1, 2);
      backend.rowwise().unitRows(x, out);
      assertArrayEquals(new float[] {0.6f, 0.8f}, out.toArray(), 1e-6f);

      Matrix dx = Matrix.zeros(1, 2);
      backend.rowwise().unitRowsBackward(x, Matrix.of(1, 2, 1, 0), dx);
      double scale = 1 / (5.0 * size);
      assertEquals(0.64 * scale, dx.get(0, 0), 1e-5 * scale);
      assertEquals(-0.48 * scale, dx.get(0, 1), 1e-5 * scale);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void gatherAndScatterAdd(Backend backend) {
    Matrix table = random(6, 11);
    int[] rows = {5, 0, 5, -1, 2};
    Matrix out = random(5, 11);
    Table t = Table.of(table);

    backend.lookup().gather(table, rows, out);
    assertClose(Naive.gather(t, rows), out);

    Matrix dOut = random(5, 11);
    Matrix dTable = ones(6, 11);
    backend.lookup().scatterAdd(dOut, rows, dTable);
    assertGradient(() -> Naive.gather(t, rows), dOut, t, dTable);
    backend.lookup().gather(table, new int[0], Matrix.zeros(0, 11));
    backend.lookup().scatterAdd(Matrix.zeros(0, 11), new int[0], dTable);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void gatherAndScatterAddOfManyRows(Backend backend) {
    int n = 3000;
    Matrix table = random(500, 64);
    int[] rows = rng.ints(n, -1, 500).toArray();
    Matrix out = random(n, 64);
    backend.lookup().gather(table, rows, out);
    assertClose(Naive.gather(Table.of(table), rows), out);

    Matrix sums = ones(500, 64);
    backend.lookup().scatterAdd(out, rows, sums);
    float[] expected = ones(500, 64).toArray();
    float[] x = out.toArray();
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < 64 && rows[i] >= 0; c++) {
        expected[rows[i] * 64 + c] += x[i * 64 + c];
      }
    }
    if (Contract.isCpu(backend)) {
      assertArrayEquals(expected, sums.toArray(), "in the order of i, whatever the threads");
    } else {
      assertArrayEquals(expected, sums.toArray(), 1e-4f);
    }
  }

  @Test
  void aRowBeyondTheTableIsRefused() {
    assumeTrue(Matrix.onHost(), "the CPU's backend needs its memory");
    Backend backend = Backends.cpu().on(Workers.of(2));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> backend.lookup().scatterAdd(ones(2000, 64), new int[2000], Matrix.zeros(0, 64)));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> backend.lookup().gather(ones(3, 4), new int[] {3}, Matrix.zeros(1, 4)));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void bagOfRaggedLists(Backend backend) {
    Matrix table = random(6, 9);
    Ragged lists = new Ragged(new int[] {0, 2, 2, 3, 7}, new int[] {1, 1, 5, 0, 2, 2, 3});
    Matrix out = random(4, 9);
    Table t = Table.of(table);

    backend.lookup().bag(table, lists, out);
    assertClose(Naive.bag(t, lists), out);

    Matrix dOut = random(4, 9);
    Matrix dTable = ones(6, 9);
    backend.lookup().bagBackward(dOut, lists, dTable);
    assertGradient(() -> Naive.bag(t, lists), dOut, t, dTable);

    Ragged empty = new Ragged(new int[3], new int[0]);
    Matrix zero = random(2, 9);
    backend.lookup().bag(Matrix.zeros(0, 9), empty, zero);
    assertArrayEquals(new float[18], zero.toArray());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void fusionOfModalities(Backend backend) {
    fusion(backend, Matrix.of(1, 3, 0.5f, -1, 2));
    fusion(backend, random(4, 3));
  }

  /** With one gate for all items, or one for each. */
  private void fusion(Backend backend, Matrix gate) {
    Matrix[] channels = {random(4, 9), random(4, 9), random(4, 9)};
    boolean[][] present = {
      {true, true, false, false}, {true, false, true, false}, {true, true, false, false}
    };
    Matrix out = random(4, 9);
    List<Table> tables = Stream.of(channels).map(Table::of).toList();
    Table tGate = Table.of(gate);

    backend.fusion().fuse(channels, present, gate, out);
    assertClose(Naive.fuse(tables, present, tGate), out);
    assertArrayEquals(new float[9], out.rows(3, 4).toArray(), "no modality gives zeros");

    Matrix dOut = random(4, 9);
    Matrix[] dChannels = {ones(4, 9), ones(4, 9), ones(4, 9)};
    Matrix dGate = ones(gate.rows(), 3);
    backend.fusion().fuseBackward(channels, present, gate, dOut, dChannels, dGate);
    for (int m = 0; m < 3; m++) {
      assertGradient(() -> Naive.fuse(tables, present, tGate), dOut, tables.get(m), dChannels[m]);
    }
    assertGradient(() -> Naive.fuse(tables, present, tGate), dOut, tGate, dGate);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void anAbsentModalityOfLargeGateTakesNothing(Backend backend) {
    Matrix[] channels = {ones(1, 4), ones(1, 4)};
    boolean[][] present = {{true}, {false}};
    Matrix out = Matrix.zeros(1, 4);
    backend.fusion().fuse(channels, present, Matrix.of(1, 2, -300, 300), out);
    assertArrayEquals(ones(1, 4).toArray(), out.toArray(), 1e-6f);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void fusionOfManyRows(Backend backend) {
    int n = 1500;
    Matrix[] channels = {random(n, 64), random(n, 64)};
    boolean[][] present = new boolean[2][n];
    for (int i = 0; i < n; i++) {
      present[0][i] = rng.nextInt(4) > 0;
      present[1][i] = rng.nextInt(4) > 0;
    }
    for (Matrix gate : List.of(random(1, 2), random(n, 2))) {
      Matrix out = random(n, 64);
      backend.fusion().fuse(channels, present, gate, out);
      assertClose(
          Naive.fuse(Stream.of(channels).map(Table::of).toList(), present, Table.of(gate)), out);
      float[][] alike = fused(Contract.reference(), channels, present, gate, out);
      float[][] actual = fused(backend, channels, present, gate, out);
      for (int m = 0; m < 3; m++) {
        assertArrayEquals(alike[m], actual[m], Contract.isCpu(backend) ? 0 : 2e-3f);
      }
    }
  }

  private static float[][] fused(
      Backend backend, Matrix[] channels, boolean[][] present, Matrix gate, Matrix dOut) {
    Matrix[] dChannels = {ones(dOut.rows(), 64), ones(dOut.rows(), 64)};
    Matrix dGate = ones(gate.rows(), 2);
    backend.fusion().fuseBackward(channels, present, gate, dOut, dChannels, dGate);
    return new float[][] {dChannels[0].toArray(), dChannels[1].toArray(), dGate.toArray()};
  }

  @ParameterizedTest
  @MethodSource("backends")
  void fusionOfPairs(Backend backend) {
    Matrix queries = random(3, 9);
    Matrix items = random(4, 9);
    int[] queryRows = {2, -1, 0, 2};
    int[] itemRows = {3, 3, 0, 1};
    Matrix out = random(4, 9);
    Table tq = Table.of(queries);
    Table ti = Table.of(items);

    backend.fusion().pairs(queries, queryRows, items, itemRows, 0.3f, out);
    assertClose(Naive.pairs(tq, queryRows, ti, itemRows, 0.3f), out);

    Matrix dOut = random(4, 9);
    Matrix dq = ones(3, 9);
    Matrix di = ones(4, 9);
    backend.fusion().pairsBackward(dOut, queryRows, itemRows, 0.3f, dq, di);
    assertGradient(() -> Naive.pairs(tq, queryRows, ti, itemRows, 0.3f), dOut, tq, dq);
    assertGradient(() -> Naive.pairs(tq, queryRows, ti, itemRows, 0.3f), dOut, ti, di);
    backend
        .fusion()
        .pairs(Matrix.zeros(0, 9), new int[] {-1}, items, new int[] {1}, 0.3f, out.rows(0, 1));
    backend
        .fusion()
        .pairsBackward(
            dOut.rows(0, 1), new int[] {-1}, new int[] {1}, 0.3f, Matrix.zeros(0, 9), di);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void rowDots(Backend backend) {
    Matrix a = random(5, 9);
    Matrix b = random(5, 9);
    Matrix out = random(5, 1);
    Table ta = Table.of(a);
    Table tb = Table.of(b);

    backend.rowwise().rowDots(a, b, out);
    assertClose(Naive.rowDots(ta, tb), out);

    Matrix dOut = random(5, 1);
    Matrix da = ones(5, 9);
    Matrix db = ones(5, 9);
    backend.rowwise().rowDotsBackward(a, b, dOut, da, db);
    assertGradient(() -> Naive.rowDots(ta, tb), dOut, ta, da);
    assertGradient(() -> Naive.rowDots(ta, tb), dOut, tb, db);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void binaryCrossEntropyIsRightAndStable(Backend backend) {
    Matrix logits = random(6, 1);
    float[] labels = {1, 0, 1, 0, 0.5f, 1};
    float[] weights = {0.1f, 0.2f, 0.3f, 0.1f, 0.1f, 0.2f};
    Table t = Table.of(logits);
    Matrix dLogits = random(6, 1);

    double loss = backend.rowwise().binaryCrossEntropy(logits, labels, weights, dLogits);
    assertEquals(Naive.binaryCrossEntropy(t, labels, weights), loss, 1e-6);
    float[] gradient = dLogits.toArray();
    double[] analytic = new double[6];
    for (int i = 0; i < 6; i++) {
      analytic[i] = gradient[i];
    }
    GradientCheck check =
        GradientCheck.of(
            p -> Naive.binaryCrossEntropy(t, labels, weights), t.values(), analytic, 1e-6);
    assertTrue(check.error() < GRADIENT, check.toString());

    Matrix extreme = Matrix.of(2, 1, 80, -80);
    double large =
        backend
            .rowwise()
            .binaryCrossEntropy(
                extreme, new float[] {0, 0}, new float[] {1, 1}, Matrix.zeros(2, 1));
    assertEquals(80, large, 1e-4);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void adamMovesOnlyTheListedRows(Backend backend) {
    Matrix value = random(4, 9);
    Matrix mean = random(4, 9);
    Matrix variance = Matrix.zeros(4, 9);
    float[] squares = new float[36];
    Arrays.fill(squares, 0.3f);
    variance.set(squares);
    Matrix gradient = random(2, 9);
    int[] rows = {3, 1};
    float[] x = value.toArray();
    float[] m = mean.toArray();
    Backend.AdamStep step = new Backend.AdamStep(0.01, 0.9, 0.99, 0.2, 1e-8);

    backend.lookup().adam(value, gradient, mean, variance, rows, step);

    for (int i = 0; i < 2; i++) {
      for (int c = 0; c < 9; c++) {
        double g = gradient.get(i, c);
        double newMean = 0.9 * m[rows[i] * 9 + c] + 0.1 * g;
        double newVariance = 0.99 * 0.3 + 0.01 * g * g;
        double move = 0.01 * newMean / (Math.sqrt(newVariance / 0.2) + 1e-8);
        assertEquals(newMean, mean.get(rows[i], c), 1e-6);
        assertEquals(newVariance, variance.get(rows[i], c), 1e-6);
        assertEquals(x[rows[i] * 9 + c] - move, value.get(rows[i], c), 1e-6);
      }
    }
    assertArrayEquals(Arrays.copyOfRange(x, 0, 9), value.rows(0, 1).toArray());
    assertArrayEquals(Arrays.copyOfRange(m, 18, 27), mean.rows(2, 3).toArray());
  }
}
