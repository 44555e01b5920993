package seminar.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.compute.Matrix;
import seminar.math.Workers;

/** Fusion of a pair with a missing modality against {@code oracle/fusion.json}. */
class FusionOracleTest {
  @Test
  void agreesWithTheOracle() throws Exception {
    JsonNode oracle =
        new ObjectMapper().readTree(getClass().getResourceAsStream("/oracle/fusion.json"));
    Backend backend = Backends.cpu().on(Workers.of(1));
    Matrix[] channels = new Matrix[4];
    for (int m = 0; m < 4; m++) {
      channels[m] = row(oracle.get("channels").get(m));
    }
    boolean[][] present = new boolean[3][1];
    for (int m = 0; m < 3; m++) {
      present[m][0] = oracle.get("present").get(m).asInt() == 1;
    }
    int d = channels[0].cols();
    Matrix item = Matrix.zeros(1, d);
    Matrix pair = Matrix.zeros(1, d);
    Matrix[] modalities = {channels[1], channels[2], channels[3]};
    float lambda = (float) oracle.get("queryWeight").asDouble();

    backend.fusion().fuse(modalities, present, row(oracle.get("w")), item);
    assertRow(oracle.get("expected").get("item"), item);
    backend.fusion().pairs(channels[0], new int[] {0}, item, new int[] {0}, lambda, pair);
    assertRow(oracle.get("expected").get("pair"), pair);
    backend.fusion().pairs(channels[0], new int[] {-1}, item, new int[] {0}, lambda, pair);
    assertRow(oracle.get("expected").get("pair_empty_query"), pair);
  }

  private static Matrix row(JsonNode values) {
    float[] row = new float[values.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) values.get(i).asDouble();
    }
    return Matrix.of(1, row.length, row);
  }

  private static void assertRow(JsonNode expected, Matrix actual) {
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).asDouble(), actual.get(0, i), 1e-6);
    }
  }
}
