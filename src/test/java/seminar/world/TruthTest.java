package seminar.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.CorpusFolder;
import seminar.data.Histories;

class TruthTest {
  private static final World WORLD = World.of(WorldOptions.quick().withUsers(20));

  @TempDir Path folder;

  @Test
  void theRelevantItemsAreTheUnseenOnesOfTheIntent() {
    Truth truth = WORLD.truth();
    Histories histories = WORLD.corpus().histories();
    boolean wandered = false;
    for (int user = 0; user < histories.users(); user++) {
      Set<Integer> seen = new HashSet<>();
      for (int at = 0; at < histories.length(user); at++) {
        long event = histories.start(user) + at;
        int[] expected = {histories.item(event)};
        boolean newer = 2 * at >= histories.length(user);
        if (truth.eventIntent(event) != Truth.WANDERING) {
          expected =
              IntStream.rangeClosed(1, 1500)
                  .filter(item -> truth.intent(item) == truth.eventIntent(event))
                  .filter(item -> !seen.contains(item) && !(newer && truth.cold(item)))
                  .toArray();
        } else {
          wandered = true;
        }
        int[] relevant = truth.relevant(user, at);
        assertArrayEquals(expected, relevant);
        assertTrue(IntStream.of(relevant).anyMatch(item -> item == histories.item(event)));
        seen.add(histories.item(event));
      }
    }
    assertTrue(wandered);
    int beyond = histories.length(3);
    assertThrows(IndexOutOfBoundsException.class, () -> truth.relevant(3, beyond));
  }

  @Test
  void aWorldThatIsReadBackGivesTheSameAnswers() throws IOException {
    WORLD.write(folder.resolve("world"));
    World back = World.read(folder.resolve("world"));
    assertEquals(WORLD.corpus().hash(), back.corpus().hash());
    assertEquals(WORLD.options(), back.options());
    Truth truth = Truth.read(folder.resolve("world"));
    assertEquals(WORLD.options(), truth.options());
    assertEquals(WORLD.truth().intents(), truth.intents());
    for (int item = 1; item <= 1500; item++) {
      assertEquals(WORLD.truth().intent(item), truth.intent(item));
      assertEquals(WORLD.truth().textIntent(item), truth.textIntent(item));
      assertEquals(WORLD.truth().imageIntent(item), truth.imageIntent(item));
      assertEquals(WORLD.truth().cold(item), truth.cold(item));
      assertEquals(WORLD.truth().popularity(item), truth.popularity(item));
    }
    for (long event = 0; event < WORLD.corpus().histories().events(); event++) {
      assertEquals(WORLD.truth().eventIntent(event), truth.eventIntent(event));
    }
    for (long shown = 0; shown < WORLD.corpus().exposures().orElseThrow().size(); shown++) {
      assertEquals(WORLD.truth().clickLogOdds(shown), truth.clickLogOdds(shown));
    }
    assertArrayEquals(WORLD.truth().relevant(7, 20), truth.relevant(7, 20));
    int pictured = IntStream.range(1, 99).filter(i -> WORLD.pictureOf(i).isPresent()).sum();
    assertEquals(pictured, IntStream.range(1, 99).filter(i -> back.pictureOf(i).isPresent()).sum());
    assertEquals(
        WORLD.pictureOf(5).map(p -> p.getRGB(24, 24)),
        back.pictureOf(5).map(p -> p.getRGB(24, 24)));
  }

  @Test
  void aWorldWithoutSlatesIsReadBackToo() throws IOException {
    World world = World.of(WORLD.options().withUsers(2).withClicks(new WorldOptions.Clicks(0, 0)));
    world.write(folder.resolve("world"));
    World back = World.read(folder.resolve("world"));
    assertTrue(back.corpus().exposures().isEmpty());
    assertEquals(world.truth().eventIntent(5), back.truth().eventIntent(5));
  }

  @Test
  void aCorpusWithoutItsTruthSaysSo() throws IOException {
    Path bare = folder.resolve("bare");
    CorpusFolder.write(WORLD.corpus(), bare);
    Exception e = assertThrows(IOException.class, () -> Truth.read(bare));
    assertTrue(e.getMessage().contains(bare.toString()), e.getMessage());
    assertTrue(e.getMessage().contains("truth-item-intent.i8"), e.getMessage());
    Exception none = assertThrows(IOException.class, () -> Truth.read(folder.resolve("no")));
    assertTrue(none.getMessage().contains("no corpus folder"), none.getMessage());
  }

  @Test
  void aDamagedTruthIsNotRead() throws IOException {
    Path world = folder.resolve("world");
    WORLD.write(world);
    Path file = world.resolve("truth-event-intent.i8");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    Exception e = assertThrows(IOException.class, () -> Truth.read(world));
    assertTrue(e.getMessage().contains("truth-event-intent.i8"), e.getMessage());
  }
}
