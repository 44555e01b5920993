package seminar.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seminar.compute.Contract.assertClose;
import static seminar.compute.Contract.assertGradient;
import static seminar.compute.Contract.ones;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.Naive.Table;
import seminar.math.GradientCheck;
import seminar.math.Rng;

/** What models of sequences need, on every backend. */
class SequenceOperationsTest {
  private static final int[] STARTS = {0, 0, 1, 8, 8, 78, 80};

  private final SplittableRandom rng = Rng.stream("test/backend/sequence", 7);

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

  @ParameterizedTest
  @MethodSource("backends")
  void layerNorm(Backend backend) {
    for (int d : new int[] {1, 5, 8, 19, 64}) {
      for (int n : new int[] {0, 1, 6}) {
        Matrix x = random(n, d);
        backend.rowwise().add(ones(n, d), x); // a mean to take off
        Matrix gain = random(1, d);
        Matrix bias = random(1, d);
        Matrix out = random(n, d);
        Table tx = Table.of(x);
        Table tGain = Table.of(gain);
        Table tBias = Table.of(bias);
        backend.rowwise().layerNorm(x, gain, bias, out);
        assertClose(NaiveSequence.layerNorm(tx, tGain, tBias), out);
        Matrix dOut = random(n, d);
        Matrix dx = ones(n, d);
        Matrix dGain = ones(1, d);
        Matrix dBias = ones(1, d);
        backend.rowwise().layerNormBackward(x, gain, dOut, dx, dGain, dBias);
        Supplier<Table> forward = () -> NaiveSequence.layerNorm(tx, tGain, tBias);
        if (d > 1) {
          assertGradient(forward, dOut, tx, dx);
        }
        assertGradient(forward, dOut, tGain, dGain);
        assertGradient(forward, dOut, tBias, dBias);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aRowOfEqualNumbersBecomesTheBias(Backend backend) {
    Matrix bias = random(1, 50);
    for (float value : new float[] {0, 0.7f, -1234.567f}) {
      float[] row = new float[50];
      Arrays.fill(row, value);
      Matrix x = Matrix.of(1, 50, row);
      backend.rowwise().layerNorm(x, ones(1, 50), bias, x);
      assertArrayEquals(bias.toArray(), x.toArray(), 1e-5f);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void dropout(Backend backend) {
    for (double rate : new double[] {0, 0.2, 0.5}) {
      Dropout drop = new Dropout(99, rate);
      for (int d : new int[] {0, 1, 7, 64}) {
        Matrix x = random(37, d);
        Table expected = NaiveSequence.dropout(drop, Table.of(x));
        backend.rowwise().dropout(drop, x);
        assertClose(expected, x);
      }
    }
  }

  /** Checks a loss and its gradients against loops and their differences. */
  private void checkContrast(
      Contrast contrast, Matrix z, Matrix y, int[] same, ToDoubleFunction<Table[]> naive) {
    Table tz = Table.of(z);
    Table ty = Table.of(y);
    double expected = naive.applyAsDouble(new Table[] {tz, ty});
    Matrix dz = random(z.rows(), 1);
    Matrix dy = random(y.rows(), y.cols());
    assertEquals(expected, contrast.of(z, y, same, dz, dy), 1e-5 * Math.abs(expected) + 1e-12);
    assertContrastGradient(naive, tz, ty, tz, dz);
    assertContrastGradient(naive, tz, ty, ty, dy);
    for (int i = 0; i < same.length; i++) {
      assertTrue(same[i] < 0 || dy.get(i, same[i]) == 0);
    }
    contrast.of(z, y, same, z, y);
    assertArrayEquals(dz.toArray(), z.toArray());
    assertArrayEquals(dy.toArray(), y.toArray());
  }

  private static void assertContrastGradient(
      ToDoubleFunction<Table[]> naive, Table z, Table y, Table input, Matrix gradient) {
    double[] analytic = Table.of(gradient).values();
    GradientCheck check =
        GradientCheck.of(
            point -> naive.applyAsDouble(new Table[] {z, y}), input.values(), analytic, 1e-5);
    assertTrue(check.error() < 1e-6, check.toString());
  }

  private interface Contrast {
    double of(Matrix z, Matrix y, int[] same, Matrix dz, Matrix dy);
  }

  private int[] someSame(int n, int m) {
    return IntStream.range(0, n).map(i -> i % 3 == 0 ? -1 : rng.nextInt(-1, m)).toArray();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void contrasts(Backend backend) {
    Backend.Contrasts contrasts = backend.contrasts();
    for (int n : new int[] {0, 1, 5}) {
      for (int m : new int[] {0, 1, 2, 8, 45}) {
        int[] same = someSame(n, m);
        checkContrast(
            (z, y, s, dz, dy) -> contrasts.binaryContrast(z, y, s, 0.7, 0.3, dz, dy),
            random(n, 1),
            random(n, m),
            same,
            t -> NaiveSequence.binaryContrast(t[0], t[1], same, 0.7, 0.3));
        checkContrast(
            (z, y, s, dz, dy) -> contrasts.softmaxContrast(z, y, s, 0.4, dz, dy),
            random(n, 1),
            random(n, m),
            same,
            t -> NaiveSequence.softmaxContrast(t[0], t[1], same, 0.4));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void contrastsOfManyRowsAndColumns(Backend backend) {
    for (int[] shape : new int[][] {{15_000, 1}, {700, 3}, {64, 1500}, {3, 4000}}) {
      int n = shape[0];
      Matrix z = random(n, 1);
      Matrix y = random(n, shape[1]);
      backend.rowwise().scale(8, y);
      int[] same = someSame(n, shape[1]);
      Matrix dz = random(n, 1);
      Matrix dy = random(n, shape[1]);
      Table tz = Table.of(z);
      Table ty = Table.of(y);
      double binary = NaiveSequence.binaryContrast(tz, ty, same, 1, 1);
      assertEquals(
          binary, backend.contrasts().binaryContrast(z, y, same, 1, 1, dz, dy), 1e-5 * binary);
      for (int i = 0; i < n; i += 1 + n / 50) {
        for (int j = 0; j < shape[1]; j += 7) {
          double expected = j == same[i] ? 0 : 1 / (1 + Math.exp(-ty.at(i, j)));
          assertEquals(expected, dy.get(i, j), 1e-6);
        }
      }
      double softmax = NaiveSequence.softmaxContrast(tz, ty, same, 1);
      assertEquals(
          softmax, backend.contrasts().softmaxContrast(z, y, same, 1, dz, dy), 1e-5 * softmax);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void contrastsOfExtremeLogits(Backend backend) {
    Matrix z = Matrix.of(3, 1, 200, -200, 0);
    Matrix y = Matrix.of(3, 2, -200, -300, 200, 5, 0, 0);
    int[] none = {-1, -1, 1};
    Matrix dz = random(3, 1);
    Matrix dy = random(3, 2);
    double binary = backend.contrasts().binaryContrast(z, y, none, 1, 1, dz, dy);
    assertEquals(200 + 200 + 5 + Math.log1p(Math.exp(-5)) + 2 * Math.log(2), binary, 1e-3);
    assertArrayEquals(new float[] {0, -1, -0.5f}, dz.toArray(), 1e-6f);
    assertArrayEquals(new float[] {0, 0, 1, 0.9933072f, 0.5f, 0}, dy.toArray(), 1e-6f);
    double softmax = backend.contrasts().softmaxContrast(z, y, none, 1, dz, dy);
    assertEquals(400 + Math.log(2), softmax, 1e-3);
    assertArrayEquals(new float[] {0, -1, -0.5f}, dz.toArray(), 1e-6f);
    assertArrayEquals(new float[] {0, 0, 1, 0, 0.5f, 0}, dy.toArray(), 1e-6f);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void contrastsRefuseColumnsThatAreNotThere(Backend backend) {
    Matrix z = random(2, 1);
    Matrix y = random(2, 3);
    int[] beyond = {0, 3};
    assertThrows(
        IllegalArgumentException.class,
        () -> backend.contrasts().binaryContrast(z, y, beyond, 1, 1, z, y));
    assertThrows(
        IllegalArgumentException.class,
        () -> backend.contrasts().softmaxContrast(z, y, new int[3], 1, z, y));
  }

  private SelfAttention input(int d, int heads, boolean causal, Dropout dropout) {
    int events = STARTS[STARTS.length - 1];
    return new SelfAttention(
        random(events, d), random(events, d), random(events, d), heads, STARTS, causal, dropout);
  }

  private void checkSelf(Backend backend, SelfAttention input) {
    int events = input.events();
    int d = input.dims();
    Table queries = Table.of(input.queries());
    Table keys = Table.of(input.keys());
    Table values = Table.of(input.values());
    Supplier<Table> forward = () -> NaiveSequence.attendSelf(input, queries, keys, values);
    Matrix out = random(events, d);
    backend.attention().attendSelf(input, out);
    assertClose(forward.get(), out);
    Matrix dOut = random(events, d);
    SelfAttention.Gradient gradient =
        new SelfAttention.Gradient(ones(events, d), ones(events, d), ones(events, d));
    backend.attention().attendSelfBackward(input, out, dOut, gradient);
    assertGradient(forward, dOut, queries, gradient.queries());
    assertGradient(forward, dOut, keys, gradient.keys());
    assertGradient(forward, dOut, values, gradient.values());
  }

  /** One history has 70 events: more than a block. */
  @ParameterizedTest
  @MethodSource("backends")
  void selfAttention(Backend backend) {
    for (boolean causal : new boolean[] {true, false}) {
      checkSelf(backend, input(3, 1, causal, Dropout.none()));
      checkSelf(backend, input(4, 2, causal, new Dropout(12, 0.4)));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void manyHistoriesOnAllBackendsAlike(Backend backend) {
    int[] starts = new int[41];
    for (int b = 0; b < 40; b++) {
      starts[b + 1] = starts[b] + b * 5 % 201;
    }
    int events = starts[40];
    for (int heads : new int[] {1, 4}) {
      SelfAttention input =
          new SelfAttention(
              random(events, 64),
              random(events, 64),
              random(events, 64),
              heads,
              starts,
              true,
              new Dropout(3, 0.2));
      Matrix dOut = random(events, 64);
      float[][] expected = results(Contract.reference(), input, dOut);
      float[][] actual = results(backend, input, dOut);
      for (int i = 0; i < expected.length; i++) {
        assertArrayEquals(expected[i], actual[i], Contract.isCpu(backend) ? 0 : 1e-4f);
      }
    }
  }

  private static float[][] results(Backend backend, SelfAttention input, Matrix dOut) {
    int events = input.events();
    int d = input.dims();
    Matrix out = Matrix.zeros(events, d);
    SelfAttention.Gradient gradient =
        new SelfAttention.Gradient(ones(events, d), ones(events, d), ones(events, d));
    backend.attention().attendSelf(input, out);
    backend.attention().attendSelfBackward(input, out, dOut, gradient);
    return new float[][] {
      out.toArray(),
      gradient.queries().toArray(),
      gradient.keys().toArray(),
      gradient.values().toArray()
    };
  }

  /** What an event gets does not change with what comes after it, or with other histories. */
  @ParameterizedTest
  @MethodSource("backends")
  void causalAttentionDoesNotSeeWhatComesLater(Backend backend) {
    SelfAttention input = input(4, 2, true, Dropout.none());
    Matrix all = random(input.events(), 4);
    backend.attention().attendSelf(input, all);
    int[] shorter = {0, 20};
    Matrix part = random(20, 4);
    SelfAttention first =
        new SelfAttention(
            input.queries().rows(8, 28),
            input.keys().rows(8, 28),
            input.values().rows(8, 28),
            2,
            shorter,
            true,
            Dropout.none());
    backend.attention().attendSelf(first, part);
    assertArrayEquals(all.rows(8, 28).toArray(), part.toArray(), 1e-6f);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void noHistoriesAndEmptyOnes(Backend backend) {
    Matrix none = Matrix.zeros(0, 4);
    for (int[] starts : new int[][] {{0}, {0, 0, 0}}) {
      SelfAttention input =
          new SelfAttention(none, none, none, 2, starts, true, new Dropout(1, 0.5));
      backend.attention().attendSelf(input, none);
      SelfAttention.Gradient gradient = new SelfAttention.Gradient(none, none, none);
      backend.attention().attendSelfBackward(input, none, none, gradient);
    }
  }

  @Test
  void shapesThatDoNotBelongTogetherAreRefused() {
    Matrix x = random(5, 6);
    Dropout none = Dropout.none();
    for (int[] starts : new int[][] {{}, {1, 5}, {0, 4}, {0, 3, 2, 5}}) {
      assertThrows(
          IllegalArgumentException.class, () -> new SelfAttention(x, x, x, 2, starts, true, none));
    }
    int[] starts = {0, 5};
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new SelfAttention(x, x, x, 4, starts, true, none))
            .getMessage();
    assertTrue(message.contains("6") && message.contains("4"), message);
    assertThrows(
        IllegalArgumentException.class,
        () -> new SelfAttention(x, random(4, 6), x, 2, starts, true, none));
    assertThrows(
        IllegalArgumentException.class,
        () -> new SelfAttention(x, x, random(5, 4), 2, starts, true, none));
  }
}
