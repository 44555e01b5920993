package seminar.search;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import seminar.math.Rng;
import seminar.model.Parameter;
import seminar.train.LabelledBatch;
import seminar.train.Trainable;

/** Checks the gradients of a whole model by central differences. */
final class GradientsOfModel {
  private static final double[] STEPS = {1e-3, 3e-4, 1e-4};
  private static final int PAD = 0;

  private GradientsOfModel() {}

  /**
   * The derivative along a random direction of each parameter that learns. Float arithmetic allows
   * no better than about one per cent, which is enough to see a missing or doubled term; each
   * operation is checked to 1e-4 by the contract test. Where a ReLU or a choice changes sides
   * within a step, a shorter one must agree. Row 0 of a table is a pad, which does not learn.
   *
   * @return the parameters whose gradient is not zero
   */
  static Set<String> check(Trainable model, LabelledBatch batch) {
    Set<String> moving = new TreeSet<>();
    for (Parameter parameter : model.parameters().all()) {
      float[] start = parameter.value().toArray();
      if (start.length == 0 || parameter.frozen()) {
        continue;
      }
      model.gradients(batch);
      float[] direction = new float[start.length];
      double analytic = direction(parameter, direction);
      double[] numeric = new double[STEPS.length];
      for (int i = 0; i < STEPS.length; i++) {
        parameter.set(moved(start, direction, STEPS[i]));
        double above = model.gradients(batch).total();
        parameter.set(moved(start, direction, -STEPS[i]));
        numeric[i] = (above - model.gradients(batch).total()) / (2 * STEPS[i]);
      }
      parameter.set(start);
      assertTrue(
          Arrays.stream(numeric)
              .anyMatch(n -> Math.abs(n - analytic) <= 0.02 * Math.max(0.02, Math.abs(n))),
          "%s: %s, but by differences %s"
              .formatted(parameter.name(), analytic, Arrays.toString(numeric)));
      if (analytic != 0) {
        moving.add(parameter.name());
      }
    }
    assertTrue(!moving.isEmpty(), "no parameter has a gradient");
    return moving;
  }

  /** Unit direction with a part along the gradient, so that the derivative is not near zero. */
  private static double direction(Parameter parameter, float[] direction) {
    Rng.gaussian(Rng.stream("test/" + parameter.name(), 3), direction, 0.3);
    float[] gradient = parameter.gradient().toArray();
    int cols = parameter.value().cols();
    double norm = 0;
    for (float g : gradient) {
      norm += (double) g * g;
    }
    float boost = (float) (1 / Math.max(1e-12, Math.sqrt(norm)));
    for (int i = 0; i < parameter.rows().length; i++) {
      for (int c = 0; c < cols; c++) {
        direction[parameter.rows()[i] * cols + c] += boost * gradient[i * cols + c];
      }
    }
    for (int c = 0; parameter.isTable() && c < cols; c++) {
      direction[PAD * cols + c] = 0;
    }
    double length = 0;
    for (float v : direction) {
      length += (double) v * v;
    }
    double derivative = 0;
    for (int i = 0; i < direction.length; i++) {
      direction[i] /= (float) Math.sqrt(length);
    }
    for (int i = 0; i < parameter.rows().length; i++) {
      for (int c = 0; c < cols; c++) {
        derivative += (double) gradient[i * cols + c] * direction[parameter.rows()[i] * cols + c];
      }
    }
    return derivative;
  }

  private static float[] moved(float[] start, float[] direction, double step) {
    float[] values = new float[start.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (start[i] + step * direction[i]);
    }
    return values;
  }
}
