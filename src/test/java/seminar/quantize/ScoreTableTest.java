package seminar.quantize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;
import seminar.math.TopK;
import seminar.math.Workers;
import seminar.retrieve.ProductRetriever;
import seminar.retrieve.ProductRetriever.Mode;
import seminar.retrieve.Retrieval;
import seminar.retrieve.Target;

class ScoreTableTest {
  private static final int L = 300;
  private static final int M = 4;
  private static final int D = 16;
  private static final float[] GAMMA = {0.1f, 0.2f, 0.3f, 0.4f};
  private static final Workers WORKERS = Workers.common();

  private final float[] events = gaussian(L * M * D, 1);
  private final float[] target = gaussian(M * D, 2);
  private final MultiModalQuantizer quantizer =
      MultiModalQuantizer.fit(
          events, M, D, ProductQuantizer.Options.of(8, 32), Rng.stream("test", 1), WORKERS);
  private final Codes codes = quantizer.encode(events, WORKERS);
  private final Codes targetCodes = quantizer.encode(target, WORKERS);

  @Test
  void agreesWithTheOracle() throws Exception {
    JsonNode oracle =
        new ObjectMapper()
            .readTree(getClass().getResourceAsStream("/oracle/product_quantisation.json"));
    List<ProductQuantizer> channels = new ArrayList<>();
    for (JsonNode channel : oracle.get("codebook")) {
      channels.add(ProductQuantizer.of(floats(channel), 8, 4));
    }
    MultiModalQuantizer known = MultiModalQuantizer.of(channels);
    float[] gamma = floats(oracle.get("gamma"));
    float[] t = floats(oracle.get("target"));
    JsonNode expected = oracle.get("expected");

    Codes found = known.encode(floats(oracle.get("events")), WORKERS);
    assertEquals(Codes.of(ints(expected.get("codes")), 16, 5), found);
    Codes foundTarget = known.encode(t, WORKERS);
    assertEquals(Codes.of(ints(expected.get("target_codes")), 16, 5), foundTarget);

    float[] symmetric = floats(expected.get("symmetric"));
    SymmetricTable table = SymmetricTable.of(known, WORKERS);
    assertArrayEquals(symmetric, table.score(foundTarget, found, gamma).scores(), 1e-6f);
    assertArrayEquals(symmetric, scores(known, found, Mode.SYMMETRIC, new Target(t, gamma)), 1e-6f);
    float[] asymmetric = floats(expected.get("asymmetric"));
    assertArrayEquals(
        asymmetric, scores(known, found, Mode.ASYMMETRIC, new Target(t, gamma)), 1e-6f);
  }

  /** The scores of all events, in their order, that the retriever finds. */
  private static float[] scores(MultiModalQuantizer by, Codes codes, Mode mode, Target target) {
    TopK top = search(by, codes, mode, target).top();
    float[] scores = new float[codes.rows()];
    for (int i = 0; i < scores.length; i++) {
      scores[top.indices()[i]] = top.scores()[i];
    }
    return scores;
  }

  private static Retrieval search(MultiModalQuantizer by, Codes codes, Mode mode, Target target) {
    return ProductRetriever.of(by, codes, mode).search(target, Math.max(1, codes.rows()));
  }

  /** The formulas in double precision: what the library computes in floats is close to them. */
  @Test
  void theFormulasInDoublesAreTheOracleToTenDigits() throws Exception {
    JsonNode oracle =
        new ObjectMapper()
            .readTree(getClass().getResourceAsStream("/oracle/product_quantisation.json"));
    double[] gamma = doubles(oracle.get("gamma"));
    double[] codebook = doubles(oracle.get("codebook")); // [4, 4, 5, 2]
    double[] all = doubles(oracle.get("events")); // [6, 4, 8]
    double[] t = doubles(oracle.get("target")); // [4, 8]
    JsonNode expected = oracle.get("expected");
    double[] decoded = decode(all, ints(expected.get("codes")), codebook);
    double[] decodedTarget = decode(t, ints(expected.get("target_codes")), codebook);
    for (int l = 0; l < 6; l++) {
      assertEquals(expected.get("exact").get(l).asDouble(), dot(all, l, t, gamma), 1e-10);
      assertEquals(expected.get("asymmetric").get(l).asDouble(), dot(decoded, l, t, gamma), 1e-10);
      assertEquals(
          expected.get("symmetric").get(l).asDouble(),
          dot(decoded, l, decodedTarget, gamma),
          1e-10);
    }
  }

  /** Vectors [n, 4, 8] replaced by centroids of two dims. */
  private static double[] decode(double[] vectors, int[] codes, double[] codebook) {
    double[] decoded = vectors.clone();
    for (int i = 0; i < decoded.length; i++) {
      int slice = i / 2 % 16; // channel and subspace
      decoded[i] = codebook[(slice * 5 + codes[i / 2]) * 2 + i % 2];
    }
    return decoded;
  }

  private static double dot(double[] events, int l, double[] target, double[] gamma) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        for (int n = 0; n < 8; n++) {
          sum += gamma[i] * gamma[j] * target[i * 8 + n] * events[(l * 4 + j) * 8 + n];
        }
      }
    }
    return sum;
  }

  private static double[] doubles(JsonNode node) {
    List<Double> values = new ArrayList<>();
    leaves(node, leaf -> values.add(leaf.asDouble()));
    return values.stream().mapToDouble(value -> value).toArray();
  }

  @Test
  void thePapersLookUpsTheirCollapseAndTheDecodedDotAgree() {
    SymmetricTable table = SymmetricTable.of(quantizer, WORKERS);
    float[] decoded = quantizer.decode(codes);
    float[] decodedTarget = quantizer.decode(targetCodes);
    float[] expected = new float[L];
    for (int l = 0; l < L; l++) {
      expected[l] = fusedDot(decoded, l, decodedTarget);
    }
    assertArrayEquals(expected, table.score(targetCodes, codes, GAMMA).scores(), 1e-5f);
    assertArrayEquals(
        expected, scores(quantizer, codes, Mode.SYMMETRIC, new Target(target, GAMMA)), 1e-5f);
  }

  @Test
  void asymmetricScoresAreTheDotOfTheTargetWithDecodedEvents() {
    float[] decoded = quantizer.decode(codes);
    float[] scores = scores(quantizer, codes, Mode.ASYMMETRIC, new Target(target, GAMMA));
    for (int l = 0; l < L; l++) {
      assertEquals(fusedDot(decoded, l, target), scores[l], 1e-5f);
    }
  }

  @Test
  void asymmetricEqualsSymmetricWhenTheTargetIsMadeOfCentroids() {
    float[] centroids = quantizer.decode(targetCodes);
    assertArrayEquals(
        scores(quantizer, codes, Mode.SYMMETRIC, new Target(centroids, GAMMA)),
        scores(quantizer, codes, Mode.ASYMMETRIC, new Target(centroids, GAMMA)));
  }

  @Test
  void everyTableCountsItsWork() {
    SymmetricTable table = SymmetricTable.of(quantizer, WORKERS);
    Cost paper = table.score(targetCodes, codes, GAMMA).cost();
    assertEquals(L * M * M * 8, paper.lookups());
    assertEquals(SymmetricTable.bytes(M, 8, 32) + codes.bytes(), paper.bytes());
    Target asked = new Target(target, GAMMA);
    Cost collapsed = search(quantizer, codes, Mode.SYMMETRIC, asked).cost();
    assertEquals(L * M * 8, collapsed.lookups());
    Cost asymmetric = search(quantizer, codes, Mode.ASYMMETRIC, asked).cost();
    assertEquals(L * M * 8, asymmetric.lookups());
    assertEquals(M * 32 * D + 2 * M * D, asymmetric.multiplications());
    assertEquals(codes.bytes() + 4 * M * 8 * 32, asymmetric.bytes());
    assertEquals(134_217_728L, SymmetricTable.bytes(4, 8, 512));
  }

  @Test
  void noEventsHaveNoScores() {
    Codes none = quantizer.encode(new float[0], WORKERS);
    Target asked = new Target(target, GAMMA);
    assertEquals(0, search(quantizer, none, Mode.ASYMMETRIC, asked).top().size());
  }

  @Test
  void refusesShapesThatDoNotFit() {
    SymmetricTable table = SymmetricTable.of(quantizer, WORKERS);
    refused("gamma", () -> table.score(targetCodes, codes, new float[3]));
    refused("list of targets", () -> table.score(codes, codes, GAMMA));
    refused("row of codes", () -> table.score(targetCodes, Codes.of(new int[8], 8, 32), GAMMA));
    for (Mode mode : Mode.values()) {
      for (int length : new int[] {D, 2 * M * D}) {
        Target other = new Target(new float[length], GAMMA);
        refused("target", () -> search(quantizer, codes, mode, other));
      }
      Codes narrowCodes = Codes.of(new int[8], 8, 32);
      Target asked = new Target(target, GAMMA);
      refused("row of codes", () -> search(quantizer, narrowCodes, mode, asked));
    }
    ProductQuantizer wide = ProductQuantizer.of(new float[65_536], 1, 1);
    MultiModalQuantizer huge = MultiModalQuantizer.of(List.of(wide));
    refused("17179869184 bytes", () -> SymmetricTable.of(huge, WORKERS));
    ProductQuantizer narrow = ProductQuantizer.of(new float[4], 1, 1);
    refused("codebook", () -> MultiModalQuantizer.of(List.of(wide, narrow)));
  }

  private static void refused(String words, org.junit.jupiter.api.function.Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(words), message);
  }

  private static float fusedDot(float[] events, int l, float[] target) {
    double sum = 0;
    for (int n = 0; n < D; n++) {
      double key = 0;
      double query = 0;
      for (int m = 0; m < M; m++) {
        key += GAMMA[m] * events[(l * M + m) * D + n];
        query += GAMMA[m] * target[m * D + n];
      }
      sum += key * query;
    }
    return (float) sum;
  }

  private static float[] gaussian(int size, long seed) {
    float[] values = new float[size];
    Rng.gaussian(Rng.stream("test/gaussian", seed), values, 1);
    return values;
  }

  private static float[] floats(JsonNode node) {
    List<Float> values = new ArrayList<>();
    leaves(node, leaf -> values.add((float) leaf.asDouble()));
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i);
    }
    return array;
  }

  private static int[] ints(JsonNode node) {
    List<Integer> values = new ArrayList<>();
    leaves(node, leaf -> values.add(leaf.asInt()));
    return values.stream().mapToInt(i -> i).toArray();
  }

  private static void leaves(JsonNode node, java.util.function.Consumer<JsonNode> each) {
    if (node.isValueNode()) {
      each.accept(node);
    } else {
      node.forEach(child -> leaves(child, each));
    }
  }
}
