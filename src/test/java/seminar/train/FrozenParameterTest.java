package seminar.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.compute.Backends;
import seminar.math.Workers;
import seminar.model.Parameter;
import seminar.model.Parameters;

class FrozenParameterTest {
  private static final float[] START = {1, 2};

  private final Parameters parameters = new Parameters(1);
  private final Parameter first = parameters.dense("part/first", 1, 2, 0);
  private final Parameter second = parameters.dense("part/second", 1, 2, 0);
  private final Parameter other = parameters.dense("other", 1, 2, 0);
  private final Adam adam = new Adam(Backends.cpu().on(Workers.of(1)), Adam.Options.withRate(0.1));

  private void step() {
    parameters.clearGradients();
    for (Parameter parameter : parameters.all()) {
      parameter.gradient().set(new float[] {1, -3});
    }
    adam.step(parameters);
  }

  @Test
  void aFrozenParameterKeepsItsValueAndItsMoments() {
    parameters.all().forEach(parameter -> parameter.set(START));
    parameters.matching("part/").forEach(parameter -> parameter.freeze(true));
    step();
    assertArrayEquals(START, first.value().toArray());
    assertArrayEquals(START, second.value().toArray());
    first.freeze(false);
    step();
    // First gradient of an element, at step 2 of Adam: the signs of the gradient, times
    // 0.1 · (0.1 / (1 − 0.9²)) / √(0.001 / (1 − 0.999²)).
    double move = 0.1 * (0.1 / (1 - 0.81)) / Math.sqrt(0.001 / (1 - 0.998001));
    assertEquals(1 - move, first.value().get(0, 0), 1e-6);
    assertEquals(2 + move, first.value().get(0, 1), 1e-6);
    assertArrayEquals(START, second.value().toArray());
  }

  @Test
  void partsAreFoundByTheirPrefix() {
    assertEquals(List.of(first, second), parameters.matching("part/"));
    assertEquals(List.of(first, second, other), parameters.matching(""));
    IllegalArgumentException none =
        assertThrows(IllegalArgumentException.class, () -> parameters.matching("att"));
    assertEquals(
        "no parameter begins with att; there are [part/first, part/second, other]",
        none.getMessage());
  }
}
