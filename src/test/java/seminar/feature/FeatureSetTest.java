package seminar.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.data.Exposures;
import seminar.data.FeatureFiles;
import seminar.data.Histories;
import seminar.data.Manifest;
import seminar.data.Queries;
import seminar.file.Precision;
import seminar.file.Progress;

class FeatureSetTest {
  private static final List<String> TEXTS =
      List.of("red lamp", "", "red mug", "unheard", "blue mug lamp", "  ");

  @TempDir Path folder;

  private static Corpus corpus() {
    Catalog.Builder catalog = new Catalog.Builder();
    for (int i = 0; i < TEXTS.size(); i++) {
      catalog.add("item" + i, TEXTS.get(i), List.of("kind:thing"), i, i);
    }
    Queries.Builder queries = new Queries.Builder();
    queries.add("lamp");
    Histories.Builder histories = new Histories.Builder(false, false);
    histories.user("u").add(1, 0).add(6, 0);
    return new Corpus(
        Manifest.of("six", "test/1"),
        catalog.build(),
        queries.build(),
        histories.build(),
        FeatureFiles.none());
  }

  private static LatentSemantics lsa() {
    return LatentSemantics.fit(TEXTS, LatentSemantics.Options.of(3, 1));
  }

  private FeatureSet texts() throws IOException {
    return FeatureSet.texts(
        corpus().catalog(), lsa(), Precision.SINGLE, folder.resolve("text.npy"), Progress.silent());
  }

  private FeatureSet pictures() throws IOException {
    Path images = folder.resolve("images");
    Files.createDirectories(images);
    for (int i : new int[] {1, 3, 4, 5}) {
      int side = i == 4 ? 2 : 8;
      BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
      picture.setRGB(1, 1, 0xFFFFFF);
      ImageIO.write(picture, "png", images.resolve("item%d.png".formatted(i)).toFile());
    }
    Files.write(images.resolve("item3.png"), new byte[] {1, 2, 3});
    return FeatureSet.pictures(
        corpus().catalog(),
        ImageFolder.open(images),
        PictureDescriptor.encoder(),
        Precision.HALF,
        folder.resolve("image.npy"),
        Progress.silent());
  }

  @Test
  void itemsWithoutAnythingKnownHaveNoRow() throws IOException {
    FeatureSet set = texts();
    assertArrayEquals(new int[] {-1, 0, -1, 1, -1, 3, -1}, set.rows());
    assertEquals(2, set.without());
    assertEquals(1, set.encoded().zero());
    assertEquals(3, set.encoded().encoded());
    assertEquals(0.5, set.coverage());
    NpyStore store = NpyStore.open(folder.resolve("text.npy"));
    for (int item : new int[] {1, 3, 5}) {
      float[] expected = lsa().encode(TEXTS.get(item - 1));
      assertArrayEquals(expected, store.row(set.rows()[item]));
    }
  }

  @Test
  void picturesThatCannotBeReadAreCountedAndNamed() throws IOException {
    FeatureSet set = pictures();
    assertArrayEquals(new int[] {-1, -1, 0, -1, -1, -1, 3}, set.rows());
    assertEquals(2, set.without());
    assertEquals(2, set.encoded().unreadable());
    assertTrue(set.encoded().reasons().get(0).contains("item3.png cannot be read"));
    assertTrue(set.encoded().reasons().get(1).contains("2 × 2 pixels: at least 4 × 4"));
  }

  @Test
  void aCorpusTakesNewRowsAndKeepsTheOthers() throws IOException {
    Corpus corpus = corpus();
    Corpus both = FeatureSet.into(corpus, Optional.of(texts()), Optional.of(pictures()));
    CorpusFolder.write(both, folder.resolve("corpus"));
    Corpus back = CorpusFolder.read(folder.resolve("corpus"));
    Features features = Features.of(back);
    assertEquals(3, features.text().dims());
    assertEquals(PictureDescriptor.DIMS, features.image().dims());
    assertEquals(Catalog.ABSENT, back.catalog().textRow(4));
    assertEquals(3, back.catalog().textRow(5));
    assertEquals(3, back.catalog().imageRow(6));
    assertEquals("blue mug lamp", back.catalog().text(5));
    Corpus text = FeatureSet.into(corpus, Optional.of(texts()), Optional.empty());
    assertEquals(2, text.catalog().imageRow(3), "rows of pictures stay");
    assertTrue(text.features().image().isEmpty());
    assertEquals(3, corpus.catalog().textRow(4), "the old corpus is as it was");
    Exposures shown = new Exposures.Builder(false).user().add(2, 1, true, 0, 0).build();
    Corpus clicks =
        new Corpus(
            corpus.manifest(),
            corpus.catalog(),
            corpus.queries(),
            corpus.histories(),
            Optional.of(shown),
            Optional.empty(),
            corpus.features());
    assertTrue(FeatureSet.into(clicks, Optional.empty(), Optional.empty()).exposures().isPresent());
    Catalog two = new Catalog.Builder().build();
    assertThrows(IllegalArgumentException.class, () -> two.withRows(new int[1], new int[2]));
    assertThrows(IllegalArgumentException.class, () -> two.withRows(new int[0], new int[1]));
    assertThrows(
        IllegalArgumentException.class, () -> corpus.catalog().withRows(filled(-2), filled(0)));
  }

  private static int[] filled(int row) {
    int[] rows = new int[TEXTS.size() + 1];
    Arrays.fill(rows, row);
    return rows;
  }

  @Test
  void numbersThatAreNotFiniteAreRefusedWhereAnItemHasThem() throws IOException {
    for (float wrong : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      float[] values = new float[2 * 8];
      values[2 * 6 + 1] = wrong;
      values[2 * 7] = wrong;
      Path file = folder.resolve("wrong.npy");
      NpyStore.write(file, FeatureStore.of(2, values));
      FeatureFiles files = new FeatureFiles(Optional.of(file), Optional.of(file));
      Corpus unnamed = corpus().withFeatures(files);
      assertEquals(8, Features.of(unnamed).text().rows(), "no item names rows 6 and 7");
      int[] rows = IntStream.range(0, 7).toArray();
      Corpus named =
          new Corpus(
              unnamed.manifest(),
              unnamed.catalog().withRows(filled(0), rows),
              unnamed.queries(),
              unnamed.histories(),
              files);
      IOException e = assertThrows(IOException.class, () -> Features.of(named));
      assertTrue(
          e.getMessage().startsWith(file + ": row 6, of item 6 (item5), holds a number"),
          e.getMessage());
    }
  }

  @Test
  void encodersOfAllKindsSayWhatTheyAre() {
    HashedText hashed = HashedText.fit(TEXTS, 8);
    assertEquals(hashed.fingerprint(), HashedText.fit(TEXTS, 8).fingerprint());
    assertTrue(!hashed.fingerprint().equals(HashedText.fit(TEXTS, 9).fingerprint()));
    assertTrue(!hashed.fingerprint().equals(HashedText.fit(List.of("red"), 8).fingerprint()));
    List<float[]> batch = hashed.encodeBatch(TEXTS);
    for (int i = 0; i < TEXTS.size(); i++) {
      assertArrayEquals(hashed.encode(TEXTS.get(i)), batch.get(i));
    }
    try (Encoder<BufferedImage> pictures = PictureDescriptor.encoder()) {
      BufferedImage picture = new BufferedImage(4, 5, BufferedImage.TYPE_INT_RGB);
      assertArrayEquals(PictureDescriptor.encode(picture), pictures.encode(picture));
      assertEquals(PictureDescriptor.DIMS, pictures.dims());
    }
  }
}
