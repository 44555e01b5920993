package seminar.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.math.Workers;
import seminar.model.Parameter;
import seminar.model.Parameters;

/** Dense and row-sparse Adam against {@code oracle/adam.json}, three steps each. */
class AdamOracleTest {
  private final JsonNode oracle =
      new ObjectMapper().readTree(getClass().getResourceAsStream("/oracle/adam.json"));

  AdamOracleTest() throws IOException {}

  static Stream<Backend> backends() {
    return Stream.of(Backends.cpu().on(Workers.of(1)), Backends.nd4j().on(Workers.common()));
  }

  private Adam.Options options() {
    return new Adam.Options(
        oracle.get("lr").asDouble(),
        oracle.get("beta1").asDouble(),
        oracle.get("beta2").asDouble(),
        oracle.get("epsilon").asDouble());
  }

  private static float[] row(JsonNode values) {
    float[] row = new float[values.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) values.get(i).asDouble();
    }
    return row;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void denseStepsAgree(Backend backend) {
    JsonNode dense = oracle.get("dense");
    Parameters parameters = new Parameters(1);
    Parameter x = parameters.dense("x", 1, 3, 0);
    x.set(row(dense.get("start")));
    Adam adam = new Adam(backend, options());
    for (int step = 0; step < 3; step++) {
      parameters.clearGradients();
      x.gradient().set(row(dense.get("gradients").get(step)));
      adam.step(parameters);
      for (int i = 0; i < 3; i++) {
        double expected = dense.get("expected").get(step).get(i).asDouble();
        assertEquals(expected, x.value().get(0, i), 3e-7);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void rowsWithoutGradientStayAndTheirMomentsDoNotDecay(Backend backend) {
    JsonNode rows = oracle.get("rows");
    Parameters parameters = new Parameters(1);
    Parameter table = parameters.table("table", 3, 2, 0);
    table.set(new float[] {1, 2, 3, 4, 5, 6});
    Adam adam = new Adam(backend, options());
    for (int step = 0; step < 3; step++) {
      parameters.clearGradients();
      JsonNode gradients = rows.get("gradients").get(step);
      int[] touched =
          gradients.propertyStream().mapToInt(e -> Integer.parseInt(e.getKey())).toArray();
      table.touch(touched);
      for (int i = 0; i < touched.length; i++) {
        table.gradient().rows(i, i + 1).set(row(gradients.get(String.valueOf(touched[i]))));
      }
      adam.step(parameters);
      for (int r = 0; r < 3; r++) {
        for (int c = 0; c < 2; c++) {
          double expected = rows.get("expected").get(step).get(r).get(c).asDouble();
          assertEquals(expected, table.value().get(r, c), 6e-7, "step " + step + " row " + r);
        }
      }
    }
    assertEquals(3, adam.steps());
  }

  @Test
  void decaysThatNeverForgetAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Adam.Options(1e-3, 1, 0.999, 1e-8));
    assertThrows(IllegalArgumentException.class, () -> new Adam.Options(1e-3, 0.9, 1, 1e-8));
  }
}
