package seminar.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.file.Sha256;

class NegativesTest {
  private final Histories histories = RandomHistories.random(200, 50, 3, 400, 120);
  private final int[] users = {0, 2, 3};

  @Test
  void negativesAreDistinctAndNeverMetInTheWholeHistory() {
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

  /** Items 1..6 occur 1, 2, 4, 8, 0 and 5 times in training; user 0 has met item 6 alone. */
  private static Histories skewed() {
    Histories.Builder histories = new Histories.Builder(false, false);
    histories.user("u").add(6, 0).add(6, 0).add(6, 0).add(6, 0).add(6, 0).add(6, 0).add(6, 0);
    histories.user("v");
    int[] counts = {0, 1, 2, 4, 8, 0};
    for (int item = 1; item <= 5; item++) {
      for (int i = 0; i < counts[item]; i++) {
        histories.add(item, 0);
      }
    }
    return histories.add(5, 0).add(5, 0).build();
  }

  /** Probability that item b is drawn among two, one after the other, in proportion to weights. */
  private static double amongTwo(double[] weights, int b) {
    double total = Arrays.stream(weights).sum();
    double p = weights[b] / total;
    for (int a = 0; a < weights.length; a++) {
      p += a == b ? 0 : weights[a] / total * weights[b] / (total - weights[a]);
    }
    return p;
  }

  @Test
  void popularItemsAreDrawnInProportionToTheirTrainingEvents() {
    Histories histories = skewed();
    Split split = Split.leaveOneOut(histories);
    double[] weights = {1, 2, 4, 8};
    for (int count : new int[] {1, 2}) {
      int[] drawn = new int[7];
      int draws = 8000;
      for (int seed = 0; seed < draws; seed++) {
        Negatives one =
            Negatives.byPopularity(histories, split, 6, new int[] {0}, count, "t", seed);
        Arrays.stream(one.of(0)).forEach(item -> drawn[item]++);
      }
      assertEquals(0, drawn[5] + drawn[6], "held out alone, or met");
      double chiSquare = 0;
      for (int item = 1; item <= 4; item++) {
        double p = count == 1 ? weights[item - 1] / 15 : amongTwo(weights, item - 1);
        chiSquare += Math.pow(drawn[item] - draws * p, 2) / (draws * p * (1 - p));
      }
      assertTrue(chiSquare < 20, "chi-square " + chiSquare + " of 4 cells");
    }
  }

  @Test
  void whereAlmostAllMassIsMetTheLawIsTheSame() {
    Histories.Builder builder = new Histories.Builder(false, false).user("u").add(1, 0).user("v");
    for (int i = 0; i < 100_000; i++) {
      builder.add(1, 0);
    }
    Histories histories =
        builder.add(2, 0).add(3, 0).add(3, 0).add(3, 0).add(4, 0).add(4, 0).build();
    Split split = Split.leaveOneOut(histories);
    int threes = 0;
    for (int seed = 0; seed < 2000; seed++) {
      Negatives one = Negatives.byPopularity(histories, split, 4, new int[] {0}, 1, "t", seed);
      threes += one.of(0)[0] == 3 ? 1 : 0;
    }
    assertEquals(1500, threes, 5 * Math.sqrt(2000 * 0.75 * 0.25));
  }

  @Test
  void everyItemThatIsLeftCanBeDrawnByPopularityAndNoMore() {
    Histories histories = skewed();
    Split split = Split.leaveOneOut(histories);
    int[] all = Negatives.byPopularity(histories, split, 6, new int[] {0}, 4, "t", 1).of(0);
    Arrays.sort(all);
    assertArrayEquals(new int[] {1, 2, 3, 4}, all);
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Negatives.byPopularity(histories, split, 6, new int[] {0}, 5, "t", 1));
    assertEquals(
        "count 5: user u has met 1 of the 5 items that occur in training, which leaves 4",
        e.getMessage());
  }

  @Test
  void popularDrawsAreDistinctUnmetAndDependOnSeedStageAndUserAlone() {
    Split split = Split.leaveOneOut(histories);
    Negatives test = Negatives.byPopularity(histories, split, 200, users, 12, "test", 5);
    assertEquals(new Negatives.Flaws(0, 0), test.flaws(histories));
    Negatives again = Negatives.byPopularity(histories, split, 200, new int[] {2}, 12, "test", 5);
    assertArrayEquals(test.of(1), again.of(0));
    Negatives other = Negatives.byPopularity(histories, split, 200, users, 12, "validation", 5);
    assertFalse(Arrays.equals(test.of(0), other.of(0)));
    assertNotEquals(
        test.hash(), Negatives.uniform(histories, 200, users, 12, "test", 5).hash(), "kind");
  }

  @Test
  void theTableOfPopularityHoldsExactlyTheCounts() {
    Histories histories = skewed();
    PopularityTable table = PopularityTable.of(histories, Split.leaveOneOut(histories), 6);
    int[] counts = new int[7];
    for (int user = 0; user < histories.users(); user++) {
      for (int p = 0; p < histories.length(user) - 2; p++) {
        counts[histories.item(histories.start(user) + p)]++;
      }
    }
    for (int item = 1; item <= 6; item++) {
      assertEquals(counts[item], table.count(item));
    }
    assertEquals(5, table.occurring());
    assertEquals(6, table.item(4));
  }

  @Test
  void givenNegativesAreTakenAsTheyAreAndTheirFlawsCounted() {
    Histories one = new Histories.Builder(false, false).user("u").add(3, 0).user("v").build();
    Negatives given = Negatives.of(9, new int[] {1, 0}, 3, new int[] {3, 4, 4, 3, 5, 6}, "test");
    assertEquals(Negatives.Kind.GIVEN, given.kind());
    assertArrayEquals(new int[] {3, 5, 6}, given.of(1));
    assertEquals(new Negatives.Flaws(1, 1), given.flaws(one));
    for (int[] bad : new int[][] {{1, 2}, {0, 1, 2}, {1, 2, 10}}) {
      assertThrows(
          IllegalArgumentException.class, () -> Negatives.of(9, new int[] {0}, 3, bad, "test"));
    }
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Negatives.of(9, new int[] {4, 4}, 1, new int[] {1, 2}, "test"));
    assertEquals("user 4 has negatives twice", e.getMessage());
  }

  @Test
  void theKindIsKeptInTheFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("n");
    Split split = Split.leaveOneOut(histories);
    Negatives.byPopularity(histories, split, 200, users, 5, "test", 5).write(file);
    assertEquals(Negatives.Kind.POPULARITY, Negatives.read(file).kind());
    Negatives.of(9, new int[] {0}, 1, new int[] {7}, "test").write(file);
    assertEquals(Negatives.Kind.GIVEN, Negatives.read(file).kind());
    assertArrayEquals(new int[] {7}, Negatives.read(file).of(0));
  }

  @Test
  void theFirstVersionOfTheFileAndOtherFilesAreRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("n");
    String[] expected = {
      "is of version 1, this program reads version 2", "does not begin as a file of negatives does"
    };
    long[] beginnings = {0x0001_4745_4E4D_4553L, 0x0002_4745_4E4D_4554L};
    for (int i = 0; i < 2; i++) {
      byte[] content =
          ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN).putLong(beginnings[i]).array();
      ByteBuffer all = ByteBuffer.allocate(104).put(content);
      Files.write(file, all.put(Sha256.of(content).getBytes()).array());
      IOException e = assertThrows(IOException.class, () -> Negatives.read(file));
      assertTrue(e.getMessage().contains(expected[i]), e.getMessage());
    }
  }

  @Test
  void aCorpusRefusesThoseOfAnother() {
    Corpus tiny = RandomHistories.tiny();
    int items = tiny.catalog().size();
    Negatives strangers = Negatives.of(items, new int[] {99}, 1, new int[] {1}, "test");
    Negatives larger = Negatives.of(items + 1, new int[] {0}, 1, new int[] {items + 1}, "test");
    for (Negatives others : List.of(strangers, larger)) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new Corpus(
                  tiny.manifest(),
                  tiny.catalog(),
                  tiny.queries(),
                  tiny.histories(),
                  tiny.exposures(),
                  Optional.of(others),
                  tiny.features()));
    }
  }
}
