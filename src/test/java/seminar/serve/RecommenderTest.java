package seminar.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.math.Workers;
import seminar.model.AttentionOptions;
import seminar.model.ModelOptions;
import seminar.model.SequenceOptions;
import seminar.rank.Ranker;
import seminar.rank.Recommended;
import seminar.search.InterestModel;
import seminar.search.Method;
import seminar.world.World;
import seminar.world.WorldOptions;

class RecommenderTest {
  private static final World WORLD = World.of(WorldOptions.small());
  private static final Corpus CORPUS = WORLD.corpus();
  private static final Histories HISTORIES = CORPUS.histories();
  private static final int[] CANDIDATES = {5, 9, 17, 33, 40, 2};
  private static RankingExperiment experiment;

  @TempDir private Path folder;

  @BeforeAll
  static void make() throws IOException {
    experiment = new RankingExperiment(CORPUS, Features.of(WORLD), Workers.common(), 1);
  }

  /** A model with all that a choice may depend on. */
  private static InterestModel model(Method method) {
    ModelOptions options = ModelOptions.lifelong().withDims(16).withLengths(6, 60).withShortTerm(4);
    AttentionOptions attention = options.attention();
    return experiment.fresh(
        Setup.lifelong(1)
            .withMethod(method)
            .withModel(options.withAttention(attention.withHeads(2).withLatest(2))));
  }

  private static InterestModel model() {
    return model(new Method.Seminar());
  }

  private static float[] ranked(InterestModel model, int user, int position) {
    Ranker ranker =
        new ModelRanker(
            model.scorer(), HISTORIES, model.options().sequenceLength(), Optional.empty());
    return ranker
        .score(
            new Ranker.Requests(new int[] {user}, new int[] {position}, new int[][] {CANDIDATES}))[
        0];
  }

  private static List<Event> events(int user, int from, int to) {
    List<Event> events = new ArrayList<>();
    for (int l = from; l < to; l++) {
      long event = HISTORIES.start(user) + l;
      events.add(new Event(HISTORIES.item(event), HISTORIES.query(event), HISTORIES.time(event)));
    }
    return events;
  }

  private static InterestModel sasRec() {
    Setup setup = Setup.sasRec(1);
    SequenceOptions pairs = setup.model().sequence().withInput(SequenceOptions.Input.PAIRS);
    return experiment.fresh(
        setup.withModel(setup.model().withDims(16).withLengths(6, 60).withSequence(pairs)));
  }

  @Test
  void scoresAreThoseOfTheModelWhateverTheMethodAndTheSearch() throws IOException {
    for (Method.Kind kind : Method.Kind.values()) {
      InterestModel model = kind.attends() ? model(Method.of(kind)) : sasRec();
      try (Recommender recommender = Recommender.of(model, CORPUS)) {
        for (int user = 0; user < 4; user++) {
          float[] expected = ranked(model, user, HISTORIES.length(user));
          for (Request.Search search : Request.Search.values()) {
            Request request = Request.of(CANDIDATES).withSearch(search);
            assertArrayEquals(
                expected, recommender.score(user, request), 2e-5f, kind + " " + search);
          }
        }
      }
    }
  }

  @Test
  void somebodyKnownByEventsAloneIsAUserWithThem() throws IOException {
    InterestModel model = model();
    try (Recommender recommender = Recommender.of(model, CORPUS)) {
      for (int position : new int[] {0, 1, 6, 7, HISTORIES.length(2)}) {
        float[] scores = recommender.score(events(2, 0, position), Request.of(CANDIDATES));
        assertArrayEquals(ranked(model, 2, position), scores, 2e-5f, position + " events");
      }
      int n = HISTORIES.length(2);
      assertEquals(recommender.recommend(2, 7), recommender.recommend(events(2, 0, n), 7));
      Set<Integer> met = Set.copyOf(events(2, 0, n).stream().map(Event::item).toList());
      for (Recommended item : recommender.recommend(2, 50)) {
        assertFalse(met.contains(item.item()));
      }
    }
  }

  @Test
  void eventsAfterATimeOrOfSomeItemsAreAHistoryOfTheirOwn() throws IOException {
    try (Recommender recommender = Recommender.of(model(), CORPUS)) {
      int n = HISTORIES.length(1);
      List<Event> all = events(1, 0, n);
      long since = all.get(n - 9).time();
      long until = all.get(n - 2).time();
      List<Event> window = all.stream().filter(e -> e.time() >= since && e.time() < until).toList();
      Request request = Request.of(CANDIDATES).withQuery(1);
      assertArrayEquals(
          recommender.score(window, request),
          recommender.score(1, request.withSince(since).withUntil(until)),
          2e-5f);
      List<Event> odd = all.stream().filter(e -> e.item() % 2 == 1).toList();
      assertArrayEquals(
          recommender.score(odd, request),
          recommender.score(1, request.withItems(item -> item % 2 == 1)),
          2e-5f);
      assertArrayEquals(
          recommender.score(List.of(), request),
          recommender.score(1, request.withItems(item -> false)),
          2e-5f);
      for (Served served : recommender.explain(1, request.withItems(item -> item % 2 == 1))) {
        for (Served.Head head : served.heads()) {
          double sum = 0;
          for (int i = 0; i < head.events().length; i++) {
            assertEquals(1, head.items()[i] % 2);
            assertEquals(all.get(head.events()[i]).item(), head.items()[i]);
            sum += head.weights()[i];
          }
          assertEquals(1, sum, 1e-5);
        }
      }
    }
  }

  private void index(InterestModel model, int[] users) throws IOException {
    IndexedHistories.write(
        model.vectors(),
        "one",
        CORPUS,
        new IndexedHistories.Options(8, 200, 1),
        users,
        folder,
        Workers.common(),
        Progress.silent());
  }

  @Test
  void whatCameLaterIsThereWhenTheFolderIsOpenedAgain() throws IOException {
    InterestModel model = model();
    index(model, new int[] {0, 1, 2});
    NewItems looks = NewItems.of(CORPUS, Features.textEncoder(CORPUS.catalog()), pictures());
    NewItems.Look look =
        looks.of(
            CORPUS.catalog().text(9),
            Optional.of(WORLD.picture(9)),
            List.of(CORPUS.catalog().attributeName(1), "no such attribute"));
    assertEquals(List.of("no such attribute"), look.unknown());
    long now = Long.MAX_VALUE - 10;
    int item;
    int user;
    float[] scores;
    List<Recommended> best;
    Request request = Request.of(5, 9, 17);
    try (Recommender recommender = Recommender.open(model, "one", CORPUS, folder)) {
      item = recommender.addItem("k-1", "a new one", look.item());
      user = recommender.addUser("newcomer");
      assertEquals(HISTORIES.users(), user);
      for (int i = 0; i < 20; i++) {
        recommender.append(user, new Event(i % 3 == 0 ? item : 1 + i, i % 4, now));
        recommender.append(2, new Event(40 - i, 0, now));
      }
      request = Request.of(5, item, 9, 17);
      scores = recommender.score(user, request);
      best = recommender.recommend(2, 1000);
      assertTrue(
          best.stream().anyMatch(r -> r.id().equals("k-1") && r.title().equals("a new one")));
      assertEquals(HISTORIES.length(2) + 20, recommender.events(2));
    }
    try (Recommender again = Recommender.open(model, "one", CORPUS, folder)) {
      assertEquals(0, again.cut());
      assertEquals(user, again.user("newcomer"));
      assertEquals(item, again.item("k-1"));
      assertEquals(20, again.events(user));
      assertArrayEquals(scores, again.score(user, request));
      assertEquals(best, again.recommend(2, 1000));
      List<Event> known = events(2, 0, HISTORIES.length(2));
      for (int i = 0; i < 20; i++) {
        known.add(new Event(40 - i, 0, now));
      }
      assertArrayEquals(again.score(known, request), again.score(2, request), 2e-5f);
    }
    IOException other =
        assertThrows(IOException.class, () -> Recommender.open(model, "two", CORPUS, folder));
    assertTrue(other.getMessage().contains("another model"), other.getMessage());
  }

  private static seminar.feature.Encoder<BufferedImage> pictures() {
    return seminar.feature.PictureDescriptor.encoder();
  }

  /** Every answer is that of one state: never of half an event. */
  @Test
  void manyAskWhileOneAppends() throws Exception {
    InterestModel model = model();
    int events = 60;
    List<Event> later = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      later.add(new Event(1 + (7 * i) % 50, i % 3, Long.MAX_VALUE - 10));
    }
    Request request = Request.of(CANDIDATES);
    List<float[]> states = new ArrayList<>();
    try (Recommender alone = Recommender.of(model, CORPUS)) {
      states.add(alone.score(0, request));
      for (Event event : later) {
        alone.append(0, event);
        states.add(alone.score(0, request));
      }
    }
    AtomicBoolean done = new AtomicBoolean();
    try (Recommender shared = Recommender.of(model, CORPUS);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      Callable<Integer> asking =
          () -> {
            int state = 0;
            int asked = 0;
            while (!done.get() || asked == 0) {
              float[] scores = shared.score(0, request);
              while (!Arrays.equals(states.get(state), scores)) {
                state++; // states follow each other; past the last there is none
              }
              asked++;
            }
            return asked;
          };
      List<Future<Integer>> all =
          IntStream.range(0, 8).mapToObj(i -> threads.submit(asking)).toList();
      for (Event event : later) {
        shared.append(0, event);
        Thread.sleep(2);
      }
      done.set(true);
      for (Future<Integer> one : all) {
        assertTrue(one.get() > 0);
      }
      assertArrayEquals(states.getLast(), shared.score(0, request));
    }
  }

  @Test
  void whatCannotBeIsRefusedAndChangesNothing() throws IOException {
    InterestModel model = model();
    index(model, new int[] {0, 1});
    try (Recommender recommender = Recommender.open(model, "one", CORPUS, folder)) {
      float[] before = recommender.score(0, Request.of(CANDIDATES));
      int eos = CORPUS.catalog().eos();
      refused(() -> Request.of(), "number of candidates is 0");
      refused(() -> Request.of(4, 5, 4), "item 4 is a candidate twice");
      refused(() -> recommender.score(0, Request.of(0)), "no item with the number 0");
      refused(() -> recommender.score(0, Request.of(eos)), "no item with the number " + eos);
      refused(() -> recommender.score(0, Request.of(1).withQuery(-1)), "query is -1");
      refused(() -> recommender.score(-1, Request.of(1)), "no user with the number -1");
      refused(() -> recommender.score(HISTORIES.users(), Request.of(1)), "no user with the number");
      refused(() -> recommender.user("nobody"), "there is no user nobody");
      refused(() -> recommender.item("nothing"), "there is no item nothing");
      refused(
          () -> recommender.append(0, new Event(1, 0, Long.MIN_VALUE)), "is older than the last");
      refused(() -> recommender.append(0, new Event(eos, 0, Long.MAX_VALUE)), "no item");
      refused(
          () -> recommender.score(List.of(new Event(1, 0, 5), new Event(1, 0, 4)), Request.of(1)),
          "is older than the one before");
      refused(
          () -> recommender.addUser(HISTORIES.userId(1)), "is there already, with the number 1");
      refused(() -> recommender.recommend(0, 0), "k is 0");
      refused(() -> Request.of(1).withSince(5).withUntil(4), "there are none between");
      assertArrayEquals(before, recommender.score(0, Request.of(CANDIDATES)));
      assertEquals(HISTORIES.length(0), recommender.events(0));
    }
    assertTrue(Files.exists(folder.resolve("changes.log")));
  }

  private static void refused(Executable call, String why) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(why), message);
  }
}
