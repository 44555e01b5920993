package seminar.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.compute.Groups;
import seminar.compute.Matrix;
import seminar.math.Rng;
import seminar.math.Workers;

/** The recency bias that falls with distance before anything is learned. */
class RecencyStartTest {
  private static final Backend BACKEND = Backends.cpu().on(Workers.of(1));
  private static final AttentionOptions ATTENTION =
      AttentionOptions.paper(4).withHeads(3).withRecencyBuckets(4);
  private static final ModelOptions OPTIONS =
      ModelOptions.paper().withDims(5).withAttention(ATTENTION);

  private static Parameters parameters(ModelOptions options) {
    Parameters parameters = new Parameters(1);
    new TargetAttention(BACKEND, parameters, options);
    return parameters;
  }

  private static ModelOptions starting(ModelOptions options, double slope) {
    return options.withAttention(options.attention().withRecencyStart(slope));
  }

  private static float[] recency(ModelOptions options) {
    return parameters(options).get("attention/recency").value().toArray();
  }

  @Test
  void theFirstHeadFallsMostAndTheLastNotAtAll() {
    float[] expected = {0, -2, -4, -6, 0, -1, -2, -3, 0, 0, 0, 0};
    float[] actual = recency(starting(OPTIONS, 2));
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 0.0, "a bias of " + i);
    }
    assertArrayEquals(new float[12], recency(OPTIONS));
    ModelOptions one = OPTIONS.withAttention(ATTENTION.withHeads(1));
    float[] only = recency(starting(one, 0.5));
    for (int b = 0; b < only.length; b++) {
      assertEquals(-0.5 * b, only[b], "a single head falls");
    }
  }

  @Test
  void everyOtherParameterStartsAsBefore() {
    Parameters plain = parameters(OPTIONS);
    for (Parameter parameter : parameters(starting(OPTIONS, 2)).all()) {
      if (!parameter.name().endsWith("/recency")) {
        assertArrayEquals(
            plain.get(parameter.name()).value().toArray(), parameter.value().toArray());
      }
    }
  }

  @Test
  void nearHeadsKeepLateEventsAndTheLastKeepsWhatItKept() {
    int n = 64;
    float[] keys = new float[n * 5];
    Rng.gaussian(Rng.stream("test/keys", 2), keys, 1);
    float[] target = {1, -1, 0.5f, 2, 0};
    int[] steep = chosen(starting(OPTIONS, 50), keys, target);
    int[] plain = chosen(OPTIONS, keys, target);
    // Buckets of distances 1, 2 to 3, 4 to 7, and all beyond: a steep head takes the first two, and
    // the best of the third.
    assertArrayEquals(new int[] {61, 62, 63}, Arrays.copyOfRange(steep, 1, 4));
    assertTrue(steep[0] >= 57 && steep[0] <= 60, "" + steep[0]);
    assertArrayEquals(Arrays.copyOfRange(plain, 8, 12), Arrays.copyOfRange(steep, 8, 12));
  }

  /** The K events that each head keeps [H, K]. */
  private static int[] chosen(ModelOptions options, float[] keys, float[] target) {
    TargetAttention attention = new TargetAttention(BACKEND, new Parameters(1), options);
    int n = keys.length / 5;
    Groups groups = new Groups(new int[] {0}, new int[] {n}, new int[] {0, 1}, new int[] {0, 1});
    Attended attended =
        attention.forward(
            Matrix.of(n, 5, keys),
            Matrix.of(1, 5, target),
            groups,
            TargetAttention.Beside.NOTHING,
            Matrix.zeros(1, 5));
    return attended.selected();
  }

  @Test
  void aStartWithoutABiasIsRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> AttentionOptions.paper(4).withRecencyStart(0.5))
            .getMessage();
    assertTrue(message.contains("recencyStart σ is 0.5"), message);
    assertTrue(message.contains("recencyBuckets is 0"), message);
    for (double wrong : new double[] {-1, Double.NaN, 101}) {
      assertThrows(IllegalArgumentException.class, () -> ATTENTION.withRecencyStart(wrong));
    }
  }
}
