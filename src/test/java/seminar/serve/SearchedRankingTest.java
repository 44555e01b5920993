package seminar.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.Attended;
import seminar.compute.Choice;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.math.Workers;
import seminar.measure.RankingReport;
import seminar.model.AttentionOptions;
import seminar.model.Batch;
import seminar.model.HeadOptions;
import seminar.model.ModelOptions;
import seminar.rank.Ranker;
import seminar.search.InterestModel;
import seminar.search.Method;
import seminar.search.PairVectors;
import seminar.train.BatchMaker;
import seminar.world.World;
import seminar.world.WorldOptions;

/** What searches find in place of a model's own choice, and how it ranks then. */
class SearchedRankingTest {
  private static final World WORLD = World.of(WorldOptions.small());
  private static final int K = 6;
  private static final int LENGTH = 30;
  private static final ModelOptions OPTIONS =
      ModelOptions.laptop().withDims(16).withLengths(K, LENGTH);
  private static final List<SearchKind> ALL = List.of(SearchKind.values());
  private static RankingExperiment experiment;

  @BeforeAll
  static void make() throws java.io.IOException {
    experiment = new RankingExperiment(WORLD.corpus(), Features.of(WORLD), Workers.common(), 1);
  }

  private static InterestModel model(ModelOptions options) {
    return experiment.fresh(Setup.laptop(1).withModel(options));
  }

  private static ModelOptions blind() {
    return OPTIONS.withAttention(OPTIONS.attention().withRecencyBuckets(0).withRecencyStart(0));
  }

  private static ModelOptions recent() {
    return OPTIONS.withAttention(
        OPTIONS.attention().with(a -> a.recencyBuckets(4).recencyStart(0.3)));
  }

  /** All that a choice may depend on. */
  static Collection<ModelOptions> models() {
    ModelOptions latest = blind().withAttention(blind().attention().withLatest(2));
    ModelOptions both = recent().withAttention(recent().attention().withLatest(2));
    ModelOptions own = both.withAttention(both.attention().withStages(AttentionOptions.Stages.OWN));
    ModelOptions onlyLatest = recent().withAttention(recent().attention().withLatest(K));
    ModelOptions manyBuckets = recent().withAttention(recent().attention().withRecencyBuckets(14));
    return List.of(
        blind(),
        recent(),
        manyBuckets,
        latest,
        both,
        own,
        onlyLatest,
        recent().withLengths(LENGTH, LENGTH),
        recent().withShortTerm(5));
  }

  private static SearchedRanking.Result result(
      InterestModel model, List<SearchKind> kinds, Workers workers) {
    return SearchedRanking.of(
        model,
        WORLD.corpus(),
        experiment.split(),
        experiment.test(),
        kinds,
        1,
        workers,
        Progress.silent());
  }

  private static CodedSearch searched(InterestModel model, SearchKind kind) {
    PairVectors vectors = model.vectors();
    int[] items = IntStream.range(0, 300).map(i -> i % WORLD.corpus().catalog().size()).toArray();
    PairKeys sample = PairKeys.of(vectors, items, new int[items.length], true);
    LearnedSearch learned =
        new LearnedSearch.Learning(vectors, sample, 1, Workers.common()).of(kind);
    return new CodedSearch(model, vectors, WORLD.corpus().histories(), learned, Workers.common());
  }

  /** Two users, the second with several requests, one of which sees fewer events than K. */
  private static Batch batch() {
    BatchMaker maker = new BatchMaker(WORLD.corpus().histories(), LENGTH);
    int[][] candidates = {{1, 2, 3}, {4}, {5, 6}, {1}};
    maker.add(0, new int[] {WORLD.corpus().histories().length(0)}, new int[][] {{7, 8, 9, 1}});
    maker.add(1, new int[] {0, 3, 7, 20}, candidates);
    return maker.take();
  }

  @ParameterizedTest
  @MethodSource("models")
  void theExactSearchChoosesAndRanksAsTheModelItself(ModelOptions options) {
    InterestModel model = model(options);
    Batch batch = batch();
    InterestModel.Explanation own = model.explain(batch);
    Choice choice = searched(model, SearchKind.EXACT).choose(batch, options.topK());
    Attended attended = own.attended();
    assertArrayEquals(attended.kept(), choice.kept());
    for (int row = 0; row < choice.kept().length; row++) {
      int at = row * options.topK();
      int end = at + choice.kept()[row];
      assertArrayEquals(
          Arrays.copyOfRange(attended.selected(), at, end),
          Arrays.copyOfRange(choice.selected(), at, end),
          "row " + row);
    }
    assertArrayEquals(own.scores(), model.explain(batch, choice).scores(), 1e-5f);
    SearchedRanking.Result result = result(model, List.of(SearchKind.EXACT), Workers.common());
    SearchedRanking.Row exact = result.rows().getFirst();
    assertEquals(1, exact.recall(), 1e-9);
    assertEquals(1, exact.weight(), 1e-5);
    assertEquals(result.own(), exact.report());
    assertEquals(experiment.rank(model, Progress.silent()), result.own());
  }

  @Test
  void fewerEventsThanTheModelKeepsAreThoseThatAModelOfSuchAKKeeps() {
    ModelOptions options = recent().withAttention(recent().attention().withLatest(2));
    CodedSearch search = searched(model(options), SearchKind.EXACT);
    Batch batch = batch();
    for (int k = 2; k < K; k++) {
      Attended fewer = model(options.withLengths(k, LENGTH)).explain(batch).attended();
      Choice choice = search.choose(batch, k);
      assertArrayEquals(fewer.kept(), choice.kept());
      for (int row = 0; row < choice.kept().length; row++) {
        int kept = choice.kept()[row];
        assertArrayEquals(
            Arrays.copyOfRange(fewer.selected(), row * k, row * k + kept),
            Arrays.copyOfRange(choice.selected(), row * K, row * K + kept),
            "K = %d, row %d".formatted(k, row));
      }
    }
  }

  @Test
  void aFirstStageRanksOneByOneAsManyAtOnce() {
    InterestModel model = model(recent());
    RankingReport alone =
        experiment.test().rank(searched(model, SearchKind.EXACT).ranker(K), Progress.silent());
    assertEquals(experiment.rank(model, Progress.silent()).places(), alone.places());
  }

  @Test
  void recallAndWeightAreThoseCountedByHand() {
    InterestModel model = model(recent());
    List<SearchKind> kinds = List.of(SearchKind.PQ4, SearchKind.LSH);
    List<SearchedRanking.Row> rows = result(model, kinds, Workers.common()).rows();
    PairVectors vectors = model.vectors();
    for (SearchedRanking.Row row : rows) {
      CodedSearch search =
          SearchedRanking.searches(
                  model,
                  WORLD.corpus(),
                  experiment.split(),
                  List.of(row.kind()),
                  1,
                  Workers.common(),
                  Progress.silent())
              .getFirst();
      double[] recall = new double[vectors.heads()];
      double weight = 0;
      int candidates = 0;
      for (int q = 0; q < experiment.test().positives(); q++) {
        Ranker.Requests request = experiment.test().requests(q, q + 1);
        Batch batch = ModelRanker.batch(model, WORLD.corpus().histories(), request, 0);
        Attended own = model.explain(batch).attended();
        Choice found = search.choose(batch, K);
        for (int r = 0; r < own.kept().length; r++) {
          Set<Integer> there = new TreeSet<>();
          for (int i = 0; i < found.kept()[r]; i++) {
            there.add(found.selected()[r * K + i]);
          }
          for (int i = 0; i < own.kept()[r]; i++) {
            if (there.contains(own.selected()[r * K + i])) {
              recall[r % recall.length] += 1.0 / own.kept()[r];
              weight += own.weights()[r * K + i];
            }
          }
        }
        candidates += batch.candidateItems().length;
      }
      for (int h = 0; h < recall.length; h++) {
        assertEquals(recall[h] / candidates, row.recallOfHeads().get(h), 1e-3);
      }
      assertEquals(weight / candidates / recall.length, row.weight(), 1e-3);
      assertEquals(Arrays.stream(recall).sum() / candidates / 4, row.recall(), 1e-3);
      assertTrue(row.recall() < 1, row.toString());
    }
  }

  @Test
  void everySearchFindsSomethingInItsBytesWithAnyNumberOfThreads() {
    InterestModel model = model(recent());
    SearchedRanking.Result result = result(model, ALL, Workers.common());
    assertEquals(ALL, result.rows().stream().map(SearchedRanking.Row::kind).toList());
    double chance = (double) K / LENGTH;
    for (SearchedRanking.Row row : result.rows()) {
      assertTrue(row.recall() > chance + 0.1 && row.recall() <= 1, row.toString());
      assertEquals(4, row.recallOfHeads().size());
      assertEquals(
          row.recall(), row.recallOfHeads().stream().mapToDouble(r -> r).average().orElse(0), 1e-9);
      assertTrue(row.microseconds() > 0, row.toString());
      assertEquals(result.own().owners(), row.report().owners());
    }
    assertEquals(
        List.of(64.0, 16.0, 8.0, 8.0, 8.0, 12.0, 16.0, 16.0, 320.0, 8.0, 80.0),
        result.rows().stream().map(SearchedRanking.Row::bytes).toList());
    assertEquals(64, result.rows().get(SearchKind.REFINED.ordinal()).bytesBeside());
    assertEquals(1, result.rows().get(SearchKind.REFINED.ordinal()).recall(), 1e-9);
    try (Workers one = Workers.of(1)) {
      SearchedRanking.Result again = result(model, ALL, one);
      for (int i = 0; i < ALL.size(); i++) {
        assertEquals(result.rows().get(i).report(), again.rows().get(i).report());
        assertEquals(result.rows().get(i).recallOfHeads(), again.rows().get(i).recallOfHeads());
      }
    }
  }

  @Test
  void channelsAreWrittenByDirectionAndLength() {
    InterestModel model = model(blind());
    PairVectors vectors = model.vectors();
    int[] items = IntStream.range(0, 20).toArray();
    int[] queries = IntStream.range(0, 20).map(i -> i % 3 == 0 ? 0 : 1).toArray();
    PairKeys pairs = PairKeys.of(vectors, items, queries, true);
    assertArrayEquals(vectors.keys(items, queries), pairs.keys(), 0, "the same bits");
    ChannelCodes fine =
        ChannelCodes.fit(
            pairs.parts(),
            16,
            4,
            new seminar.quantize.KMeans.Options(300, 20, 0),
            seminar.math.Rng.stream("test", 1),
            Workers.common());
    assertArrayEquals(pairs.keys(), fine.decoded(pairs.parts()), 1e-5f, "a place for each");
    assertEquals(4 * (4 * 2 + 4), fine.bytes());
    float[][] longer = new float[4][];
    Arrays.setAll(longer, m -> pairs.parts()[m].clone());
    for (int j = 0; j < 16; j++) {
      longer[1][j] *= 3;
    }
    float[] decoded = fine.decoded(longer);
    for (int j = 0; j < 16; j++) {
      assertEquals(pairs.keys()[j] + 2 * pairs.parts()[1][j], decoded[j], 1e-4, "lengths are kept");
    }
    assertArrayEquals(
        Arrays.copyOf(pairs.keys(), 16), fine.decoded(vectors, items[0], queries[0]), 1e-5f);
  }

  @ParameterizedTest
  @EnumSource(SearchKind.class)
  void aSearchIsFoundByItsName(SearchKind kind) {
    assertEquals(kind, SearchKind.of(kind.toString()));
    assertEquals(kind, SearchKind.of(kind.name()));
  }

  @Test
  void whoDoesNotChooseByAttentionSaysSo() {
    String unknown =
        assertThrows(IllegalArgumentException.class, () -> SearchKind.of("faiss")).getMessage();
    assertTrue(unknown.contains("faiss") && unknown.contains("score-aware"), unknown);
    Setup setup = Setup.laptop(1).withModel(OPTIONS);
    InterestModel eta = experiment.fresh(setup.withMethod(new Method.Eta()));
    assertThrows(IllegalArgumentException.class, () -> result(eta, ALL, Workers.common()));
    assertThrows(IllegalArgumentException.class, eta::explainer);
    InterestModel padded =
        model(
            blind()
                .withAttention(blind().attention().withPadding(AttentionOptions.Padding.RELEASED)));
    assertThrows(IllegalArgumentException.class, padded::explainer);
    InterestModel seminar = model(OPTIONS);
    assertThrows(
        IllegalArgumentException.class, () -> result(seminar, List.of(), Workers.common()));
  }

  @Test
  void sideFeaturesAreMadeAsForAnyRanking() {
    HeadOptions head = OPTIONS.head().withSideFeatures(seminar.train.SideFeatures.COUNT);
    InterestModel model = model(recent().withHead(head));
    SearchedRanking.Result result = result(model, List.of(SearchKind.EXACT), Workers.common());
    assertEquals(experiment.rank(model, Progress.silent()), result.own());
    Optional<SearchedRanking.Row> exact = result.rows().stream().findFirst();
    assertEquals(result.own(), exact.orElseThrow().report());
  }
}
