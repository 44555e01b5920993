package seminar.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

class AucTest {
  @Test
  void agreesWithTheOracle() throws Exception {
    JsonNode auc =
        new ObjectMapper()
            .readTree(getClass().getResourceAsStream("/oracle/measures.json"))
            .get("auc");
    int n = auc.get("score").size();
    float[] scores = new float[n];
    boolean[] labels = new boolean[n];
    for (int i = 0; i < n; i++) {
      scores[i] = (float) auc.get("score").get(i).asDouble();
      labels[i] = auc.get("label").get(i).asInt() == 1;
    }
    assertEquals(auc.get("value").asDouble(), Auc.of(scores, labels), 1e-15);
  }

  @Test
  void countsPairsWithTiesAsOneHalf() {
    SplittableRandom rng = Rng.stream("test/auc", 1);
    for (int trial = 0; trial < 100; trial++) {
      int n = 2 + rng.nextInt(30);
      float[] scores = new float[n];
      boolean[] labels = new boolean[n];
      for (int i = 0; i < n; i++) {
        scores[i] = rng.nextInt(6) == 0 ? -0f : rng.nextInt(5);
        labels[i] = i == 0 || (i > 1 && rng.nextBoolean());
      }
      double won = 0;
      int pairs = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          if (labels[i] && !labels[j]) {
            won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            pairs++;
          }
        }
      }
      assertEquals(won / pairs, Auc.of(scores, labels), 1e-12);
    }
  }

  @Test
  void doesNotChangeUnderARisingMapOrAnotherOrder() {
    SplittableRandom rng = Rng.stream("test/auc", 2);
    for (int trial = 0; trial < 100; trial++) {
      int n = 2 + rng.nextInt(50);
      float[] scores = new float[n];
      float[] mapped = new float[n];
      float[] mirrored = new float[n];
      float[] shuffled = new float[n];
      boolean[] labels = new boolean[n];
      boolean[] shuffledLabels = new boolean[n];
      int[] order = Rng.permutation(rng, n);
      for (int i = 0; i < n; i++) {
        scores[i] = rng.nextInt(-6, 7);
        mapped[i] = (float) Math.exp(scores[i] / 2) - 3;
        mirrored[i] = -scores[i];
        labels[i] = i == 0 || (i > 1 && rng.nextBoolean());
      }
      for (int i = 0; i < n; i++) {
        shuffled[i] = scores[order[i]];
        shuffledLabels[i] = labels[order[i]];
      }
      double area = Auc.of(scores, labels);
      assertEquals(area, Auc.of(mapped, labels), 1e-12);
      assertEquals(area, Auc.of(shuffled, shuffledLabels), 1e-12);
      assertEquals(1 - area, Auc.of(mirrored, labels), 1e-12);
    }
  }

  @Test
  void needsBothLabelsAndRealScores() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Auc.of(new float[] {1, 2}, new boolean[] {true, true}));
    assertThrows(
        IllegalArgumentException.class,
        () -> Auc.of(new float[] {1, 2}, new boolean[] {false, false}));
    assertThrows(
        IllegalArgumentException.class,
        () -> Auc.of(new float[] {1, Float.NaN}, new boolean[] {true, false}));
    assertThrows(
        IllegalArgumentException.class, () -> Auc.of(new float[] {1}, new boolean[] {true, false}));
  }
}
