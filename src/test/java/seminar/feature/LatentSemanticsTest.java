package seminar.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.junit.jupiter.api.Test;
import seminar.data.Queries;
import seminar.math.Rng;
import seminar.math.Vectors;
import seminar.math.Workers;

class LatentSemanticsTest {
  private static final List<String> TEXTS = texts(60);

  /** Texts of 4 to 13 of 40 words, those of a text near each other. */
  private static List<String> texts(int count) {
    SplittableRandom rng = Rng.stream("test/lsa", 3);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int topic = rng.nextInt(8);
      StringBuilder text = new StringBuilder();
      for (int w = 4 + rng.nextInt(10); w > 0; w--) {
        text.append("w").append(5 * topic + (int) (3 * rng.nextGaussian()) & 63).append(' ');
      }
      texts.add(text.toString());
    }
    return texts;
  }

  /** The weights of all texts, as the formula says. */
  private static RealMatrix dense(List<String> texts) {
    TreeMap<String, Integer> frequencies = new TreeMap<>();
    texts.forEach(
        text ->
            Queries.tokenize(text).stream()
                .distinct()
                .forEach(word -> frequencies.merge(word, 1, Integer::sum)));
    frequencies.values().removeIf(f -> f < 2);
    List<String> words = new ArrayList<>(frequencies.keySet());
    double[][] rows = new double[texts.size()][words.size()];
    for (int i = 0; i < texts.size(); i++) {
      for (String word : Queries.tokenize(texts.get(i))) {
        rows[i][Math.max(0, words.indexOf(word))] += words.contains(word) ? 1 : 0;
      }
      double squares = 0;
      for (int w = 0; w < words.size(); w++) {
        double idf = Math.log((1.0 + texts.size()) / (1.0 + frequencies.get(words.get(w)))) + 1;
        rows[i][w] = rows[i][w] == 0 ? 0 : (1 + Math.log(rows[i][w])) * idf;
        squares += rows[i][w] * rows[i][w];
      }
      for (int w = 0; w < words.size() && squares > 0; w++) {
        rows[i][w] /= Math.sqrt(squares);
      }
    }
    return new Array2DRowRealMatrix(rows);
  }

  @Test
  void theSpaceIsThatOfTheFullDecomposition() {
    int dims = 6;
    RealMatrix dense = dense(TEXTS);
    SingularValueDecomposition full = new SingularValueDecomposition(dense);
    LatentSemantics lsa =
        LatentSemantics.fit(TEXTS, new LatentSemantics.Options(dims, 2, 10, 30, 1));
    assertEquals(dense.getColumnDimension(), lsa.vocabulary());
    double kept = 0;
    for (int c = 0; c < dims; c++) {
      assertEquals(full.getSingularValues()[c], lsa.singularValues()[c], 1e-4);
      kept += Math.pow(full.getSingularValues()[c], 2);
    }
    assertEquals(kept / Math.pow(dense.getFrobeniusNorm(), 2), lsa.explained(), 1e-5);
    // Inner products in the space do not depend on the signs of its axes.
    RealMatrix projected = dense.multiply(full.getV().getSubMatrix(0, lsa.vocabulary() - 1, 0, 5));
    for (int a = 0; a < 20; a++) {
      for (int b = 0; b < 20; b++) {
        double cosine = projected.getRowVector(a).cosine(projected.getRowVector(b));
        float found = Vectors.dot(lsa.encode(TEXTS.get(a)), lsa.encode(TEXTS.get(b)));
        assertEquals(cosine, found, 1e-4);
      }
    }
    LatentSemantics usual = LatentSemantics.fit(TEXTS, LatentSemantics.Options.of(dims, 1));
    assertEquals(lsa.explained(), usual.explained(), 1e-3);
  }

  @Test
  void wordsThatMeetTheSameWordsAreNear() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      texts.add("sofa living room furniture");
      texts.add("couch living room furniture");
      texts.add("lorry engine road wheel");
      texts.add("truck engine road wheel");
    }
    LatentSemantics lsa = LatentSemantics.fit(texts, LatentSemantics.Options.of(2, 1));
    assertTrue(Vectors.dot(lsa.encode("Sofa"), lsa.encode("couch!")) > 0.99);
    assertEquals(0, Vectors.dot(lsa.encode("sofa"), lsa.encode("truck")), 1e-3);
    for (float[] vector : lsa.encodeBatch(List.of("sofa truck", "road", "sofa unheard"))) {
      assertEquals(1, Vectors.norm(vector, 0, 2), 1e-5);
    }
  }

  @Test
  void aTextWithoutAKnownWordIsZero() {
    LatentSemantics lsa =
        LatentSemantics.fit(
            List.of("red lamp", "red mug", "blue once"), LatentSemantics.Options.of(3, 1));
    assertEquals(1, lsa.vocabulary(), "words of one text do not count");
    for (String text : List.of("", "...", "lamp", "green")) {
      assertArrayEquals(new float[3], lsa.encode(text));
    }
    assertArrayEquals(new float[] {1, 0, 0}, lsa.encode("red"), "one word spans one direction");
    assertArrayEquals(new double[] {Math.sqrt(2), 0, 0}, lsa.singularValues(), 1e-6);
    assertEquals(1, lsa.explained(), 1e-6);
  }

  @Test
  void aTextOutsideTheSpaceIsZeroAndNotNoise() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      texts.add("a b");
    }
    texts.add("c d");
    texts.add("c d");
    LatentSemantics lsa = LatentSemantics.fit(texts, LatentSemantics.Options.of(1, 1));
    assertArrayEquals(new float[] {1}, lsa.encode("a"), 1e-6f);
    assertArrayEquals(new float[1], lsa.encode("c d"));
  }

  @Test
  void threadsAndBatchesChangeNoBit() {
    List<String> texts = texts(900);
    LatentSemantics.Options options = LatentSemantics.Options.of(16, 5);
    try (Workers one = Workers.of(1);
        Workers five = Workers.of(5)) {
      LatentSemantics a = LatentSemantics.fit(900, texts::get, options, one);
      LatentSemantics b = LatentSemantics.fit(900, texts::get, options, five);
      assertEquals(a.fingerprint(), b.fingerprint());
      List<float[]> batch = b.encodeBatch(texts);
      for (int i = 0; i < 900; i++) {
        assertArrayEquals(a.encode(texts.get(i)), batch.get(i));
      }
      LatentSemantics other =
          LatentSemantics.fit(texts.subList(1, 900), LatentSemantics.Options.of(16, 5));
      assertNotEquals(a.fingerprint(), other.fingerprint());
    }
  }

  @Test
  void whatCannotBeFittedIsRefused() {
    LatentSemantics.Options options = LatentSemantics.Options.of(2, 1);
    for (List<String> texts : List.of(List.<String>of(), List.of("a", "b"), List.of("", ""))) {
      Exception e =
          assertThrows(IllegalArgumentException.class, () -> LatentSemantics.fit(texts, options));
      assertTrue(e.getMessage().startsWith("no word occurs in minimumTexts = 2"), e.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> new LatentSemantics.Options(0, 1, 0, 0, 1));
  }
}
