package seminar.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Histories;
import seminar.file.Progress;
import seminar.math.Rng;
import seminar.math.Workers;

/** A world with a long memory: tastes rest and return, and an oracle knows how likely. */
class MemoryTest {
  private static final int INTENTS = 6;
  private static final int BRANDS = 4;
  private static final double[] POPULARITY = {0.3, 0.25, 0.2, 0.1, 0.1, 0.05};
  private static final WorldOptions.Behaviour BEHAVIOUR =
      new WorldOptions.Behaviour(60, 120, 200, 0.2, 2, 0.4, 2, 0.1, 20, 0.1);
  private static final WorldOptions.Memory MEMORY =
      new WorldOptions.Memory(BRANDS, 0.5, 10, 0.6, 0.4);
  private static final WorldOptions OPTIONS =
      WorldOptions.quick()
          .withUsers(30)
          .withItems(1200, INTENTS)
          .withBehaviour(BEHAVIOUR)
          .withMemory(MEMORY);

  @Test
  void theNextTasteIsExpectedAsOftenAsItComes() {
    int events = 80;
    int draws = 40_000;
    NextTaste next = new NextTaste(INTENTS, BRANDS);
    UserIntents user = after(events);
    user.expect(true, events, UserIntents.EVERYTHING, next);
    double[] came = new double[INTENTS * BRANDS];
    for (int i = 0; i < draws; i++) {
      SplittableRandom rng = Rng.stream("memory/" + i, 1);
      UserIntents copy = after(events);
      copy.beginSession(rng, events);
      boolean wanders = rng.nextDouble() < BEHAVIOUR.wander();
      int intent = wanders ? copy.any(rng) : copy.session();
      int brand = wanders ? copy.favourite(intent) : copy.sessionBrand();
      came[intent * BRANDS + brand] += 1.0 / draws;
    }
    double sum = 0;
    for (int taste = 0; taste < came.length; taste++) {
      int intent = taste / BRANDS;
      double expected = next.other(intent, taste % BRANDS);
      expected += user.favourite(intent) == taste % BRANDS ? next.usual(intent) : 0;
      double error = Math.sqrt(expected * (1 - expected) / draws);
      assertEquals(expected, came[taste], 5 * error + 1e-6);
      sum += expected;
    }
    assertEquals(1, sum, 1e-12);
  }

  /** A user after so many events, the same at each call. */
  private static UserIntents after(int events) {
    SplittableRandom rng = Rng.stream("memory", 1);
    UserIntents user = new UserIntents(BEHAVIOUR, MEMORY, POPULARITY);
    user.draw(rng);
    user.season(1_700_000_000);
    for (int at = 0; at < events; at++) {
      if (at % 2 == 0) {
        user.beginSession(rng, at);
      }
      user.follow(at);
    }
    return user;
  }

  @Test
  void theChancesOfAllUnseenItemsSumToOneHoweverMuchIsRemembered() {
    World world = World.of(OPTIONS);
    Histories histories = world.corpus().histories();
    for (int events : new int[] {0, 5, 50, Oracle.EVERYTHING}) {
      Oracle oracle = new Oracle(world, events);
      for (int position : new int[] {0, 1, 30, histories.length(3) - 1}) {
        int[] unseen = unseen(histories, 3, position);
        double[] chances = oracle.chances(3, position, unseen);
        assertEquals(1, Arrays.stream(chances).sum(), 1e-6, events + " at " + position);
      }
    }
  }

  private static int[] unseen(Histories histories, int user, int position) {
    long start = histories.start(user);
    int[] seen = IntStream.range(0, position).map(p -> histories.item(start + p)).toArray();
    return IntStream.rangeClosed(1, OPTIONS.items())
        .filter(item -> Arrays.stream(seen).noneMatch(other -> other == item))
        .toArray();
  }

  @Test
  void oneWhoRemembersMoreFindsTheNextItemLikelier() {
    World world = World.of(OPTIONS.withUsers(200));
    Histories histories = world.corpus().histories();
    double[] logs = new double[4];
    int[] remembered = {2, 12, 100, Oracle.EVERYTHING};
    for (int i = 0; i < remembered.length; i++) {
      Oracle oracle = new Oracle(world, remembered[i]);
      for (int user = 0; user < histories.users(); user++) {
        int last = histories.length(user) - 1;
        int[] item = {histories.item(histories.start(user) + last)};
        logs[i] += Math.log(oracle.chances(user, last, item)[0]) / histories.users();
      }
    }
    assertTrue(logs[0] < logs[1] - 0.02, Arrays.toString(logs));
    assertTrue(logs[1] < logs[2] - 0.1, Arrays.toString(logs));
    assertTrue(logs[2] <= logs[3] + 0.01, Arrays.toString(logs));
  }

  @Test
  void withoutReturningOldEventsTellNothingMore() {
    WorldOptions.Memory away = MEMORY.withAway(25);
    World forgetful = World.of(OPTIONS.withUsers(200).withMemory(away.withReturning(0)));
    World mindful = World.of(OPTIONS.withUsers(200).withMemory(away));
    assertTrue(gain(mindful) > 0.1, "" + gain(mindful));
    assertTrue(gain(forgetful) < 0.5 * gain(mindful), gain(forgetful) + " " + gain(mindful));
  }

  /** What remembering 100 events instead of 20 adds to the log of the chance of the last item. */
  private static double gain(World world) {
    Histories histories = world.corpus().histories();
    Oracle more = new Oracle(world, 100);
    Oracle less = new Oracle(world, 20);
    double gain = 0;
    for (int user = 0; user < histories.users(); user++) {
      int last = histories.length(user) - 1;
      int[] item = {histories.item(histories.start(user) + last)};
      gain +=
          Math.log(more.chances(user, last, item)[0]) - Math.log(less.chances(user, last, item)[0]);
    }
    return gain / histories.users();
  }

  @Test
  void aSeasonMovesWhatIsPopularThroughTheYear() {
    WorldOptions calm = OPTIONS.withMemory(WorldOptions.Memory.none()).withUsers(60);
    WorldOptions swinging =
        calm.withMemory(WorldOptions.Memory.none().withSeason(1))
            .withBehaviour(BEHAVIOUR.withWander(1));
    assertTrue(swing(swinging) > 3 * swing(calm.withBehaviour(BEHAVIOUR.withWander(1))));
  }

  /** How unlike the shares of an intent are in the months of the year. */
  private static double swing(WorldOptions options) {
    World world = World.of(options);
    Histories histories = world.corpus().histories();
    Map<Integer, int[]> months = new HashMap<>();
    for (long event = 0; event < histories.events(); event++) {
      int month = (int) (histories.time(event) / 1000 / 86_400 % 365.25 / 61);
      int intent = world.truth().intent(histories.item(event));
      months.computeIfAbsent(month, m -> new int[INTENTS])[intent]++;
    }
    double variance = 0;
    for (int[] counts : months.values()) {
      int all = Arrays.stream(counts).sum();
      double share = (double) counts[1] / all;
      variance += (share - 0.2) * (share - 0.2) / months.size();
    }
    return Math.sqrt(variance);
  }

  @Test
  void theWorldIsTheSameOnAnyNumberOfThreads() {
    World one = World.of(OPTIONS, Workers.of(1), Progress.silent());
    World three = World.of(OPTIONS, Workers.of(3), Progress.silent());
    assertEquals(one.corpus().hash(), three.corpus().hash());
    World other = World.of(OPTIONS.withMemory(MEMORY.withReturning(0.4)));
    assertNotEquals(one.corpus().hash(), other.corpus().hash());
  }

  @Test
  void aHistoryIsTheSameWhoeverWasMadeBefore() {
    Histories histories = World.of(OPTIONS).corpus().histories();
    ItemStrata strata = new ItemStrata(ItemTable.of(OPTIONS), INTENTS, BRANDS);
    double[] popularity = LogWriter.popularity(OPTIONS);
    HistoryMaker maker = new HistoryMaker(OPTIONS, strata, new Phrases(INTENTS), popularity);
    for (int user = histories.users() - 1; user >= 0; user--) {
      int length = histories.length(user);
      long start = histories.start(user);
      int[] items = IntStream.range(0, length).map(p -> histories.item(start + p)).toArray();
      assertArrayEquals(items, maker.make(user, length).items(), "user " + user);
    }
  }

  @Test
  void dialsThatContradictEachOtherAreRefused() {
    String returns =
        assertThrows(IllegalArgumentException.class, () -> OPTIONS.withMemory(MEMORY.withAway(200)))
            .getMessage();
    assertTrue(returns.contains("away 200") && returns.contains("maxLength 200"), returns);
    String brands =
        assertThrows(IllegalArgumentException.class, () -> MEMORY.withBrands(1)).getMessage();
    assertTrue(brands.contains("brands 1") && brands.contains("lasting 0.6"), brands);
  }

  @Test
  void aWorldOfBeforeThereWasAMemoryIsReadAsOneWithout(@TempDir Path folder) throws Exception {
    World world = World.of(WorldOptions.small().withUsers(5));
    Path written = folder.resolve("world");
    world.write(written);
    Path manifest = written.resolve("manifest.json");
    String before = Files.readString(manifest);
    String older = before.replaceAll("\\s*\"memory\\.[a-z]+\"\\s*:\\s*\"[^\"]*\",", "");
    assertTrue(before.contains("memory.") && !older.contains("memory."), older);
    Files.writeString(manifest, older);
    assertEquals(world.options(), World.read(written).options());
  }
}
