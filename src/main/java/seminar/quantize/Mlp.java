package seminar.quantize;

import java.util.SplittableRandom;

/**
 * A network of one hidden layer, {@code W₂ᵀ tanh(W₁ᵀ x + b₁) + b₂}, with its gradient; in double
 * precision, so that the gradient can be checked.
 *
 * <p>Shapes: W₁ [in, hidden], W₂ [hidden, out]. Parameters lie in one array: W₁, b₁, W₂, b₂.
 */
final class Mlp {
  private final int in;
  private final int hidden;
  private final int out;
  private final double[] parameters;

  /** Drawn evenly with variance 1/fan-in; biases are 0. */
  Mlp(int in, int hidden, int out, SplittableRandom rng) {
    this.in = in;
    this.hidden = hidden;
    this.out = out;
    this.parameters = new double[in * hidden + hidden + hidden * out + out];
    fill(0, in * hidden, Math.sqrt(3.0 / in), rng);
    fill(in * hidden + hidden, hidden * out, Math.sqrt(3.0 / hidden), rng);
  }

  private void fill(int from, int count, double bound, SplittableRandom rng) {
    for (int i = from; i < from + count; i++) {
      parameters[i] = (2 * rng.nextDouble() - 1) * bound;
    }
  }

  double[] parameters() {
    return parameters;
  }

  int hidden() {
    return hidden;
  }

  int out() {
    return out;
  }

  /**
   * Computes the output.
   *
   * @param x [in]
   * @param h receives the hidden layer [hidden], which {@link #backward} needs
   * @param y receives the output [out]
   */
  void forward(double[] x, double[] h, double[] y) {
    int bias = in * hidden;
    System.arraycopy(parameters, bias, h, 0, hidden);
    for (int i = 0; i < in; i++) {
      add(x[i], parameters, i * hidden, h, 0, hidden);
    }
    for (int j = 0; j < hidden; j++) {
      h[j] = Math.tanh(h[j]);
    }
    int second = bias + hidden;
    System.arraycopy(parameters, second + hidden * out, y, 0, out);
    for (int j = 0; j < hidden; j++) {
      add(h[j], parameters, second + j * out, y, 0, out);
    }
  }

  /**
   * Adds the gradient of a number whose derivative by the output is {@code dy}.
   *
   * @param x [in] and {@code h} [hidden] as in {@link #forward}
   * @param dy [out]
   * @param gradient of the parameters, added to
   * @param dh receives the derivative by the hidden layer before its tanh [hidden]
   */
  void backward(double[] x, double[] h, double[] dy, double[] gradient, double[] dh) {
    int bias = in * hidden;
    int second = bias + hidden;
    add(1, dy, 0, gradient, second + hidden * out, out);
    for (int j = 0; j < hidden; j++) {
      add(h[j], dy, 0, gradient, second + j * out, out);
      dh[j] = dot(parameters, second + j * out, dy, out) * (1 - h[j] * h[j]);
    }
    add(1, dh, 0, gradient, bias, hidden);
    for (int i = 0; i < in; i++) {
      add(x[i], dh, 0, gradient, i * hidden, hidden);
    }
  }

  /**
   * Goes on to the input.
   *
   * @param dh as {@link #backward} left it
   * @param dx receives the derivative by x [in]
   */
  void backwardInput(double[] dh, double[] dx) {
    for (int i = 0; i < in; i++) {
      dx[i] = dot(parameters, i * hidden, dh, hidden);
    }
  }

  private static void add(double scale, double[] x, int from, double[] y, int to, int count) {
    for (int i = 0; i < count; i++) {
      y[to + i] = Math.fma(scale, x[from + i], y[to + i]);
    }
  }

  /** In four sums, so that an addition need not wait for the one before. */
  private static double dot(double[] a, int from, double[] b, int count) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      sum0 = Math.fma(a[from + i], b[i], sum0);
      sum1 = Math.fma(a[from + i + 1], b[i + 1], sum1);
      sum2 = Math.fma(a[from + i + 2], b[i + 2], sum2);
      sum3 = Math.fma(a[from + i + 3], b[i + 3], sum3);
    }
    for (; i < count; i++) {
      sum0 = Math.fma(a[from + i], b[i], sum0);
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }
}
