package seminar.feature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Catalog;
import seminar.file.Precision;
import seminar.file.Progress;

class OwnVectorsTest {
  @TempDir private Path folder;

  /** Items a, b, c, d. */
  private static Catalog catalog() {
    Catalog.Builder catalog = new Catalog.Builder();
    for (String id : List.of("a", "b", "c", "d")) {
      catalog.add(id, "", List.of("kind:thing"), Catalog.ABSENT, Catalog.ABSENT);
    }
    return catalog.build();
  }

  private Path matrix(String name, Precision precision, int dims, float... values)
      throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    NpyStore.write(file, FeatureStore.of(dims, values), precision);
    return file;
  }

  private Path ids(String name, String... ids) throws IOException {
    return Files.writeString(folder.resolve(name), String.join("\n", ids) + "\n");
  }

  private OwnVectors open(Path path) throws IOException {
    return OwnVectors.open(catalog(), path, Optional.empty());
  }

  private FeatureSet made(OwnVectors vectors) throws IOException {
    return FeatureSet.own(
        catalog(), vectors, Precision.SINGLE, folder.resolve("out.npy"), Progress.silent());
  }

  @Test
  void everyItemGetsItsRowWhateverTheOrderAndThePrecision() throws IOException {
    for (Precision precision : Precision.values()) {
      Path file = matrix("v.npy", precision, 2, 1, 2, 3, 4, 5, 6);
      ids("v.txt", "c", "\u00e9", "a");
      OwnVectors vectors = open(file);
      FeatureSet set = made(vectors);
      assertArrayEquals(new int[] {-1, 0, -1, 1, -1}, set.rows());
      NpyStore store = NpyStore.open(set.encoded().file());
      assertArrayEquals(new float[] {5, 6}, store.row(0), "a");
      assertArrayEquals(new float[] {1, 2}, store.row(1), "c");
      assertEquals(2, set.without());
      assertEquals(1, vectors.unknown());
      assertEquals(0, vectors.repeated());
    }
  }

  @Test
  void repeatedIdsAreCountedAndTheFirstRowCounts() throws IOException {
    Path file = matrix("v.npy", Precision.SINGLE, 1, 1, 2, 3, 4, 5);
    Path ids = Files.writeString(folder.resolve("names"), "\ufeffb\r\nx\r\nb\r\nx\r\n b");
    OwnVectors vectors = OwnVectors.open(catalog(), file, Optional.of(ids));
    assertEquals(2, vectors.repeated());
    assertEquals(2, vectors.unknown());
    assertArrayEquals(new float[] {1}, NpyStore.open(made(vectors).encoded().file()).row(0));
  }

  @Test
  void aFolderIsReadInTheOrderOfItsNames() throws IOException {
    matrix("parts/1.npy", Precision.HALF, 1, 1, 2);
    ids("parts/1.txt", "d", "a");
    matrix("parts/0.npy", Precision.SINGLE, 1, 3);
    ids("parts/0.txt", "a");
    OwnVectors vectors = open(folder.resolve("parts"));
    FeatureSet set = made(vectors);
    NpyStore store = NpyStore.open(set.encoded().file());
    assertArrayEquals(new float[] {3}, store.row(set.rows()[1]));
    assertArrayEquals(new float[] {1}, store.row(set.rows()[4]));
    assertEquals(1, vectors.repeated());
    assertTrue(OwnVectors.are(folder.resolve("parts")));
    assertFalse(OwnVectors.are(folder.resolve("parts/0.txt")));
  }

  @Test
  void aRowOfZerosIsAbsent() throws IOException {
    Path file = matrix("v.npy", Precision.SINGLE, 2, 0, 0, 0, 1);
    ids("v.txt", "a", "b");
    FeatureSet set = made(open(file));
    assertEquals(Catalog.ABSENT, set.rows()[1]);
    assertEquals(1, set.encoded().zero());
    assertEquals(1, set.encoded().encoded());
  }

  @Test
  void numbersThatAreNotFiniteAreRefusedWithRowAndIdWhereAnItemHasThem() throws IOException {
    Path file = matrix("v.npy", Precision.SINGLE, 2, 1, 2, 3, Float.NaN);
    ids("v.txt", "a", "x");
    made(open(file));
    ids("v.txt", "a", "b");
    refused(file, "v.npy: row 1, of item 'b', holds NaN");
    Path wide = matrix("w.npy", Precision.SINGLE, 1, Float.POSITIVE_INFINITY);
    ids("w.txt", "d");
    refused(wide, "w.npy: row 0, of item 'd', holds Infinity");
  }

  private void refused(Path path, String expected) {
    IOException e = assertThrows(IOException.class, () -> open(path));
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @Test
  void filesThatDoNotBelongTogetherAreRefusedWithBothNumbers() throws IOException {
    Path file = matrix("v.npy", Precision.SINGLE, 1, 1, 2);
    refused(file, "v.txt is missing: give a text file with the id of each row of v.npy");
    ids("v.txt", "a", "b", "c");
    refused(file, "v.txt has 3 lines, v.npy has 2 rows");
    ids("v.txt", "a");
    refused(file, "v.txt has 1 lines, v.npy has 2 rows");
    ids("v.txt", "1.0", "2.0");
    refused(file, "v.txt: none of the 2 ids is an item's; the first item is 'a'");
    Files.write(folder.resolve("v.txt"), new byte[] {'a', '\n', (byte) 0xe9, '\n'});
    refused(file, "v.txt is no text in UTF-8");
    refused(folder.resolve("none.npy"), "none.npy is missing");
    Files.createDirectory(folder.resolve("empty"));
    refused(folder.resolve("empty"), "empty holds no .npy file");
    matrix("two/0.npy", Precision.SINGLE, 1, 1);
    ids("two/0.txt", "a");
    matrix("two/1.npy", Precision.SINGLE, 2, 1, 2);
    ids("two/1.txt", "b");
    refused(folder.resolve("two"), "1.npy has 2 numbers in a row, the matrix before it 1");
  }

  @Test
  void theFingerprintChangesWithEveryFile() throws IOException {
    Path file = matrix("v.npy", Precision.SINGLE, 1, 1, 2);
    ids("v.txt", "a", "b");
    String first = open(file).fingerprint();
    assertEquals(first, open(file).fingerprint());
    ids("v.txt", "b", "a");
    String second = open(file).fingerprint();
    assertNotEquals(first, second);
    matrix("v.npy", Precision.SINGLE, 1, 1, 3);
    assertNotEquals(second, open(file).fingerprint());
  }

  @Test
  void otherVectorsAreNotTakenForTheOldOnes() throws IOException {
    Path file = matrix("v.npy", Precision.SINGLE, 1, 1, 2);
    ids("v.txt", "a", "b");
    made(open(file));
    ids("v.txt", "b", "a");
    assertArrayEquals(new float[] {2}, NpyStore.open(made(open(file)).encoded().file()).row(0));
  }
}
