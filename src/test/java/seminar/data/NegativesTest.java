package seminar.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NegativesTest {
  private final Histories histories = Lives.random(200, 50, 3, 400, 120);
  private final int[] users = {0, 2, 3};

  @Test
  void negativesAreDistinctAndNeverMetInTheWholeLife() {
    for (int count : new int[] {1, 10, 20}) {
      Negatives negatives = Negatives.uniform(histories, 200, users, count, "test", 5);
      for (int i = 0; i < negatives.size(); i++) {
        Set<Integer> seen = new HashSet<>();
        for (long e = histories.start(users[i]); e < histories.start(users[i] + 1); e++) {
          seen.add(histories.item(e));
        }
        for (int item : negatives.of(i)) {
          assertTrue(item >= 1 && item <= 200);
          assertTrue(seen.add(item), "item " + item + " is met or repeated");
        }
      }
    }
  }

  @Test
  void everyFreeItemIsEquallyLikely() {
    Histories one = new Histories.Builder(false, false).user("u").add(3, 0).add(7, 0).build();
    for (int count : new int[] {2, 6}) {
      int[] drawn = new int[11];
      for (int seed = 0; seed < 4000; seed++) {
        Negatives negatives = Negatives.uniform(one, 10, new int[] {0}, count, "test", seed);
        for (int item : negatives.of(0)) {
          drawn[item]++;
        }
      }
      for (int item = 1; item <= 10; item++) {
        double expected = item == 3 || item == 7 ? 0 : 4000.0 * count / 8;
        assertEquals(expected, drawn[item], 160, "item " + item);
      }
    }
  }

  @Test
  void aDrawDependsOnSeedStageAndUserAlone() {
    Negatives test = Negatives.uniform(histories, 200, users, 10, "test", 5);
    Negatives again = Negatives.uniform(histories, 200, new int[] {2}, 10, "test", 5);
    assertArrayEquals(test.of(1), again.of(0));
    assertEquals(test.hash(), Negatives.uniform(histories, 200, users, 10, "test", 5).hash());
    Negatives validation = Negatives.uniform(histories, 200, users, 10, "validation", 5);
    assertFalse(Arrays.equals(test.of(0), validation.of(0)));
    assertNotEquals(test.hash(), Negatives.uniform(histories, 200, users, 10, "test", 6).hash());
  }

  @Test
  void aCatalogueThatIsTooSmallIsNamed() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Negatives.uniform(histories, 200, users, 180, "test", 5));
    assertTrue(e.getMessage().startsWith("count 180: user u0 has met "), e.getMessage());
    assertTrue(e.getMessage().contains("of 200 items, which leaves"), e.getMessage());
  }

  @Test
  void aFileGivesBackTheSameDraw(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("test.negatives");
    Negatives negatives = Negatives.uniform(histories, 200, users, 10, "test", 5);
    negatives.write(file);
    Negatives back = Negatives.read(file);
    assertEquals(negatives.hash(), back.hash());
    assertEquals("test", back.stage());
    assertEquals(10, back.count());
    assertEquals(2, back.user(1));
    int[] copied = new int[12];
    back.copy(1, copied, 2);
    assertArrayEquals(negatives.of(1), Arrays.copyOfRange(copied, 2, 12));
  }

  @Test
  void aDamagedFileIsNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("test.negatives");
    Negatives.uniform(histories, 200, users, 10, "test", 5).write(file);
    byte[] good = Files.readAllBytes(file);
    for (int length : new int[] {0, 60, good.length / 2, good.length - 1}) {
      Files.write(file, Arrays.copyOf(good, length));
      IOException e = assertThrows(IOException.class, () -> Negatives.read(file));
      assertTrue(e.getMessage().contains("draw the negatives again"), e.getMessage());
    }
    for (int at : new int[] {0, 20, 40, good.length - 1}) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(file, bad);
      assertThrows(IOException.class, () -> Negatives.read(file));
    }
  }
}
