package seminar.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.compute.Groups;
import seminar.compute.Matrix;
import seminar.loss.ClickLoss;
import seminar.math.Workers;

/**
 * Attention and head against {@code oracle/target_attention.json}, computed by another program in
 * double precision: ragged histories (0, 2, 3, 7, 11 events), K = 3, two heads; choices, weights,
 * interests, logits, loss and every gradient.
 */
class TargetAttentionOracleTest {
  private static final double TOLERANCE = 2e-5;
  private final JsonNode oracle =
      new ObjectMapper().readTree(getClass().getResourceAsStream("/oracle/target_attention.json"));
  private final int d = oracle.get("d").asInt();
  private final int heads = oracle.get("heads").asInt();
  private final int topK = oracle.get("K").asInt();

  TargetAttentionOracleTest() throws IOException {}

  static Stream<Backend> backends() {
    return Stream.of(Backends.cpu().on(Workers.common()), Backends.nd4j().on(Workers.common()));
  }

  private static float[] flat(JsonNode node) {
    List<Float> values = new ArrayList<>();
    collect(node, values);
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  private static void collect(JsonNode node, List<Float> into) {
    if (node.isNumber()) {
      into.add((float) node.asDouble());
    }
    node.forEach(child -> collect(child, into));
  }

  /** [H][d][d] of the oracle beside each other, [d, H·d]. */
  private float[] sideBySide(JsonNode node) {
    float[] stacked = flat(node);
    float[] wide = new float[stacked.length];
    for (int h = 0; h < heads; h++) {
      for (int i = 0; i < d; i++) {
        System.arraycopy(stacked, (h * d + i) * d, wide, (i * heads + h) * d, d);
      }
    }
    return wide;
  }

  private static void assertClose(String what, float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length, what);
    for (int i = 0; i < expected.length; i++) {
      double scale = 1 + Math.abs(expected[i]);
      assertEquals(expected[i], actual[i], TOLERANCE * scale, what + " " + i);
    }
  }

  private void set(Parameters parameters, JsonNode values) {
    parameters.get("attention/query").set(sideBySide(values.get("Wq")));
    parameters.get("attention/queryBias").set(flat(values.get("bq")));
    parameters.get("attention/key").set(flat(values.get("Wk")));
    parameters.get("attention/value").set(flat(values.get("Wv")));
    parameters.get("attention/output").set(flat(values.get("Wo")));
    parameters.get("attention/outputBias").set(flat(values.get("bo")));
    parameters.get("head/first").set(flat(values.get("W1")));
    parameters.get("head/firstBias").set(flat(values.get("b1")));
    parameters.get("head/second").set(flat(values.get("W2")));
    parameters.get("head/secondBias").set(flat(values.get("b2")));
  }

  private static Groups oneTargetEach(JsonNode lengths) {
    int n = lengths.size();
    int[] from = new int[n];
    int[] to = new int[n];
    int[] counts = new int[n + 1];
    int events = 0;
    for (int b = 0; b < n; b++) {
      from[b] = events;
      events += lengths.get(b).asInt();
      to[b] = events;
      counts[b + 1] = b + 1;
    }
    return new Groups(from, to, counts, counts.clone());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void agreesWithTheOracle(Backend backend) {
    ModelOptions options =
        ModelOptions.paper()
            .withDims(d)
            .withAttention(AttentionOptions.paper(topK).withHeads(heads))
            .withHead(new HeadOptions(6, false, false, 0));
    Parameters parameters = new Parameters(1);
    TargetAttention attention = new TargetAttention(backend, parameters, options);
    ClickHead head = new ClickHead(backend, parameters, 1, options);
    set(parameters, oracle.get("params"));
    Groups groups = oneTargetEach(oracle.get("lengths"));
    int n = groups.groupCount();
    float[] keyValues = flat(oracle.get("keys"));
    Matrix keys = Matrix.of(keyValues.length / d, d, keyValues);
    Matrix t = Matrix.of(n, d, flat(oracle.get("params").get("targets")));

    Matrix u = Matrix.zeros(n, d);
    Attended attended = attention.forward(keys, t, groups, TargetAttention.Beside.NOTHING, u);
    Matrix logits = Matrix.zeros(n, 1);
    head.forward(u, t, batch(groups), logits);
    Matrix dLogits = Matrix.zeros(n, 1);
    double loss = new ClickLoss(backend).of(logits, flat(oracle.get("label")), dLogits);

    JsonNode expected = oracle.get("expected");
    assertChoices(expected, attended, groups);
    assertClose("u", flat(expected.get("u")), u.toArray());
    assertClose("logit", flat(expected.get("logit")), logits.toArray());
    assertEquals(expected.get("loss").asDouble(), loss, 1e-6);

    Matrix du = Matrix.zeros(n, d);
    Matrix dt = Matrix.zeros(n, d);
    Matrix dKeys = Matrix.zeros(keys.rows(), d);
    head.backward(dLogits, du, dt);
    attention.backward(du, dKeys, dt);
    assertClose("dKeys", flat(expected.get("grad_keys")), dKeys.toArray());
    assertClose("dt", flat(expected.get("grad").get("targets")), dt.toArray());
    assertGradients(expected.get("grad"), parameters);
  }

  /** Which items the candidates are plays no part here. */
  private static Batch batch(Groups groups) {
    int events = groups.keyTo()[groups.groupCount() - 1];
    int candidates = groups.candidateCount();
    return new Batch(
        new int[events], new int[events], groups, new int[candidates], new int[candidates]);
  }

  private void assertChoices(JsonNode expected, Attended attended, Groups groups) {
    for (int b = 0; b < groups.groupCount(); b++) {
      for (int h = 0; h < heads; h++) {
        JsonNode chosen = expected.get("selected").get(b).get(h);
        JsonNode weights = expected.get("attention").get(b).get(h);
        for (int i = 0; i < chosen.size(); i++) {
          int event = groups.keyFrom()[b] + chosen.get(i).asInt(); // best first in the oracle
          int cell = cellOf(attended, (b * heads + h) * topK, chosen.size(), event);
          assertEquals(weights.get(i).asDouble(), attended.weights()[cell], TOLERANCE);
        }
      }
    }
  }

  private static int cellOf(Attended attended, int from, int count, int event) {
    for (int cell = from; cell < from + count; cell++) {
      if (attended.selected()[cell] == event) {
        return cell;
      }
    }
    throw new AssertionError("event " + event + " was not chosen");
  }

  private void assertGradients(JsonNode gradient, Parameters parameters) {
    assertClose("dWq", sideBySide(gradient.get("Wq")), gradient(parameters, "attention/query"));
    assertClose("dbq", flat(gradient.get("bq")), gradient(parameters, "attention/queryBias"));
    assertClose("dWk", flat(gradient.get("Wk")), gradient(parameters, "attention/key"));
    assertClose("dWv", flat(gradient.get("Wv")), gradient(parameters, "attention/value"));
    assertClose("dWo", flat(gradient.get("Wo")), gradient(parameters, "attention/output"));
    assertClose("dbo", flat(gradient.get("bo")), gradient(parameters, "attention/outputBias"));
    assertClose("dW1", flat(gradient.get("W1")), gradient(parameters, "head/first"));
    assertClose("db1", flat(gradient.get("b1")), gradient(parameters, "head/firstBias"));
    assertClose("dW2", flat(gradient.get("W2")), gradient(parameters, "head/second"));
    assertClose("db2", flat(gradient.get("b2")), gradient(parameters, "head/secondBias"));
  }

  private static float[] gradient(Parameters parameters, String name) {
    return parameters.get(name).gradient().toArray();
  }
}
