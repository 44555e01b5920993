package seminar.feature.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.math.Vectors;

class MiniLmTest {
  private static OnnxSentences encoder;

  @TempDir private Path folder;

  @BeforeAll
  static void open() throws IOException {
    encoder = MiniLm.open(MiniLmJar.file());
  }

  @AfterAll
  static void close() {
    if (encoder != null) {
      encoder.close();
    }
  }

  private static double cosine(float[] a, float[] b) {
    return Vectors.dot(a, 0, b, 0, a.length);
  }

  @Test
  void similaritiesAreThePublishedOnesWithinWhatEightBitsCost() {
    List<String> texts =
        List.of(
            "The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium.");
    // sbert.net, "Quickstart", of the weights of 32 bits.
    double[][] published = {{1, 0.6660, 0.1046}, {0.6660, 1, 0.1411}, {0.1046, 0.1411, 1}};
    List<float[]> vectors = encoder.encodeBatch(texts);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 3; j++) {
        assertEquals(published[i][j], cosine(vectors.get(i), vectors.get(j)), i == j ? 1e-6 : 0.05);
      }
    }
  }

  @Test
  void numbersAreThoseOfAnotherProgramThatReadTheSameFile() {
    assertEquals(384, encoder.dims());
    float[] vector = encoder.encode("This is an example sentence");
    long[] ids = {101, 2023, 2003, 2019, 2742, 6251, 102};
    assertArrayEquals(ids, encoder.ids("This is an example sentence"));
    // ONNX Runtime 1.30 and tokenizers 0.23 for Python; processors differ in the last digits.
    float[] expected = {0.0622f, 0.0809f, 0.0539f, 0.0836f, 0.0374f, 0.0205f};
    assertArrayEquals(expected, Arrays.copyOf(vector, 6), 0.01f);
    // The model's card, of the weights of 32 bits.
    float[] card = {0.0677f, 0.0635f, 0.0487f, 0.0793f, 0.0374f, 0.0027f};
    assertArrayEquals(card, Arrays.copyOf(vector, 6), 0.03f);
  }

  @Test
  void paraphrasesAreNearerThanOthersByFar() {
    String[][] pairs = {
      {"The new movie is awesome", "The new movie is so great"},
      {"A man is playing guitar", "Somebody plays the guitar"},
      {"How do I reset my password?", "I forgot my password and want a new one"},
      {"Gift card for a birthday", "Birthday gift card"},
      {"Robots take over the world", "Machines rise against mankind"}
    };
    double nearest = 1;
    double farthest = -1;
    for (int i = 0; i < pairs.length; i++) {
      float[] first = encoder.encode(pairs[i][0]);
      for (int j = 0; j < pairs.length; j++) {
        double similarity = cosine(first, encoder.encode(pairs[j][1]));
        if (i == j) {
          nearest = Math.min(nearest, similarity);
        } else {
          farthest = Math.max(farthest, similarity);
        }
      }
    }
    assertTrue(nearest > farthest + 0.1, nearest + " " + farthest);
  }

  @Test
  void queriesFindTheirTitles() {
    List<String> titles =
        List.of(
            "Toy Story (1995). A cowboy doll is jealous of a new spaceman figure.",
            "Alien (1979). The crew of a spaceship meets a deadly creature.",
            "Titanic (1997). Two lovers on a ship that sinks.",
            "The Godfather (1972). The head of a crime family hands over to his son.");
    List<String> queries =
        List.of("animated toys", "horror in outer space", "romance at sea", "mafia");
    List<float[]> items = encoder.encodeBatch(titles);
    List<Integer> best = new ArrayList<>();
    for (float[] query : encoder.encodeBatch(queries)) {
      double[] scores = items.stream().mapToDouble(item -> cosine(query, item)).toArray();
      best.add(
          Arrays.stream(scores).boxed().toList().indexOf(Arrays.stream(scores).max().orElse(0)));
    }
    assertEquals(List.of(0, 1, 2, 3), best);
  }

  @Test
  void aVectorDoesNotDependOnItsNeighbours() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      texts.add("A film of the year " + (1950 + i) + ". ".repeat(i) + "about love".repeat(i));
    }
    List<float[]> together = encoder.encodeBatch(texts);
    for (int i = 0; i < texts.size(); i++) {
      assertArrayEquals(together.get(i), encoder.encode(texts.get(i)), texts.get(i));
      assertEquals(1, cosine(together.get(i), together.get(i)), 1e-6);
    }
  }

  @Test
  void longTextsAreCutAndThoseThatSayNothingAreZero() {
    long[] ids = encoder.ids("film ".repeat(1000));
    assertEquals(OnnxSentences.LENGTH, ids.length);
    assertEquals(101, ids[0]);
    assertEquals(102, ids[255]);
    assertArrayEquals(encoder.encode("film ".repeat(254)), encoder.encode("film ".repeat(1000)));
    assertArrayEquals(new float[384], encoder.encode(""));
    assertArrayEquals(new float[384], encoder.encode(" \u200b\t"));
  }

  private Path jar(String name, String entry, byte[] content) throws IOException {
    Path jar = folder.resolve(name);
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content);
    }
    return jar;
  }

  private static void refused(Path jar, String expected) {
    IOException e = assertThrows(IOException.class, () -> MiniLm.open(jar));
    assertTrue(e.getMessage().contains(jar + expected), e.getMessage());
    assertTrue(e.getMessage().contains(MiniLm.LIBRARY), e.getMessage());
  }

  @Test
  void anotherJarIsRefused() throws IOException {
    refused(folder.resolve("none.jar"), " is missing");
    refused(Files.writeString(folder.resolve("text.jar"), "text"), " is no whole jar");
    refused(jar("empty.jar", "a", new byte[0]), " holds no all-minilm-l6-v2-q.onnx");
    refused(
        jar("other.jar", "all-minilm-l6-v2-q.onnx", new byte[] {1}),
        " holds a all-minilm-l6-v2-q.onnx of SHA-256 4bf5122f");
    byte[] whole = Files.readAllBytes(MiniLmJar.file());
    refused(
        Files.write(folder.resolve("cut.jar"), Arrays.copyOf(whole, whole.length / 2)),
        " is no whole jar");
    whole[whole.length / 2] ^= 1; // within the model's bytes
    refused(Files.write(folder.resolve("flipped.jar"), whole), " ");
  }
}
