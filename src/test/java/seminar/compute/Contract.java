package seminar.compute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import seminar.compute.Naive.Table;
import seminar.math.GradientCheck;
import seminar.math.Rng;
import seminar.math.Workers;

/** What the contract tests of the backends share. */
final class Contract {
  static final double VALUE = 2e-5;
  static final double GRADIENT = 1e-4;

  private Contract() {}

  /** Skips the tests where they are to run on a GPU (profile {@code cuda}) and none will do. */
  static void assumeDevice() {
    if (Boolean.getBoolean("seminar.cuda")) {
      double capability = computeCapability();
      assumeTrue(capability > 0, "no NVIDIA GPU: ND4J is not tested on one");
      assumeTrue(
          capability >= 3.7 && capability <= 8.6,
          "GPU of compute capability %s: ND4J's binaries run on 3.7 to 8.6".formatted(capability));
      assumeFalse(Matrix.onHost(), "ND4J found no use for the GPU: see what it printed");
    }
  }

  /** Of the first GPU, as its driver says; 0 where there is none. */
  private static double computeCapability() {
    ProcessBuilder command =
        new ProcessBuilder("nvidia-smi", "--query-gpu=compute_cap", "--format=csv,noheader");
    try (BufferedReader lines = command.redirectErrorStream(true).start().inputReader()) {
      String first = lines.readLine();
      return first != null && first.matches("\\d+\\.\\d+") ? Double.parseDouble(first) : 0;
    } catch (IOException absent) {
      return 0;
    }
  }

  /** What the others are compared with. */
  static Backend reference() {
    return Matrix.onHost()
        ? Backends.cpu().on(Workers.of(1))
        : Backends.nd4j().on(Workers.common());
  }

  /** Whether a backend is the CPU's own, which promises the same bits. */
  static boolean isCpu(Backend backend) {
    return backend.dense() instanceof CpuDense;
  }

  /** All that can run: the CPU's with one thread and with several, and ND4J's. */
  static Stream<Backend> backends() {
    if (!Matrix.onHost()) {
      return Stream.of(Backends.nd4j().on(Workers.common()));
    }
    return Stream.of(
        Backends.cpu().on(Workers.of(1)),
        Backends.cpu().on(Workers.of(3)),
        Backends.nd4j().on(Workers.common()));
  }

  static Matrix random(SplittableRandom rng, int rows, int cols) {
    float[] values = new float[rows * cols];
    Rng.gaussian(rng, values, 0.7);
    return Matrix.of(rows, cols, values);
  }

  static Matrix ones(int rows, int cols) {
    float[] values = new float[rows * cols];
    Arrays.fill(values, 1);
    return Matrix.of(rows, cols, values);
  }

  static void assertClose(Table expected, Matrix actual) {
    float[] values = actual.toArray();
    assertEquals(expected.values().length, values.length);
    for (int i = 0; i < values.length; i++) {
      assertEquals(expected.values()[i], values[i], VALUE * (1 + Math.abs(expected.values()[i])));
    }
  }

  /**
   * Checks the gradient of {@code Σ out · weight} with respect to {@code input}. Backward methods
   * add, so {@code gradient} started at one everywhere.
   */
  static void assertGradient(Supplier<Table> forward, Matrix weight, Table input, Matrix gradient) {
    float[] g = weight.toArray();
    double[] analytic = new double[gradient.length()];
    float[] values = gradient.toArray();
    for (int i = 0; i < analytic.length; i++) {
      analytic[i] = values[i] - 1.0;
    }
    GradientCheck check =
        GradientCheck.of(
            point -> {
              double[] out = forward.get().values();
              double sum = 0;
              for (int i = 0; i < out.length; i++) {
                sum += out[i] * g[i];
              }
              return sum;
            },
            input.values(),
            analytic,
            1e-6);
    assertTrue(check.error() < GRADIENT, check.toString());
  }
}
