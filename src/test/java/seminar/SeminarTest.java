package seminar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.experiment.Contender;
import seminar.experiment.ModelTable;
import seminar.experiment.Protocol;
import seminar.experiment.Trained;
import seminar.feature.Encoder;
import seminar.feature.Features;
import seminar.feature.onnx.MiniLmJar;
import seminar.math.Rng;
import seminar.math.TopK;
import seminar.math.Vectors;
import seminar.rank.Recommended;
import seminar.serve.ExplainedHistory;
import seminar.train.TrainListener;
import seminar.world.World;
import seminar.world.WorldOptions;

/** The entry points for scripts: that each gives what the packages behind it give. */
class SeminarTest {
  private static Study lab;
  private static Trained model;
  private static final List<TrainListener.Epoch> HEARD = new ArrayList<>();

  @TempDir Path folder;

  @BeforeAll
  static void fiveLines() throws IOException {
    lab = Seminar.world(WorldOptions.small()).withEpochs(1, 2);
    lab = lab.with(TrainListener.epochs(HEARD::add));
    model = lab.train(lab.pretrain());
  }

  @Test
  void theListenerHearsEveryEpochOfPretrainingAndOfTraining() {
    assertEquals(List.of(1, 1, 2), HEARD.stream().map(TrainListener.Epoch::epoch).toList());
  }

  @Test
  void aModelRanksTheHeldOutItemOfEveryUser() {
    assertEquals(40, model.rank().positives());
    assertEquals(model.rank().ndcg(10), model.ndcg(10));
    assertEquals(1, model.run().pretraining().size());
    assertTrue(model.toString().startsWith("SEMINAR: 40 positives"), model.toString());
    assertEquals(40, lab.popularity().positives());
  }

  @Test
  void recommendationsAreItemsThatTheUserHasNotMetBestFirst() {
    List<Recommended> best = model.recommend(7, 5);
    assertEquals(5, best.size());
    Set<Integer> met = new HashSet<>();
    for (int p = 0; p < lab.corpus().histories().length(7); p++) {
      met.add(lab.corpus().histories().item(lab.corpus().histories().start(7) + p));
    }
    for (int i = 0; i < best.size(); i++) {
      assertTrue(!met.contains(best.get(i).item()));
      assertTrue(i == 0 || best.get(i).score() <= best.get(i - 1).score());
    }
    assertEquals(best, model.recommend(lab.corpus().histories().userId(7), 5));
  }

  @Test
  void anExplanationIsOfTheUserWhoWasAskedFor() {
    ExplainedHistory history = model.explain(7);
    assertEquals(lab.corpus().histories().userId(7), history.user());
    assertEquals(history, model.explain(history.user()));
    List<ExplainedHistory.Event> heaviest = history.heaviest(3);
    double most =
        history.events().stream().mapToDouble(ExplainedHistory.Event::weight).max().orElse(0);
    assertEquals(3, heaviest.size());
    assertEquals(most, heaviest.getFirst().weight());
    assertTrue(heaviest.get(1).weight() >= heaviest.get(2).weight());
  }

  @Test
  void whoIsNotThereIsSaid() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> model.explain("nobody")).getMessage();
    assertEquals("corpus world has no user nobody: give an id of its log", message);
    message = assertThrows(IllegalArgumentException.class, () -> model.explain(40)).getMessage();
    assertTrue(
        message.startsWith("user 40 has no held-out item: there are 40, of users such as"),
        message);
  }

  @Test
  void anotherSetupKeepsTheCandidatesUnlessTheProtocolIsAnother() {
    assertSame(lab.experiment(), lab.with(lab.setup().withPsu(lab.setup().psu())).experiment());
    Protocol recent = lab.setup().protocol().withTargets(Protocol.Targets.RECENT);
    Study other = lab.with(lab.setup().withProtocol(recent));
    assertNotSame(lab.experiment(), other.experiment());
    assertEquals(lab.experiment().test().hash(), other.experiment().test().hash());
  }

  @Test
  void aWrittenCorpusIsStudiedAsTheOneInMemory() throws IOException {
    World world = World.of(WorldOptions.small());
    world.withFeatures(Features.of(world).write(folder)).write(folder.resolve("corpus"));
    Study read = Seminar.corpus(folder.resolve("corpus")).withEpochs(1, 2);
    assertEquals(lab.toString(), read.toString());
    assertEquals(model.rank(), read.train(read.pretrain()).rank());
    assertEquals(lab.features().text().dims(), Seminar.features(read.corpus()).text().dims());
  }

  @Test
  void sentencesAreEncodedWithoutSetUp() throws IOException {
    MiniLmJar.file();
    try (Encoder<String> encoder = Seminar.sentences()) {
      float[] query = encoder.encode("a love story at sea");
      double near =
          Vectors.dot(query, encoder.encode("Two passengers of an ocean liner fall in love"));
      assertTrue(near > 0.2 + Vectors.dot(query, encoder.encode("How to repair a bicycle")));
    }
  }

  @Test
  void aLogIsReadByTheNameOfItsReader() throws IOException {
    Path log = Path.of("data/world");
    assertEquals(40, Seminar.corpus("kuaisar", log).corpus().histories().users());
    Map<String, String> none = Map.of("items", "1000000");
    assertThrows(IllegalArgumentException.class, () -> Seminar.corpus("kuaisar", log, none));
    assertThrows(IllegalArgumentException.class, () -> Seminar.corpus("kuaisaur", log));
    assertThrows(IOException.class, () -> Seminar.corpus(folder));
  }

  @Test
  void aComparisonIsATableAndGoesOnWhereItStopped() throws IOException {
    List<Contender> few =
        lab.contenders().stream().filter(line -> line.name().matches("SEMINAR|TWIN")).toList();
    ModelTable first = lab.compare(few, List.of(1L), folder);
    List<String> names = first.rows().stream().map(ModelTable.Row::name).toList();
    assertTrue(names.containsAll(List.of("SEMINAR", "TWIN")), names::toString);
    assertEquals(
        first.table().printAll(), lab.compare(few, List.of(1L), folder).table().printAll());
  }

  @Test
  void anIndexFindsTheLargestInnerProducts() {
    SplittableRandom rng = Rng.stream("test", 1);
    float[][] vectors = new float[500][7];
    for (float[] vector : vectors) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) rng.nextGaussian();
      }
    }
    float[] query = vectors[3];
    float[] scores = new float[vectors.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Vectors.dot(vectors[i], 0, query, 0, query.length);
    }
    int[] found = Seminar.index(vectors).search(query, 10).top().indices();
    assertArrayEquals(TopK.of(scores, 10).indices(), found);
  }

  @Test
  void anIndexOfLessThanThereAreCentroidsIsExactAndOfNothingIsRefused() {
    float[][] two = {{1, 0}, {0, 1}};
    assertArrayEquals(
        new int[] {1, 0}, Seminar.index(two).search(new float[] {0.5f, 1}, 5).top().indices());
    assertThrows(IllegalArgumentException.class, () -> Seminar.index(new float[0][]));
    assertThrows(IllegalArgumentException.class, () -> Seminar.index(new float[][] {{1}, {1, 2}}));
    assertThrows(
        IllegalArgumentException.class, () -> Seminar.index(new float[][] {{Float.NaN}, {1}}));
  }
}
