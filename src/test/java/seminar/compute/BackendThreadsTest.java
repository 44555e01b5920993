package seminar.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static seminar.compute.Contract.assertClose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.compute.Naive.Table;
import seminar.math.Rng;
import seminar.math.Workers;

/** Operations large enough to be cut into shards: the same bits for any number of threads. */
class BackendThreadsTest {
  private static final int ROWS = 1700;
  private static final int DIMS = 72; // not a multiple of the longest vectors

  @BeforeAll
  static void assumeHost() {
    assumeTrue(Matrix.onHost(), "the CPU's backend needs its memory");
  }

  /** Every operation that works in shards, one after the other, all from one seed. */
  private static List<float[]> results(Backend backend) {
    SplittableRandom rng = Rng.stream("test/threads", 3);
    List<float[]> results = new ArrayList<>();
    dense(backend, rng, results);
    rows(backend, rng, results);
    fusions(backend, rng, results);
    sequences(backend, rng, results);
    return results;
  }

  private static Matrix random(SplittableRandom rng, int rows, int cols) {
    return Contract.random(rng, rows, cols);
  }

  private static void keep(List<float[]> results, Matrix... matrices) {
    for (Matrix matrix : matrices) {
      results.add(matrix.toArray());
    }
  }

  private static void dense(Backend backend, SplittableRandom rng, List<float[]> results) {
    Matrix x = random(rng, ROWS, 3 * DIMS);
    Matrix w = random(rng, 3 * DIMS, DIMS);
    Matrix b = random(rng, 1, DIMS);
    Matrix y = random(rng, ROWS, DIMS);
    Matrix dx = random(rng, ROWS, 3 * DIMS);
    backend.dense().linear(x, w, b, y);
    backend.dense().linearAdd(x, w, y);
    Matrix product = random(rng, ROWS, DIMS);
    backend.dense().product(x, w, product);
    keep(results, product);
    backend.dense().linearBackwardInput(y, w, dx);
    backend.dense().linearBackwardWeight(x, y, w);
    backend.dense().linearBackwardBias(y, b);
    keep(results, y, dx, w, b);
    Matrix heads = random(rng, ROWS, 3 * DIMS);
    backend.dense().perHead(x, w, true, heads);
    backend.dense().perHeadBackward(x, w, false, heads, dx, w);
    keep(results, heads, dx, w);
  }

  private static void rows(Backend backend, SplittableRandom rng, List<float[]> results) {
    Matrix x = random(rng, ROWS, DIMS);
    Matrix y = random(rng, ROWS, DIMS);
    Matrix dots = random(rng, ROWS, 1);
    Matrix dx = random(rng, ROWS, DIMS);
    Matrix dy = random(rng, ROWS, DIMS);
    backend.rowwise().rowDots(x, y, dots);
    backend.rowwise().rowDotsBackward(x, y, dots, dx, dy);
    backend.rowwise().unitRowsBackward(x, dy, dx);
    backend.rowwise().unitRows(x, y);
    backend.rowwise().relu(x);
    backend.rowwise().reluBackward(x, dx);
    backend.rowwise().scale(3, dy);
    backend.rowwise().add(dy, dx);
    keep(results, x, y, dots, dx, dy);
    int[] all = rng.ints(ROWS, -1, 300).toArray();
    Matrix table = random(rng, 300, DIMS);
    backend.lookup().scatterAdd(x, all, table);
    backend.lookup().gather(table, all, x);
    keep(results, table, x);
    int[] some = {7, 3, 299, 100};
    Matrix mean = random(rng, 300, DIMS);
    Matrix variance = Matrix.zeros(300, DIMS);
    Backend.AdamStep step = new Backend.AdamStep(0.01, 0.9, 0.99, 0.2, 1e-8);
    backend.lookup().adam(table, y.rows(0, 4), mean, variance, some, step);
    keep(results, table, mean, variance);
  }

  private static void fusions(Backend backend, SplittableRandom rng, List<float[]> results) {
    Matrix table = random(rng, 300, DIMS);
    int[] offsets = new int[ROWS + 1];
    for (int i = 0; i < ROWS; i++) {
      offsets[i + 1] = offsets[i] + rng.nextInt(5);
    }
    Ragged lists = new Ragged(offsets, rng.ints(offsets[ROWS], 0, 300).toArray());
    Matrix[] x = {random(rng, ROWS, DIMS), random(rng, ROWS, DIMS)};
    Matrix[] dx = {random(rng, ROWS, DIMS), random(rng, ROWS, DIMS)};
    backend.lookup().bag(table, lists, x[0]);
    backend.lookup().bagBackward(x[1], lists, table);
    boolean[][] present = new boolean[2][ROWS];
    Arrays.fill(present[1], true);
    Arrays.fill(present[0], 5, 1000, true);
    for (int gates : new int[] {1, ROWS}) {
      Matrix gate = random(rng, gates, 2);
      Matrix out = random(rng, ROWS, DIMS);
      backend.fusion().fuse(x, present, gate, out);
      backend.fusion().fuseBackward(x, present, gate, out, dx, gate);
      keep(results, out, gate);
    }
    int[] queryRows = rng.ints(ROWS, -1, 300).toArray();
    int[] itemRows = rng.ints(ROWS, 0, 300).toArray();
    backend.fusion().pairs(table, queryRows, table, itemRows, 0.3f, x[1]);
    Matrix other = random(rng, 300, DIMS);
    backend.fusion().pairsBackward(x[1], queryRows, itemRows, 0.3f, other, table);
    keep(results, table, other, x[0], x[1], dx[0], dx[1]);
  }

  private static void sequences(Backend backend, SplittableRandom rng, List<float[]> results) {
    Matrix x = random(rng, ROWS, DIMS);
    Matrix y = random(rng, ROWS, DIMS);
    Matrix gain = random(rng, 1, DIMS);
    Matrix dGain = random(rng, 1, DIMS);
    Matrix dBias = random(rng, 1, DIMS);
    Matrix dx = random(rng, ROWS, DIMS);
    backend.rowwise().layerNorm(x, gain, gain, y);
    backend.rowwise().layerNormBackward(x, gain, y, dx, dGain, dBias);
    backend.rowwise().dropout(new Dropout(8, 0.3), x);
    keep(results, x, y, dx, dGain, dBias);
    Matrix z = random(rng, ROWS, 1);
    int[] same = rng.ints(ROWS, -1, DIMS).toArray();
    double binary = backend.contrasts().binaryContrast(z, y, same, 0.5, 0.2, z, x);
    double softmax = backend.contrasts().softmaxContrast(z, y, same, 0.3, z, y);
    keep(results, x, y, z, Matrix.of(1, 2, (float) binary, (float) softmax));
    int[] starts = {0, 3, 3, 700, 701, 1500, ROWS};
    Dropout dropout = new Dropout(9, 0.1);
    SelfAttention input = new SelfAttention(x, dx, y, 3, starts, true, dropout);
    Matrix out = random(rng, ROWS, DIMS);
    Matrix dQueries = random(rng, ROWS, DIMS);
    Matrix dKeys = random(rng, ROWS, DIMS);
    Matrix dValues = random(rng, ROWS, DIMS);
    backend.attention().attendSelf(input, out);
    SelfAttention.Gradient gradient = new SelfAttention.Gradient(dQueries, dKeys, dValues);
    backend.attention().attendSelfBackward(input, out, dx, gradient);
    keep(results, out, dQueries, dKeys, dValues);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void theBitsDoNotDependOnTheNumberOfThreads(int threads) {
    List<float[]> expected = results(Backends.cpu().on(Workers.of(1)));
    try (Workers workers = Workers.of(threads)) {
      List<float[]> actual = results(Backends.cpu().on(workers));
      for (int i = 0; i < expected.size(); i++) {
        assertArrayEquals(expected.get(i), actual.get(i), "result " + i);
      }
    }
  }

  @Test
  void theResultsAreThoseOfNd4j() {
    List<float[]> expected = results(Backends.nd4j().on(Workers.common()));
    List<float[]> actual = results(Backends.cpu().on(Workers.of(2)));
    for (int i = 0; i < expected.size(); i++) {
      double largest = 0;
      for (float value : expected.get(i)) {
        largest = Math.max(largest, Math.abs(value));
      }
      assertArrayEquals(expected.get(i), actual.get(i), (float) (1e-4 * largest), "result " + i);
    }
  }

  @Test
  void partsOfAWeightGradientAddUp() {
    SplittableRandom rng = Rng.stream("test/parts", 3);
    for (int n : new int[] {511, 1023, 1024, 9000}) {
      Matrix x = random(rng, n, 5);
      Matrix dy = random(rng, n, 3);
      Matrix dw = Matrix.of(5, 3, new float[15]);
      Backends.cpu().on(Workers.of(2)).dense().linearBackwardWeight(x, dy, dw);
      Table expected = Table.zeros(5, 3);
      Table tx = Table.of(x);
      Table ty = Table.of(dy);
      for (int r = 0; r < n; r++) {
        for (int i = 0; i < 15; i++) {
          expected.add(i / 3, i % 3, tx.at(r, i / 3) * ty.at(r, i % 3));
        }
      }
      assertClose(expected, dw);
    }
  }
}
