package seminar.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import seminar.data.Catalog;
import seminar.data.CorpusStatistics;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.feature.Features;
import seminar.options.OptionPaths;

/** Each dial, turned, moves what it is meant to move. */
class DialsTest {
  private static final WorldOptions BASE = WorldOptions.quick().withUsers(60).withItems(6000, 24);

  /** A world with one dial turned. */
  private static World with(String dial, double value) {
    Map<String, String> dials = new HashMap<>(OptionPaths.describe(BASE));
    boolean whole = !dials.get(dial).contains(".");
    dials.put(dial, whole ? Long.toString((long) value) : Double.toString(value));
    return World.of(OptionPaths.of(WorldOptions.class, dials));
  }

  private static CorpusStatistics statistics(String dial, double value) {
    return with(dial, value).corpus().statistics();
  }

  @Test
  void usersItemsAndIntentsAreCounts() {
    assertEquals(33, statistics("users", 33).users());
    assertEquals(2222, statistics("items", 2222).items());
    Truth truth = with("intents", 9).truth();
    assertEquals(9, IntStream.rangeClosed(1, 6000).map(truth::intent).distinct().count());
  }

  @Test
  void popularitySkewSetsTheShareOfThePopularItems() {
    assertTrue(popularShare(with("popularitySkew", 0)) < 0.35);
    assertTrue(popularShare(with("popularitySkew", 1.3)) > 0.5);
  }

  /** Share of events on the tenth of items that are seen most. */
  private static double popularShare(World world) {
    Histories histories = world.corpus().histories();
    int[] counts = new int[6001];
    for (long event = 0; event < histories.events(); event++) {
      counts[histories.item(event)]--;
    }
    Arrays.sort(counts);
    return -IntStream.of(counts).limit(600).sum() / (double) histories.events();
  }

  @Test
  void lengthsObeyTheirThreeDials() {
    World long0 = with("behaviour.minLength", 100);
    assertTrue(lengths(long0).min().orElseThrow() >= 100);
    assertTrue(lengths(World.of(BASE)).min().orElseThrow() < 60);
    assertTrue(lengths(with("behaviour.maxLength", 160)).max().orElseThrow() <= 160);
    assertTrue(lengths(World.of(BASE)).max().orElseThrow() > 250);
    double mean = lengths(with("behaviour.meanLength", 60)).average().orElseThrow();
    assertEquals(60, mean, 15);
  }

  private static IntStream lengths(World world) {
    Histories histories = world.corpus().histories();
    return IntStream.range(0, histories.users()).map(histories::length);
  }

  @Test
  void searchShareIsTheShareOfSearches() {
    assertEquals(0, statistics("behaviour.searchShare", 0).queryShare());
    assertEquals(0.6, statistics("behaviour.searchShare", 0.6).queryShare(), 0.03);
    assertEquals(1, statistics("behaviour.searchShare", 1).queryShare());
  }

  @Test
  void wanderIsTheShareOfEventsWithoutAnIntent() {
    assertEquals(0, wandering(with("behaviour.wander", 0)));
    assertEquals(0.4, wandering(with("behaviour.wander", 0.4)), 0.03);
  }

  private static double wandering(World world) {
    long events = world.corpus().histories().events();
    return LongStream.range(0, events)
            .filter(event -> world.truth().eventIntent(event) == Truth.WANDERING)
            .count()
        / (double) events;
  }

  @Test
  void activeIntentsAndDriftSetHowManyIntentsAHistoryFollows() {
    WorldOptions.Behaviour still = new WorldOptions.Behaviour(30, 150, 600, 0, 1, 0, 6, 0, 3, 0);
    assertEquals(1, intentsOfHistories(World.of(BASE.withBehaviour(still))), 0.5);
    WorldOptions.Behaviour broad = new WorldOptions.Behaviour(30, 150, 600, 0, 8, 0, 6, 0, 3, 0);
    double many = intentsOfHistories(World.of(BASE.withBehaviour(broad)));
    assertTrue(many > 6 && many <= 8.5, "broad " + many);
    WorldOptions.Behaviour drifting = new WorldOptions.Behaviour(30, 150, 600, 0, 1, 1, 6, 0, 3, 0);
    double drifted = intentsOfHistories(World.of(BASE.withBehaviour(drifting)));
    assertTrue(drifted > 7, "drifting " + drifted);
  }

  private static double intentsOfHistories(World world) {
    Histories histories = world.corpus().histories();
    double sum = 0;
    for (int user = 0; user < histories.users(); user++) {
      Set<Integer> intents = new HashSet<>();
      LongStream.range(histories.start(user), histories.start(user + 1))
          .forEach(event -> intents.add(world.truth().eventIntent(event)));
      sum += intents.size();
    }
    return sum / histories.users();
  }

  @Test
  void sessionLengthIsTheMeanLengthBetweenPauses() {
    assertEquals(3, sessionLength(with("behaviour.sessionLength", 3)), 0.3);
    assertEquals(12, sessionLength(with("behaviour.sessionLength", 12)), 2);
  }

  private static double sessionLength(World world) {
    Histories histories = world.corpus().histories();
    long sessions = 0;
    for (int user = 0; user < histories.users(); user++) {
      long first = histories.start(user);
      sessions +=
          1
              + LongStream.range(first + 1, histories.start(user + 1))
                  .filter(event -> histories.time(event) - histories.time(event - 1) > 1_800_000)
                  .count();
    }
    return histories.events() / (double) sessions;
  }

  @Test
  void loyaltyDrawsToOneBrandOfAnIntent() {
    double fickle = brandShare(with("behaviour.loyalty", 1));
    double loyal = brandShare(with("behaviour.loyalty", 20));
    assertTrue(loyal > fickle + 0.2, fickle + " " + loyal);
  }

  /** Share of the commonest brand among a user's events of an intent. */
  private static double brandShare(World world) {
    Histories histories = world.corpus().histories();
    double commonest = 0;
    double all = 0;
    for (int user = 0; user < histories.users(); user++) {
      Map<Integer, Map<Integer, Integer>> counts = new HashMap<>();
      for (long event = histories.start(user); event < histories.start(user + 1); event++) {
        int brand = world.corpus().catalog().attributes(histories.item(event))[1];
        counts
            .computeIfAbsent(world.truth().intent(histories.item(event)), k -> new HashMap<>())
            .merge(brand, 1, Integer::sum);
        all++;
      }
      for (Map<Integer, Integer> brands : counts.values()) {
        commonest += brands.values().stream().max(Integer::compare).orElseThrow();
      }
    }
    return commonest / all;
  }

  @Test
  void coldShareIsTheShareOfColdItemsInOlderHalves() {
    assertEquals(0, coldShare(with("behaviour.coldShare", 0)));
    assertEquals(0.5, coldShare(with("behaviour.coldShare", 0.5)), 0.03);
  }

  private static double coldShare(World world) {
    Histories histories = world.corpus().histories();
    long cold = 0;
    long all = 0;
    for (int user = 0; user < histories.users(); user++) {
      for (int at = 0; 2 * at < histories.length(user); at++) {
        cold += world.truth().cold(histories.item(histories.start(user) + at)) ? 1 : 0;
        all++;
      }
    }
    return cold / (double) all;
  }

  @Test
  void nearSetsHowOftenWhatIsShownBesideIsOfAnIntentThatTheUserFollows() {
    double far = nearShare(with("clicks.near", 0));
    double near = nearShare(with("clicks.near", 0.9));
    assertTrue(near > 0.6 && near > far + 0.4, far + " " + near);
  }

  /** Share of items not taken whose intent is that of one of the last 40 events. */
  private static double nearShare(World world) {
    Histories histories = world.corpus().histories();
    Exposures shown = world.corpus().exposures().orElseThrow();
    double near = 0;
    double all = 0;
    for (int user = 0; user < histories.users(); user++) {
      for (long at = shown.start(user) + 80; at < shown.start(user + 1); at++) {
        long event = histories.start(user) + shown.position(at);
        int intent = world.truth().intent(shown.item(at));
        if (!shown.clicked(at)) {
          near +=
              LongStream.range(event - 40, event)
                      .anyMatch(e -> world.truth().eventIntent(e) == intent)
                  ? 1
                  : 0;
          all++;
        }
      }
    }
    return near / all;
  }

  @Test
  void noiseOfTitlesIsTheShareOfWordsOfOtherTopics() {
    assertEquals(0, strangeWords(with("text.noise", 0)));
    double noisy = strangeWords(with("text.noise", 0.5));
    assertEquals(0.5, noisy, 0.06);
  }

  private static double strangeWords(World world) {
    Catalog catalog = world.corpus().catalog();
    double strange = 0;
    double all = 0;
    for (int item = 1; item <= catalog.size(); item++) {
      if (catalog.textRow(item) != Catalog.ABSENT) {
        Topics.Topic topic = Topics.of(world.truth().textIntent(item));
        List<String> words = List.of(catalog.text(item).split(" "));
        for (String word : List.of(words.get(1), words.get(2), words.get(3), words.get(5))) {
          boolean own = topic.adjectives().contains(word) || topic.nouns().contains(word);
          strange += own ? 0 : 1;
          all++;
        }
      }
    }
    return strange / all;
  }

  @Test
  void misalignmentAndMissingAreShares() {
    Truth truth = with("image.misalignment", 0.5).truth();
    long shifted =
        IntStream.rangeClosed(1, 6000).filter(i -> truth.intent(i) != truth.imageIntent(i)).count();
    assertEquals(0.5 * 23 / 24, shifted / 6000.0, 0.03);
    Truth other = with("text.misalignment", 0.5).truth();
    long told =
        IntStream.rangeClosed(1, 6000).filter(i -> other.intent(i) != other.textIntent(i)).count();
    assertEquals(0.5 * 23 / 24, told / 6000.0, 0.03);
    assertEquals(0.6, statistics("image.missing", 0.4).imageShare(), 0.12);
    assertEquals(0.6, statistics("text.missing", 0.4).textShare(), 0.12);
  }

  @Test
  void theNormOfAModalityIsTheLengthOfItsVectors() throws Exception {
    WorldOptions few =
        WorldOptions.quick()
            .withUsers(2)
            .withText(new WorldOptions.Modality(0.1, 0, 0, 0.5))
            .withImage(new WorldOptions.Modality(0.1, 0, 0, 4));
    Features features = Features.of(World.of(few));
    assertEquals(0.5, norm(features.text().row(11)), 1e-5);
    assertEquals(4, norm(features.image().row(11)), 1e-4);
  }

  private static double norm(float[] vector) {
    double sum = 0;
    for (float v : vector) {
      sum += v * v;
    }
    return Math.sqrt(sum);
  }

  @Test
  void theSeedChangesEverything() {
    assertNotEquals(with("seed", 1).corpus().hash(), with("seed", 2).corpus().hash());
  }

  @Test
  void theScaleOfKuaiSarIsThatOfItsPaper() {
    WorldOptions options = WorldOptions.kuaiSarScale();
    assertEquals(25_877, options.users());
    assertEquals(6_890_707, options.items());
    assertEquals(0.257, options.behaviour().searchShare());
    assertEquals(1, options.clicks().shownBeside());
    WorldOptions few =
        options.withItems(9000, 96).withUsers(2000).withClicks(new WorldOptions.Clicks(0, 0));
    long events = World.of(few).corpus().histories().events();
    assertEquals(19_664_885, 2.0 * events * 25_877 / 2000, 600_000);
  }
}
