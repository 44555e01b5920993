package seminar.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.data.FeatureFiles;
import seminar.math.Vectors;
import seminar.world.World;
import seminar.world.WorldOptions;

class FeaturesTest {
  private static final World WORLD = World.of(WorldOptions.quick().withUsers(5));
  private static final Catalog CATALOG = WORLD.corpus().catalog();

  @Test
  void everyItemWithARowHasAVectorOfLengthOne() throws IOException {
    Features features = Features.of(WORLD);
    int texts = 0;
    int images = 0;
    for (int item = 1; item <= CATALOG.size(); item++) {
      if (CATALOG.textRow(item) != Catalog.ABSENT) {
        texts++;
        assertEquals(1, norm(features.text().row(CATALOG.textRow(item))), 1e-5);
      }
      if (CATALOG.imageRow(item) != Catalog.ABSENT) {
        images++;
        assertEquals(1, norm(features.image().row(CATALOG.imageRow(item))), 1e-5);
      }
    }
    assertEquals(texts, features.text().rows());
    assertEquals(images, features.image().rows());
    assertEquals(HashedText.DIMS, features.text().dims());
    assertEquals(PictureDescriptor.DIMS, features.image().dims());
  }

  private static float norm(float[] vector) {
    return Vectors.norm(vector, 0, vector.length);
  }

  @Test
  void theNearestItemMostlySharesTheIntent() throws IOException {
    Features features = Features.of(WORLD);
    double text = purity(features.text(), CATALOG::textRow);
    double image = purity(features.image(), CATALOG::imageRow);
    assertTrue(text > 0.75, "text " + text);
    assertTrue(image > 0.85, "image " + image);
  }

  /** How often the nearest other item belongs to the same intent; a guess is right 1 in 24. */
  private static double purity(FeatureStore store, IntUnaryOperator row) {
    int right = 0;
    int all = 0;
    for (int a = 1; a <= 400; a++) {
      if (row.applyAsInt(a) == Catalog.ABSENT) {
        continue;
      }
      float[] vector = store.row(row.applyAsInt(a));
      int best = 0;
      float score = Float.NEGATIVE_INFINITY;
      for (int b = 1; b <= CATALOG.size(); b++) {
        if (b != a && row.applyAsInt(b) != Catalog.ABSENT) {
          float dot = Vectors.dot(vector, store.row(row.applyAsInt(b)));
          best = dot > score ? b : best;
          score = Math.max(dot, score);
        }
      }
      all++;
      right += WORLD.truth().intent(best) == WORLD.truth().intent(a) ? 1 : 0;
    }
    return (double) right / all;
  }

  @Test
  void theNormDialGivesTheLengthOfVectors() throws IOException {
    World loud =
        World.of(
            WorldOptions.quick().withUsers(1).withImage(new WorldOptions.Modality(0.2, 0, 0, 7)));
    Features features = Features.of(loud);
    assertEquals(7, norm(features.image().row(0)), 1e-4);
    assertEquals(1, norm(features.text().row(0)), 1e-5);
  }

  @Test
  void writtenFeaturesTravelWithTheCorpus(@TempDir Path folder) throws IOException {
    Features features = Features.of(WORLD);
    FeatureFiles files = features.write(folder.resolve("features"));
    CorpusFolder.write(WORLD.corpus().withFeatures(files), folder.resolve("corpus"));
    Corpus back = CorpusFolder.read(folder.resolve("corpus"));
    Features again = Features.of(back);
    assertArrayEquals(features.image().row(17), again.image().row(17));
    assertArrayEquals(features.text().row(3), again.text().row(3));
  }

  @Test
  void picturesThatAreNotAtHandAreMissed(@TempDir Path folder) throws IOException {
    Exception e = assertThrows(IllegalArgumentException.class, () -> Features.of(WORLD.corpus()));
    assertTrue(e.getMessage().contains("has a picture that is not at hand"), e.getMessage());
    Path few = folder.resolve("few.npy");
    NpyStore.write(few, FeatureStore.of(2, new float[4]));
    Corpus wrong =
        WORLD.corpus().withFeatures(new FeatureFiles(Optional.of(few), Optional.of(few)));
    Exception rows = assertThrows(IllegalArgumentException.class, () -> Features.of(wrong));
    assertTrue(rows.getMessage().contains("has 2 rows: the catalogue names row"));
  }

  @Test
  void textsThatShareWordsAreNear() {
    HashedText hash = HashedText.fit(List.of("red lamp", "red mug", "blue mug"), 256);
    float[] a = hash.encode("Red lamp");
    assertEquals(1, Vectors.dot(a, hash.encode("RED, lamp!")), 1e-6);
    float near = Vectors.dot(a, hash.encode("red mug"));
    float far = Vectors.dot(a, hash.encode("blue mug"));
    assertTrue(near > far + 0.1, near + " " + far);
    float rare = Vectors.dot(a, hash.encode("green lamp"));
    assertTrue(rare > near, "a rare shared word counts more: " + rare + " " + near);
    assertArrayEquals(new float[256], hash.encode("..."));
    assertThrows(IllegalArgumentException.class, () -> HashedText.fit(List.of(), 0));
  }

  @Test
  void aPlainPictureHasTheDescriptorWorkedOutByHand() {
    BufferedImage white = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      white.setRGB(i % 8, i / 8, 0xFFFFFF);
    }
    float[] vector = PictureDescriptor.encode(white);
    // Two parts of length 1, no gradient: grid of 48 equal numbers, one bin of the histogram.
    assertEquals(1 / Math.sqrt(2) / Math.sqrt(48), vector[0], 1e-6);
    assertEquals(1 / Math.sqrt(2), vector[48 + 1], 1e-6);
    for (int i = 96; i < 128; i++) {
      assertEquals(0, vector[i]);
    }
  }

  @Test
  void gradientsAreTold() {
    BufferedImage edge = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      edge.setRGB(i % 8, i / 8, i % 8 < 4 ? 0 : 0xFFFFFF);
    }
    float[] vector = PictureDescriptor.encode(edge);
    // Dark to light from left to right is direction 4 of 8 in each cell.
    for (int cell = 0; cell < 4; cell++) {
      for (int direction = 0; direction < 8; direction++) {
        assertEquals(direction == 4, vector[96 + 8 * cell + direction] > 0);
      }
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> PictureDescriptor.encode(new BufferedImage(3, 9, BufferedImage.TYPE_INT_RGB)));
  }

  @Test
  void aFingerprintIsOfWhatItemsHaveAndOfNothingElse() throws IOException {
    Catalog.Builder items = new Catalog.Builder();
    items.add("a", "", List.of(), 1, Catalog.ABSENT);
    items.add("b", "", List.of(), Catalog.ABSENT, 0);
    Catalog catalog = items.build();
    float[] texts = {9, 9, 1, 2};
    FeatureStore image = new MemoryStore(1, new float[] {5});
    String hash = new Features(new MemoryStore(2, texts), image).hash(catalog);
    float[] unread = {8, 8, 1, 2}; // no item has the first row
    assertEquals(hash, new Features(new MemoryStore(2, unread), image).hash(catalog));
    float[] other = {9, 9, 1, 3};
    assertNotEquals(hash, new Features(new MemoryStore(2, other), image).hash(catalog));
    Features swapped = new Features(image, new MemoryStore(2, texts));
    items = new Catalog.Builder();
    items.add("a", "", List.of(), Catalog.ABSENT, 1);
    items.add("b", "", List.of(), 0, Catalog.ABSENT);
    assertNotEquals(hash, swapped.hash(items.build()));
  }
}
