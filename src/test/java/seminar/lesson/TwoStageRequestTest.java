package seminar.lesson;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import seminar.compute.Attended;
import seminar.compute.Choice;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.math.TopK;
import seminar.math.Workers;
import seminar.measure.RankingReport;
import seminar.model.AttentionOptions;
import seminar.model.Batch;
import seminar.model.ModelOptions;
import seminar.quantize.ProductQuantizer;
import seminar.rank.Ranker;
import seminar.search.InterestModel;
import seminar.search.Method;
import seminar.serve.CodedSearch;
import seminar.train.BatchMaker;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Both stages of one request, and what codes change in them. */
class TwoStageRequestTest {
  private static final World WORLD = World.of(WorldOptions.small());
  private static final ModelOptions OPTIONS = ModelOptions.laptop().withDims(16).withLengths(6, 60);
  private static RankingExperiment experiment;
  private static InterestModel model;

  @BeforeAll
  static void make() throws Exception {
    experiment = new RankingExperiment(WORLD.corpus(), Features.of(WORLD), Workers.common(), 1);
    model = experiment.fresh(Setup.laptop(1).withModel(OPTIONS));
  }

  private static CodedSearch coded(int pieces, int centroids) {
    return CodedSearch.fit(
        model, WORLD.corpus(), ProductQuantizer.Options.of(pieces, centroids), 1, Workers.common());
  }

  private static Batch batch(int index) {
    Ranker.Requests request = experiment.test().requests(index, index + 1);
    BatchMaker maker = new BatchMaker(WORLD.corpus().histories(), 60);
    maker.add(request.users()[0], request.positions(), request.candidates());
    return maker.take();
  }

  @Test
  void theModelsOwnChoiceLeadsToItsOwnAnswer() {
    Batch batch = batch(0);
    InterestModel.Explanation own = model.explain(batch);
    Attended attended = own.attended();
    Choice choice = new Choice(attended.kept().clone(), attended.selected().clone());
    assertArrayEquals(own.scores(), model.explain(batch, choice).scores(), 1e-5f);
  }

  @Test
  void anotherChoiceLeadsToAnotherAnswer() {
    Batch batch = batch(0);
    float[] own = model.explain(batch).scores();
    int rows = batch.candidateItems().length * 4;
    int[] kept = new int[rows];
    Arrays.fill(kept, 1); // every head keeps the oldest event alone
    float[] other = model.explain(batch, new Choice(kept, new int[rows * 6])).scores();
    assertTrue(Math.abs(own[0] - other[0]) > 1e-5);
  }

  @Test
  void whoCannotBeToldWhatToKeepSaysSo() {
    Batch batch = batch(0);
    Setup setup = Setup.laptop(1).withModel(OPTIONS);
    Choice nothing = new Choice(new int[0], new int[0]);
    InterestModel eta = experiment.fresh(setup.withMethod(new Method.Eta()));
    assertThrows(IllegalArgumentException.class, () -> eta.explain(batch, nothing));
    AttentionOptions pads = OPTIONS.attention().withPadding(AttentionOptions.Padding.RELEASED);
    InterestModel padded = experiment.fresh(setup.withModel(OPTIONS.withAttention(pads)));
    assertThrows(IllegalArgumentException.class, () -> padded.explain(batch, nothing));
    assertThrows(IllegalArgumentException.class, () -> coded(16, 16).choose(batch, 7));
    assertThrows(IllegalArgumentException.class, () -> coded(16, 16).choose(batch, 0));
  }

  @Test
  void aHeadKeepsItsBestScoresWhichAreSumsOverChannels() {
    TwoStageRequest request =
        TwoStageRequest.of(model, WORLD.corpus(), experiment.test(), 3, Map.of());
    assertEquals(4, request.heads().size());
    for (int h = 0; h < 4; h++) {
      TwoStageRequest.Head head = request.heads().get(h);
      float[] sums = new float[request.items().size()];
      for (double[] part : head.parts()) {
        for (int l = 0; l < sums.length; l++) {
          sums[l] += (float) part[l];
        }
      }
      for (int l = 0; l < sums.length; l++) {
        assertEquals(head.scores()[l], sums[l], 1e-5);
      }
      int[] best = TopK.of(sums, 6).indices();
      Arrays.sort(best);
      TwoStageRequest.Answer exact = request.answers().getFirst();
      assertEquals(Arrays.stream(best).boxed().toList(), exact.kept(h));
      double weight = exact.weights().get(h).stream().mapToDouble(w -> w).sum();
      assertEquals(1, weight, 1e-5);
      assertEquals(1, Arrays.stream(head.shares()).sum(), 1e-6);
    }
    assertEquals(1, request.recall(request.answers().getFirst()));
    assertEquals(4, request.chosen(request.answers()).choices().size());
    assertEquals("head 2, exact", request.chosen(request.answers()).choices().get(1).model());
    TwoStageRequest.Answer exact = request.answers().getFirst();
    assertEquals(1, request.relatedKept(exact, (item, target) -> true));
    assertEquals(1, request.relatedWeight(exact, (item, target) -> true), 1e-5);
    assertEquals(0, request.relatedWeight(exact, (item, target) -> false));
    int first = request.items().get(exact.kept(0).getFirst());
    double others =
        IntStream.range(1, 4)
            .filter(h -> exact.kept(h).stream().anyMatch(e -> request.items().get(e) == first))
            .count();
    assertEquals(
        (1 + others) / 24, request.relatedKept(exact, (item, target) -> item == first), 1e-9);
  }

  @Test
  void finerCodesKeepMoreOfWhatTheExactSearchKeeps() {
    CodedSearch fine = coded(16, 256);
    CodedSearch coarse = coded(1, 4);
    Map<String, CodedSearch> searches = new java.util.LinkedHashMap<>();
    searches.put("fine", fine);
    searches.put("coarse", coarse);
    double[] recall = new double[2];
    for (int index = 0; index < 10; index++) {
      TwoStageRequest request =
          TwoStageRequest.of(model, WORLD.corpus(), experiment.test(), index, searches);
      List<TwoStageRequest.Answer> answers = request.answers();
      assertEquals("fine", answers.get(1).search());
      recall[0] += request.recall(answers.get(1)) / 10;
      recall[1] += request.recall(answers.get(2)) / 10;
      assertEquals(answers.get(0).probability(), answers.get(1).probability(), 0.05);
    }
    assertTrue(recall[0] > 0.9, "one number for each piece: " + recall[0]);
    assertTrue(recall[1] < 0.8, "four places for all pairs: " + recall[1]);
    assertEquals(model, fine.model());
  }

  @Test
  void rankingByFineCodesIsNearlyRankingByTheModel() {
    RankingReport exact = experiment.rank(model, Progress.silent());
    RankingReport codes = experiment.test().rank(coded(16, 256).ranker(6), Progress.silent());
    assertEquals(exact.ndcg(10), codes.ndcg(10), 0.03);
    assertEquals(exact.owners(), codes.owners());
  }

  @Test
  void costsAreCountedByHand() {
    ModelOptions two =
        OPTIONS
            .withDims(4)
            .withAttention(AttentionOptions.paper(3).withHeads(2))
            .withLengths(3, 60);
    assertEquals(new StageCost(2 * 16, 2 * 10 * 4, 2 * 3 * 4, 2 * 16), StageCost.of(two, 10));
    assertEquals(32 + 80 + 24 + 32, StageCost.of(two, 10).total());
    assertEquals(2 * 2 * 4, StageCost.of(two, 2).weigh(), "a history of two events has no third");
  }
}
