package seminar.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seminar.search.SmallWorld.CORPUS;
import static seminar.search.SmallWorld.FEATURES;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.compute.Groups;
import seminar.data.Split;
import seminar.math.Vectors;
import seminar.math.Workers;
import seminar.model.AttentionOptions;
import seminar.model.Batch;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.train.Adam;
import seminar.train.LabelledBatch;
import seminar.train.StepLoss;
import seminar.train.TrainListener;
import seminar.train.TrainOptions;
import seminar.train.Trainer;
import seminar.train.TrainingBatches;

/** SEMINAR and its peers as whole models on a small planted world. */
class InterestModelTest {
  private static final ModelOptions OPTIONS =
      SmallWorld.options().withAttention(AttentionOptions.paper(3).withHeads(2));
  private static final LabelledBatch BATCH = SmallWorld.batch();

  static Stream<Method> methods() {
    Stream<Method> papers =
        Stream.of(Method.Kind.values()).filter(Method.Kind::attends).map(Method::of);
    Stream<Method> variants =
        Stream.of(
            Method.released(Method.Kind.ETA),
            Method.released(Method.Kind.QIN),
            Method.released(Method.Kind.SIM_SOFT),
            new Method.Eta().withRedrawn(true),
            new Method.Qin().withFirstK(4).withFusedFields(true),
            new Method.Qin().withFirstK(4).withLatestQuery(true),
            new Method.Sdim(Method.Form.PAPER, 3, 1, false),
            new Method.Stca().withLayers(1),
            new Method.Stca().withLayers(3).withHidden(5));
    return Stream.concat(papers, variants);
  }

  private static InterestModel model(Backend backend, Method method) {
    return new InterestModel(backend, CORPUS, FEATURES, OPTIONS, method, 5);
  }

  private static InterestModel model(Method method) {
    return model(Backends.cpu().on(Workers.of(2)), method);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void gradientsAgreeWithDifferences(Method method) {
    Set<String> moving = GradientsOfModel.check(model(method), BATCH);
    assertTrue(moving.contains("channel/item") && moving.contains("head/first"), "" + moving);
    assertEquals(
        method.kind() == Method.Kind.SIM_SOFT,
        moving.contains("search/query") && moving.contains("search/head/first"));
  }

  @Test
  void gradientsOfTwoTasksAgreeWithDifferences() {
    float[] weights = {0.2f, 0.2f, 0.15f, 0.15f, 0.1f, 0.1f, 0.1f};
    LabelledBatch weighed =
        new LabelledBatch(BATCH.batch(), BATCH.labels(), 1, Optional.empty(), weights);
    InterestModel model = model(new Method.Seminar());
    GradientsOfModel.check(model, weighed);
    float[] logits = model.score(BATCH.batch());
    double byHand = 0;
    for (int c = 0; c < logits.length; c++) {
      double p = 1 / (1 + Math.exp(-logits[c]));
      byHand -= weights[c] * Math.log(BATCH.labels()[c] == 1 ? p : 1 - p);
    }
    assertEquals(byHand, model.gradients(weighed).total(), 1e-6);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void encodingTheCatalogueOnceChangesNoScore(Method method) {
    InterestModel model = model(method);
    float[] one = model.score(BATCH.batch());
    assertArrayEquals(one, model.scorer().score(BATCH.batch()), 1e-6f);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void bothBackendsGiveTheSameScoresAndGradients(Method method) {
    InterestModel fast = model(method);
    InterestModel portable = model(Backends.nd4j().on(Workers.common()), method);
    assertArrayEquals(fast.score(BATCH.batch()), portable.score(BATCH.batch()), 1e-5f);
    StepLoss loss = fast.gradients(BATCH);
    assertEquals(loss.total(), portable.gradients(BATCH).total(), 1e-5);
    for (Parameter parameter : fast.parameters().all()) {
      Parameter other = portable.parameters().get(parameter.name());
      assertArrayEquals(
          parameter.gradient().toArray(), other.gradient().toArray(), 2e-5f, parameter.name());
    }
  }

  @Test
  void howManyEventsAQueryFindsCountsOnlyWhereCandidatesHaveOne() {
    Method.Qin qin = new Method.Qin().withFirstK(4);
    float[] few = recommending(qin);
    assertArrayEquals(few, recommending(qin.withFirstK(60)), "nobody asks: cosine of items alone");
    float[] asked = recommending(qin.withLatestQuery(true));
    assertFalse(Arrays.equals(few, asked), "the latest query of the history is asked");
    assertFalse(Arrays.equals(asked, recommending(qin.withLatestQuery(true).withFirstK(5))));
    assertArrayEquals(
        few, recommending(qin.withLatestQuery(true).withFirstK(60)), "all events are found");
    InterestModel searching = model(qin);
    Batch typed = asked(BATCH.batch(), 2);
    assertFalse(
        Arrays.equals(searching.score(typed), model(qin.withFirstK(60)).score(typed)),
        "in searching the typed query is asked");
    assertArrayEquals(
        searching.score(typed), model(qin.withLatestQuery(true)).score(typed), "and it alone");
  }

  private static float[] recommending(Method.Qin qin) {
    return model(qin).score(asked(BATCH.batch(), 0));
  }

  /** The same with one query for every candidate. */
  private static Batch asked(Batch batch, int query) {
    int[] queries = new int[batch.candidateItems().length];
    Arrays.fill(queries, query);
    return new Batch(
        batch.items(), batch.queries(), batch.groups(), batch.candidateItems(), queries);
  }

  @ParameterizedTest
  @EnumSource(value = Method.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "SAS_REC")
  void trainingLowersTheLossAndIsTheSameBitsForAnyNumberOfThreads(Method.Kind kind) {
    List<Double> losses = new ArrayList<>();
    Map<String, float[]> one = train(kind, 1, losses);
    assertTrue(losses.getLast() < 0.95 * losses.getFirst(), "the loss does not fall: " + losses);
    Map<String, float[]> many = train(kind, 3, new ArrayList<>());
    one.forEach((name, values) -> assertArrayEquals(values, many.get(name), name));
  }

  private static Map<String, float[]> train(Method.Kind kind, int threads, List<Double> losses) {
    try (Workers workers = Workers.of(threads)) {
      Backend backend = Backends.cpu().on(workers);
      InterestModel model = model(backend, Method.of(kind));
      TrainOptions options = new TrainOptions(6, 8, 8, 2, Adam.Options.withRate(5e-3), 11);
      TrainingBatches batches =
          new TrainingBatches(CORPUS, Split.leaveOneOut(CORPUS.histories()), 60, options);
      int[] epoch = {0};
      new Trainer(backend, model, batches, options)
          .train(() -> epoch[0]++, TrainListener.silent())
          .forEach(row -> losses.add(row.loss()));
      return model.parameters().snapshot();
    }
  }

  @Test
  void twinIsSeminarWithoutMaps() {
    InterestModel twin = model(new Method.Twin());
    InterestModel seminar =
        new SeminarModel(
            Backends.cpu().on(Workers.of(2)),
            CORPUS,
            FEATURES,
            OPTIONS.withRestoring(ModelOptions.Restoring.NONE),
            5);
    assertArrayEquals(seminar.score(BATCH.batch()), twin.score(BATCH.batch()));
    assertTrue(twin.parameters().all().stream().noneMatch(p -> p.name().startsWith("restore/")));
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.Kind.class,
      names = {"LATEST", "SIM_SOFT", "ETA", "QIN"})
  void withKAsLongAsTheHistoryEverySearchIsFullAttention(Method.Kind kind) {
    ModelOptions all = OPTIONS.withAttention(AttentionOptions.paper(12).withHeads(2));
    Backend backend = Backends.cpu().on(Workers.of(1));
    InterestModel twin = new InterestModel(backend, CORPUS, FEATURES, all, new Method.Twin(), 5);
    InterestModel peer = new InterestModel(backend, CORPUS, FEATURES, all, Method.of(kind), 5);
    assertArrayEquals(
        twin.score(BATCH.batch()), peer.score(BATCH.batch()), 1e-6f, "the same parameters");
  }

  @Test
  void oneLayerOfStcaIsTwinThatKeepsEverything() {
    ModelOptions all = OPTIONS.withLengths(60, 60).withRecency(3);
    Backend backend = Backends.cpu().on(Workers.of(2));
    InterestModel twin = new InterestModel(backend, CORPUS, FEATURES, all, new Method.Twin(), 5);
    Method one = new Method.Stca().withLayers(1);
    InterestModel stca = new InterestModel(backend, CORPUS, FEATURES, all, one, 5);
    for (Parameter parameter : twin.parameters().matching("attention/")) {
      stca.parameters()
          .get(parameter.name().replace("attention/", "stca/1/"))
          .set(parameter.value().toArray());
    }
    assertArrayEquals(twin.score(BATCH.batch()), stca.score(BATCH.batch()), 1e-6f);
    assertEquals(twin.gradients(BATCH).total(), stca.gradients(BATCH).total(), 1e-6);
    assertArrayEquals(
        twin.parameters().get("attention/recency").gradient().toArray(),
        stca.parameters().get("stca/1/recency").gradient().toArray(),
        1e-6f);
  }

  @Test
  void stcaLearnsInEveryLayerAndSaysWhatItsLastLayerSaw() {
    ModelOptions options = OPTIONS.withRecency(3);
    InterestModel model =
        new InterestModel(
            Backends.cpu().on(Workers.of(2)), CORPUS, FEATURES, options, new Method.Stca(), 5);
    Set<String> moving = GradientsOfModel.check(model, BATCH);
    for (String name : List.of("1/query", "2/query", "1/recency", "2/recency", "2/first")) {
      assertTrue(moving.contains("stca/" + name), name + " of " + moving);
    }
    InterestModel.Explanation explanation = model.explain(BATCH.batch());
    assertArrayEquals(model.score(BATCH.batch()), explanation.scores());
    Attended attended = explanation.attended();
    Groups groups = BATCH.batch().groups();
    for (int g = 0; g < groups.groupCount(); g++) {
      int row = groups.candidates()[g] * attended.heads();
      assertEquals(groups.events(g), attended.kept()[row]);
      double sum = 0;
      for (int i = 0; i < groups.events(g); i++) {
        sum += attended.weights()[row * attended.topK() + i];
      }
      assertEquals(groups.events(g) == 0 ? 0 : 1, sum, 1e-5);
    }
    String message = assertThrows(IllegalArgumentException.class, model::vectors).getMessage();
    assertTrue(message.contains("STCA does not choose"), message);
  }

  @Test
  void redrawnProjectionsDifferFromStepToStepAndNotInEvaluation() {
    InterestModel model = model(new Method.Eta().withHashBits(2).withRedrawn(true));
    float[] scores = model.score(BATCH.batch());
    double first = model.gradients(new LabelledBatch(BATCH.batch(), BATCH.labels(), 1)).total();
    boolean differs = false;
    for (int seed = 2; seed < 12; seed++) {
      LabelledBatch other = new LabelledBatch(BATCH.batch(), BATCH.labels(), seed);
      differs |= model.gradients(other).total() != first;
    }
    assertTrue(differs);
    assertArrayEquals(scores, model.score(BATCH.batch()));
  }

  @Test
  void onlyAChoiceByInnerProductsCanBeAskedFromOutside() {
    for (Method.Kind kind : List.of(Method.Kind.SDIM, Method.Kind.ETA)) {
      InterestModel model = model(Method.of(kind));
      String message = assertThrows(IllegalArgumentException.class, model::vectors).getMessage();
      assertTrue(message.contains(kind + " does not choose"), message);
    }
    ModelOptions padded =
        OPTIONS.withAttention(OPTIONS.attention().withPadding(AttentionOptions.Padding.RELEASED));
    InterestModel model =
        new SeminarModel(Backends.cpu().on(Workers.of(1)), CORPUS, FEATURES, padded, 5);
    String message = assertThrows(IllegalArgumentException.class, model::vectors).getMessage();
    assertTrue(message.contains("SEMINAR pads histories"), message);
  }

  /** Score = k_l · r_h + recency, as an index computes it, is what attention chooses by. */
  @Test
  void whatAnIndexAddsToInnerProductsIsWhatAttentionChoosesBy() {
    InterestModel model = keeping(1, Backends.cpu().on(Workers.of(1)), new Method.Seminar());
    Parameter recency = model.parameters().get("attention/recency");
    float[] bias = recency.value().toArray();
    for (int i = 0; i < bias.length; i++) {
      bias[i] = 0.3f * (i % 5) - 0.4f;
    }
    recency.set(bias);
    ChoiceRule rule = model.vectors().rule();
    assertEquals(1, rule.latest());
    for (int h = 0; h < rule.heads(); h++) {
      assertArrayEquals(Arrays.copyOfRange(bias, 3 * h, 3 * h + 3), rule.recency()[h]);
    }
    assertEquals(0, model(new Method.Seminar()).vectors().rule().recency()[0].length);
  }

  private static InterestModel keeping(int latest, Backend backend, Method method) {
    ModelOptions options =
        OPTIONS.withAttention(OPTIONS.attention().withLatest(latest)).withRecency(3);
    return new InterestModel(backend, CORPUS, FEATURES, options, method, 5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.Kind.class,
      names = {"SEMINAR", "TWIN"})
  void theLatestEventsAreAmongThoseThatAHeadKeeps(Method.Kind kind) {
    Backend backend = Backends.cpu().on(Workers.of(2));
    InterestModel model = keeping(2, backend, Method.of(kind));
    GradientsOfModel.check(model, BATCH);
    float[] scores = model.score(BATCH.batch());
    assertArrayEquals(scores, model.scorer().score(BATCH.batch()), 1e-6f);
    assertArrayEquals(
        scores,
        keeping(2, Backends.nd4j().on(Workers.common()), Method.of(kind)).score(BATCH.batch()),
        1e-5f);
    InterestModel none = keeping(0, backend, Method.of(kind));
    assertFalse(Arrays.equals(scores, none.score(BATCH.batch())));
    Groups groups = BATCH.batch().groups();
    Attended attended = model.explain(BATCH.batch()).attended();
    for (int g = 0; g < groups.groupCount(); g++) {
      for (int row = 2 * groups.candidates()[g]; row < 2 * groups.candidates()[g + 1]; row++) {
        int kept = attended.kept()[row];
        for (int i = 1; i <= Math.min(2, kept); i++) {
          int cell = row * attended.topK() + kept - i;
          assertEquals(groups.keyTo()[g] - i, attended.selected()[cell]);
        }
      }
    }
  }

  @Test
  void moreLatestThanKAndLatestBesidePadsAreRefused() {
    AttentionOptions three = OPTIONS.attention();
    String message =
        assertThrows(IllegalArgumentException.class, () -> three.withLatest(4)).getMessage();
    assertTrue(message.contains("latest is 4") && message.contains("K, which is 3"), message);
    AttentionOptions padded = three.withPadding(AttentionOptions.Padding.RELEASED);
    message = assertThrows(IllegalArgumentException.class, () -> padded.withLatest(1)).getMessage();
    assertTrue(message.contains("latest is 1") && message.contains("RELEASED"), message);
  }

  @Test
  void whatAHeadLooksForScoresEventsAsAttentionDoes() {
    InterestModel model = model(new Method.Seminar());
    int[] items = {3, 7, 7, 11, 2};
    int[] queries = {1, 0, 0, 2, 3};
    float[] keys = model.vectors().keys(items, queries);
    float[][] searched = model.vectors().headQueries(9, 0);
    int[] best = new int[searched.length];
    int d = model.options().dims();
    for (int h = 0; h < best.length; h++) {
      for (int l = 1; l < items.length; l++) {
        float[] r = searched[h];
        if (Vectors.dot(keys, l * d, r, 0, d) > Vectors.dot(keys, best[h] * d, r, 0, d)) {
          best[h] = l;
        }
      }
    }
    Groups one = new Groups(new int[] {0}, new int[] {5}, new int[] {0, 1}, new int[] {0, 1});
    Attended attended =
        model.explain(new Batch(items, queries, one, new int[] {9}, new int[1])).attended();
    for (int h = 0; h < best.length; h++) {
      int heaviest = 0;
      for (int i = 1; i < attended.kept()[h]; i++) {
        int cell = h * attended.topK();
        heaviest =
            attended.weights()[cell + i] > attended.weights()[cell + heaviest] ? i : heaviest;
      }
      assertEquals(best[h], attended.selected()[h * attended.topK() + heaviest]);
    }
  }

  @Test
  void numbersOutOfRangeAreNamed() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Method.Eta().withHashBits(0))
            .getMessage();
    assertTrue(message.contains("hashBits m") && message.contains("0"), message);
  }

  @Test
  void aKBeyondTheHistoryIsTheWholeHistoryAndTakesNoMoreMemory() {
    ModelOptions all = OPTIONS.withAttention(AttentionOptions.paper(61).withHeads(2));
    ModelOptions more =
        OPTIONS.withAttention(AttentionOptions.paper(Integer.MAX_VALUE).withHeads(2));
    assertEquals(61, more.topK(), "60 events and one that ends them");
    Backend backend = Backends.cpu().on(Workers.of(1));
    for (Method.Kind kind : Method.Kind.values()) {
      if (!kind.attends()) {
        continue; // nothing of K
      }
      InterestModel some = new InterestModel(backend, CORPUS, FEATURES, all, Method.of(kind), 5);
      InterestModel most = new InterestModel(backend, CORPUS, FEATURES, more, Method.of(kind), 5);
      assertArrayEquals(some.score(BATCH.batch()), most.score(BATCH.batch()), kind.name());
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aSearchOfItsOwnIsForModelsWhoseAttentionSearches(Method method) {
    AttentionOptions own = OPTIONS.attention().withStages(AttentionOptions.Stages.OWN);
    Backend backend = Backends.cpu().on(Workers.of(1));
    InterestModel model =
        new InterestModel(backend, CORPUS, FEATURES, OPTIONS.withAttention(own), method, 5);
    boolean searches =
        method.kind() == Method.Kind.SEMINAR
            || method.kind() == Method.Kind.TWIN
            || method.kind() == Method.Kind.SIM_SOFT
            || method.equals(Method.released(Method.Kind.QIN));
    assertEquals(
        searches,
        model.parameters().all().stream().anyMatch(p -> p.name().startsWith("search/query")));
    assertEquals(BATCH.labels().length, model.score(BATCH.batch()).length);
  }

  @Test
  void whatAMethodCannotBeIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Method.Qin().withForm(Method.Form.RELEASED).withFusedFields(true));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Method.Sdim().withHashWidth(33),
        "a bucket is a number of 32 bits");
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Method.Stca().withLayers(0))
            .getMessage();
    assertTrue(message.contains("layers J") && message.contains("0"), message);
    assertThrows(IllegalArgumentException.class, () -> new Method.Stca().withHidden(0));
  }
}
