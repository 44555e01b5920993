package seminar.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seminar.search.SmallWorld.CORPUS;
import static seminar.search.SmallWorld.FEATURES;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.compute.Attended;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.compute.Choice;
import seminar.compute.Groups;
import seminar.compute.Matrix;
import seminar.data.Split;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.model.AttentionOptions;
import seminar.model.Batch;
import seminar.model.ClickHead;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.model.Parameters;
import seminar.train.Adam;
import seminar.train.LabelledBatch;
import seminar.train.TrainListener;
import seminar.train.TrainOptions;
import seminar.train.Trainer;
import seminar.train.TrainingBatches;

/** The short-term interest beside the long-term one of every method. */
class ShortTermTest {
  private static final int SHORT = 2;
  private static final ModelOptions PLAIN =
      SmallWorld.options().withAttention(AttentionOptions.paper(3).withHeads(2));
  private static final ModelOptions OPTIONS = PLAIN.withShortTerm(SHORT);
  private static final LabelledBatch BATCH = SmallWorld.batch();

  private static Backend backend() {
    return Backends.cpu().on(Workers.of(2));
  }

  private static InterestModel model(ModelOptions options, Method method) {
    return new InterestModel(backend(), CORPUS, FEATURES, options, method, 5);
  }

  static Stream<Method> methods() {
    return Stream.concat(
        Stream.of(Method.Kind.values()).filter(Method.Kind::attends).map(Method::of),
        Stream.of(
            Method.released(Method.Kind.QIN),
            new Method.Qin().withFirstK(4).withFusedFields(true)));
  }

  private static float[] random(String name, int length) {
    float[] values = new float[length];
    Rng.gaussian(Rng.stream("test/" + name, 4), values, 0.5);
    return values;
  }

  /** ST-1 by loops in double precision over the events [from, to) of a history. */
  private static double[] interest(
      Parameters parameters, float[] keys, float[] t, int from, int to, int d, int heads) {
    float[] query = parameters.get("shortTerm/query").value().toArray();
    float[] queryBias = parameters.get("shortTerm/queryBias").value().toArray();
    float[] key = parameters.get("shortTerm/key").value().toArray();
    float[] value = parameters.get("shortTerm/value").value().toArray();
    float[] output = parameters.get("shortTerm/output").value().toArray();
    float[] outputBias = parameters.get("shortTerm/outputBias").value().toArray();
    float[] recency = parameters.get("shortTerm/recency").value().toArray();
    int buckets = recency.length / heads;
    double[] u = new double[d];
    for (int i = 0; i < d && to > from; i++) {
      u[i] = outputBias[i];
    }
    for (int h = 0; h < heads; h++) {
      double[] weights = new double[to - from];
      double sum = 0;
      for (int l = from; l < to; l++) {
        double score = 0;
        for (int i = 0; i < d; i++) {
          double asked = queryBias[h * d + i];
          double held = 0;
          for (int j = 0; j < d; j++) {
            asked += (double) t[j] * query[j * heads * d + h * d + i];
            held += (double) keys[l * d + j] * key[(h * d + j) * d + i];
          }
          score += asked * held / Math.sqrt(d);
        }
        int bucket = (int) (Math.log(to - l) / Math.log(2) + 1e-9);
        score += buckets == 0 ? 0 : recency[h * buckets + Math.min(buckets - 1, bucket)];
        weights[l - from] = Math.exp(score);
        sum += weights[l - from];
      }
      for (int l = from; l < to; l++) {
        for (int i = 0; i < d; i++) {
          double valued = 0;
          for (int j = 0; j < d; j++) {
            valued += (double) keys[l * d + j] * value[(h * d + j) * d + i];
          }
          for (int o = 0; o < d; o++) {
            u[o] += weights[l - from] / sum * valued * output[(h * d + i) * d + o];
          }
        }
      }
    }
    return u;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 60})
  void theShortTermIsAttentionToTheLatestEvents(int events) {
    int d = 6;
    int heads = 2;
    ModelOptions options = PLAIN.withDims(d).withShortTerm(events).withRecency(2);
    Parameters parameters = new Parameters(3);
    LatestAttention latest = new LatestAttention(backend(), parameters, options);
    parameters.all().forEach(p -> p.set(random(p.name(), p.value().length())));
    Batch batch = BATCH.batch();
    int count = batch.candidateItems().length;
    float[] keys = random("keys", batch.items().length * d);
    float[] t = random("t", count * d);
    for (boolean learning : new boolean[] {true, false}) {
      EncodedBatch encoded =
          new EncodedBatch(
              batch,
              List.of(Matrix.of(batch.items().length, d, keys)),
              List.of(Matrix.of(count, d, t)),
              new EncodedBatch.Parts(items -> {}, queries -> {}, (items, asked) -> {}),
              learning,
              1);
      Matrix u = Matrix.zeros(count, d);
      Attended attended = latest.forward(encoded, u);
      Groups groups = batch.groups();
      for (int g = 0; g < groups.groupCount(); g++) {
        int to = groups.keyTo()[g];
        int from = Math.max(groups.keyFrom()[g], to - events);
        for (int c = groups.candidates()[g]; c < groups.candidates()[g + 1]; c++) {
          float[] own = Arrays.copyOfRange(t, c * d, (c + 1) * d);
          double[] expected = interest(parameters, keys, own, from, to, d, heads);
          for (int i = 0; i < d; i++) {
            assertEquals(expected[i], u.toArray()[c * d + i], 1e-5, "candidate " + c);
          }
          assertEquals(to - from, attended.kept()[c * heads]);
        }
      }
    }
  }

  @Test
  void theHeadReadsBothInterests() {
    int d = 6;
    int c = BATCH.batch().candidateItems().length;
    ModelOptions options = OPTIONS.withDims(d);
    Parameters parameters = new Parameters(3);
    ClickHead head = new ClickHead(backend(), parameters, CORPUS.catalog().eos(), options);
    parameters.all().forEach(p -> p.set(random(p.name(), p.value().length())));
    float[] u = random("u", c * d);
    float[] latest = random("latest", c * d);
    float[] t = random("t", c * d);
    Matrix logits = Matrix.zeros(c, 1);
    List<Matrix> interests = List.of(Matrix.of(c, d, u), Matrix.of(c, d, latest));
    head.forward(interests, Matrix.of(c, d, t), BATCH.batch(), logits);

    Map<String, float[]> w = new LinkedHashMap<>();
    parameters.all().forEach(p -> w.put(p.name(), p.value().toArray()));
    int hidden = options.head().hidden();
    for (int row = 0; row < c; row++) {
      double logit = w.get("head/secondBias")[0];
      for (int j = 0; j < hidden; j++) {
        double x = w.get("head/firstBias")[j];
        for (int i = 0; i < d; i++) {
          x += (double) u[row * d + i] * w.get("head/first")[i * hidden + j];
          x += (double) t[row * d + i] * w.get("head/first")[(d + i) * hidden + j];
          x += (double) latest[row * d + i] * w.get("head/shortTerm")[i * hidden + j];
        }
        logit += Math.max(0, x) * w.get("head/second")[j];
      }
      for (int i = 0; i < d; i++) {
        double agreed = w.get("head/agreement")[0] * u[row * d + i];
        agreed += w.get("head/shortTermAgreement")[0] * latest[row * d + i];
        logit += agreed * t[row * d + i];
      }
      logit += w.get("head/itemBias")[BATCH.batch().candidateItems()[row]];
      assertEquals(logit, logits.toArray()[row], 1e-5);
    }
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    head.forward(interests.getFirst(), interests.getLast(), BATCH.batch(), logits))
            .getMessage();
    assertTrue(message.contains("interests"), message);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void gradientsAgreeWithDifferences(Method method) {
    Set<String> moving = GradientsOfModel.check(model(OPTIONS, method), BATCH);
    for (String name :
        List.of(
            "shortTerm/query", "shortTerm/value", "head/shortTerm", "head/shortTermAgreement")) {
      assertTrue(moving.contains(name), name + " is not among " + moving);
    }
  }

  @Test
  void gradientsAgreeWithRecencyPadsOwnProjectionsAndAPlainHeadToo() {
    AttentionOptions attention =
        OPTIONS
            .attention()
            .withRecencyBuckets(3)
            .withPadding(AttentionOptions.Padding.RELEASED)
            .withStages(AttentionOptions.Stages.OWN);
    ModelOptions options =
        OPTIONS
            .withAttention(attention)
            .withSequenceLength(12)
            .withHead(OPTIONS.head().withAgreement(false));
    Set<String> moving = GradientsOfModel.check(model(options, new Method.Seminar()), BATCH);
    assertTrue(moving.contains("shortTerm/recency"), "" + moving);
    assertFalse(moving.contains("head/shortTermAgreement"), "" + moving);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyWayToAScoreReadsTheShortTerm(Method method) {
    InterestModel model = model(OPTIONS, method);
    float[] one = model.score(BATCH.batch());
    assertArrayEquals(one, model.scorer().score(BATCH.batch()), 1e-6f);
    assertArrayEquals(one, model.explain(BATCH.batch()).scores());
    float[] without = model(PLAIN, method).score(BATCH.batch());
    assertFalse(Arrays.equals(one, without), "it changes scores");
    InterestModel portable =
        new InterestModel(
            Backends.nd4j().on(Workers.common()), CORPUS, FEATURES, OPTIONS, method, 5);
    assertArrayEquals(one, portable.score(BATCH.batch()), 1e-5f);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void withoutWeightItIsTheModelWithoutAShortTerm(Method method) {
    InterestModel model = model(OPTIONS, method);
    model.parameters().get("head/shortTerm").value().clear();
    model.parameters().get("head/shortTermAgreement").value().clear();
    InterestModel plain = model(PLAIN, method);
    assertArrayEquals(
        plain.score(BATCH.batch()), model.score(BATCH.batch()), "the rest starts as before");
  }

  @Test
  void aChoiceFromOutsideChangesTheLongTermAlone() {
    InterestModel model = model(OPTIONS, new Method.Seminar());
    InterestModel.Explanation own = model.explain(BATCH.batch());
    Attended attended = own.attended();
    Choice same = new Choice(attended.kept(), attended.selected());
    assertArrayEquals(own.scores(), model.explain(BATCH.batch(), same).scores(), 1e-6f);
    int places = attended.selected().length;
    Choice none = new Choice(new int[attended.kept().length], new int[places]);
    float[] blind = model.explain(BATCH.batch(), none).scores();
    float[] alone = model(PLAIN, new Method.Seminar()).explain(BATCH.batch(), none).scores();
    assertFalse(Arrays.equals(blind, alone), "the latest events are still seen");
    assertEquals(OPTIONS.dims(), model.vectors().dims());
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.Kind.class,
      names = {"SEMINAR", "SDIM"})
  void aShortTermBeyondTheHistoryIsAllOfIt(Method.Kind kind) {
    float[] all = model(PLAIN.withShortTerm(5), Method.of(kind)).score(BATCH.batch());
    float[] more = model(PLAIN.withShortTerm(60), Method.of(kind)).score(BATCH.batch());
    assertArrayEquals(all, more, "no request sees more than five events");
  }

  @Test
  void aShortTermLongerThanTheSequenceIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> PLAIN.withShortTerm(61)).getMessage();
    assertTrue(message.contains("S is 61") && message.contains("L = 60"), message);
    String negative =
        assertThrows(IllegalArgumentException.class, () -> PLAIN.withShortTerm(-1)).getMessage();
    assertTrue(negative.contains("shortTerm S is -1"), negative);
  }

  @ParameterizedTest
  @EnumSource(Restored.class)
  void aSearchUnitHasNoneAndIsRestoredAllTheSame(Restored which) {
    PretrainingSearchUnit unit =
        new PretrainingSearchUnit(
            backend(), Workers.of(2), CORPUS, FEATURES, OPTIONS, PsuOptions.paper(), 9);
    assertTrue(unit.parameters().all().stream().noneMatch(p -> p.name().contains("shortTerm")));
    InterestModel model = model(OPTIONS, new Method.Seminar());
    float[] before = model.parameters().get("shortTerm/query").value().toArray();
    model.restore(unit.parameters().snapshot(), which);
    assertArrayEquals(before, model.parameters().get("shortTerm/query").value().toArray());
    assertArrayEquals(
        unit.parameters().get("channel/item").value().toArray(),
        model.parameters().get("channel/item").value().toArray());
  }

  @Test
  void trainingIsTheSameBitsForAnyNumberOfThreads() {
    Map<String, float[]> one = train(1);
    Map<String, float[]> many = train(3);
    one.forEach((name, values) -> assertArrayEquals(values, many.get(name), name));
    Parameter untrained = model(OPTIONS, new Method.Eta()).parameters().get("shortTerm/query");
    assertFalse(Arrays.equals(untrained.value().toArray(), one.get("shortTerm/query")));
  }

  private static Map<String, float[]> train(int threads) {
    try (Workers workers = Workers.of(threads)) {
      Backend backend = Backends.cpu().on(workers);
      InterestModel model =
          new InterestModel(backend, CORPUS, FEATURES, OPTIONS, new Method.Eta(), 5);
      TrainOptions options = new TrainOptions(1, 8, 8, 2, Adam.Options.withRate(5e-3), 11);
      TrainingBatches batches =
          new TrainingBatches(CORPUS, Split.leaveOneOut(CORPUS.histories()), 60, options);
      new Trainer(backend, model, batches, options).train(() -> 0, TrainListener.silent());
      return model.parameters().snapshot();
    }
  }
}
