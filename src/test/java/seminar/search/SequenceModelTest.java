package seminar.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seminar.search.SmallWorld.CORPUS;
import static seminar.search.SmallWorld.FEATURES;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.Backend;
import seminar.compute.BackendKind;
import seminar.compute.Backends;
import seminar.data.Split;
import seminar.loss.NextItemOptions;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.model.SequenceOptions;
import seminar.train.Adam;
import seminar.train.BatchMaker;
import seminar.train.LabelledBatch;
import seminar.train.TrainListener;
import seminar.train.TrainOptions;
import seminar.train.Trainer;
import seminar.train.TrainingBatches;

/** SASRec and gSASRec, and a self-attention over the history beside target attention. */
class SequenceModelTest {
  private static final int LENGTH = 7;
  private static final Split SPLIT = Split.leaveOneOut(CORPUS.histories());
  private static final ModelOptions OPTIONS =
      SmallWorld.options()
          .withLengths(3, LENGTH)
          .withSequence(SequenceOptions.sasRec().withHeads(2).withDropout(0.3));

  private static InterestModel model(
      BackendKind kind, ModelOptions options, Method method, NextItemOptions learned) {
    Backend backend = kind.on(Workers.common());
    return new InterestModel(backend, CORPUS, FEATURES, options, method, learned, 5);
  }

  private static InterestModel model(Method method, NextItemOptions learned) {
    return model(BackendKind.CPU, OPTIONS, method, learned);
  }

  private static TrainOptions training(NextItemOptions learned) {
    return new TrainOptions(2, 6, 3, 2, Adam.Options.withRate(5e-3), 11).withNextItem(learned);
  }

  private static LabelledBatch batch(NextItemOptions learned) {
    TrainingBatches batches = new TrainingBatches(CORPUS, SPLIT, LENGTH, training(learned));
    return batches.batch(1, 0, batches.order(1));
  }

  static Stream<NextItemOptions> losses() {
    return Stream.of(
        NextItemOptions.sasRec(),
        NextItemOptions.sasRec().withNegatives(3).withWindow(NextItemOptions.Window.ANYWHERE),
        NextItemOptions.gSasRec().withNegatives(20),
        NextItemOptions.gSasRec().withNegatives(20).withShared(NextItemOptions.Shared.STEP),
        NextItemOptions.softmax(),
        NextItemOptions.softmax().withNegatives(30).withWeight(0.5));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void gradientsAgreeWithDifferencesAndOnBothBackends(NextItemOptions learned) {
    LabelledBatch batch = batch(learned);
    InterestModel model = model(new Method.SasRec(), learned);
    Set<String> moving = GradientsOfModel.check(model, batch);
    assertTrue(moving.contains("channel/item"), "" + moving);
    assertTrue(moving.contains("sequence/position"), "" + moving);
    assertTrue(moving.contains("sequence/2/query"), "" + moving);
    assertFalse(moving.stream().anyMatch(name -> name.startsWith("head/")), "" + moving);

    InterestModel portable = model(BackendKind.ND4J, OPTIONS, new Method.SasRec(), learned);
    assertEquals(model.gradients(batch).total(), portable.gradients(batch).total(), 1e-5);
    for (Parameter parameter : model.parameters().all()) {
      float[] other = portable.parameters().get(parameter.name()).gradient().toArray();
      assertArrayEquals(parameter.gradient().toArray(), other, 1e-4f, parameter.name());
    }
    assertArrayEquals(model.score(batch.batch()), portable.score(batch.batch()), 1e-5f);
  }

  @ParameterizedTest
  @EnumSource(SequenceOptions.Input.class)
  void besideTargetAttentionGradientsAgreeToo(SequenceOptions.Input input) {
    ModelOptions options = OPTIONS.withSequence(OPTIONS.sequence().withInput(input));
    NextItemOptions learned = NextItemOptions.softmax();
    for (NextItemOptions next : new NextItemOptions[] {learned, NextItemOptions.none()}) {
      InterestModel model = model(BackendKind.CPU, options, new Method.Seminar(), next);
      Set<String> moving = GradientsOfModel.check(model, batch(learned));
      assertTrue(moving.contains("head/first"), "" + moving);
      assertTrue(moving.contains("sequence/norm/gain"), "clicks teach it too: " + moving);
    }
  }

  /** SEQ-1 to SEQ-5 by loops in double precision, without dropout. */
  @Test
  void theScoreIsTheLastStateTimesTheCandidate() {
    InterestModel model = model(new Method.SasRec(), NextItemOptions.none());
    model.parameters().all().forEach(p -> p.set(random(p.name(), p.value().length())));
    Batch batch = SmallWorld.batch().batch();
    NaiveSequence naive = new NaiveSequence(model.parameters(), OPTIONS.dims(), 2, 2);
    double[] expected = naive.scores(batch, CORPUS, LENGTH);
    float[] scores = model.score(batch);
    for (int c = 0; c < scores.length; c++) {
      assertEquals(expected[c], scores[c], 1e-4 * Math.max(1, Math.abs(expected[c])), "" + c);
    }
    assertArrayEquals(scores, model.scorer().score(batch), 1e-5f);
  }

  private static float[] random(String name, int length) {
    float[] values = new float[length];
    Rng.gaussian(Rng.stream("test/" + name, 4), values, 0.2);
    return values;
  }

  @Test
  void aRequestSeesTheLatestEventsBeforeItAndNoLaterOnes() {
    InterestModel model = model(new Method.SasRec(), NextItemOptions.none());
    BatchMaker maker = new BatchMaker(CORPUS.histories(), LENGTH);
    int[][] candidates = {{3, 4, 5}};
    maker.add(2, new int[] {9}, candidates);
    float[] alone = model.score(maker.take());
    maker.add(1, new int[] {4}, candidates);
    maker.add(2, new int[] {9, 15}, new int[][] {{3, 4, 5}, {7}});
    float[] among = model.score(maker.take());
    assertArrayEquals(alone, Arrays.copyOfRange(among, 3, 6), 1e-6f);
    BatchMaker longer = new BatchMaker(CORPUS.histories(), LENGTH + 3);
    longer.add(2, new int[] {9}, candidates);
    assertArrayEquals(alone, model.score(longer.take()), 1e-6f, "L events, however many there are");
    maker.add(0, new int[] {0}, candidates);
    assertArrayEquals(new float[3], model.score(maker.take()), "nothing is known of a new user");
  }

  @Test
  void dropoutIsDrawnForEachStepAndGoneInEvaluations() {
    NextItemOptions learned = NextItemOptions.sasRec();
    LabelledBatch one = batch(learned);
    LabelledBatch other =
        new LabelledBatch(
            one.batch(), one.labels(), one.seed() + 1, one.nextItems(), one.weights());
    InterestModel model = model(new Method.SasRec(), learned);
    double loss = model.gradients(one).total();
    assertEquals(loss, model.gradients(one).total());
    assertNotEquals(loss, model.gradients(other).total());
    assertArrayEquals(model.score(one.batch()), model.score(one.batch()));
    ModelOptions kept = OPTIONS.withSequence(OPTIONS.sequence().withDropout(0));
    InterestModel plain = model(BackendKind.CPU, kept, new Method.SasRec(), learned);
    assertEquals(plain.gradients(one).total(), plain.gradients(other).total());
    assertArrayEquals(model.score(one.batch()), plain.score(one.batch()), "the same start");
  }

  @Test
  void trainingIsTheSameBitsForAnyNumberOfThreadsAndLearns() {
    NextItemOptions learned = NextItemOptions.softmax().withNegatives(50);
    Map<String, float[]> one = train(1, learned);
    Map<String, float[]> many = train(3, learned);
    one.forEach((name, values) -> assertArrayEquals(values, many.get(name), name));
    InterestModel model = model(new Method.SasRec(), learned);
    double before = model.gradients(batch(learned)).total();
    model.parameters().restore(one);
    assertTrue(model.gradients(batch(learned)).total() < before - 0.05, "the loss falls");
  }

  private static Map<String, float[]> train(int threads, NextItemOptions learned) {
    try (Workers workers = Workers.of(threads)) {
      Backend backend = Backends.cpu().on(workers);
      InterestModel model =
          new InterestModel(backend, CORPUS, FEATURES, OPTIONS, new Method.SasRec(), learned, 5);
      TrainOptions options = training(learned).withEpochs(8);
      TrainingBatches batches = new TrainingBatches(CORPUS, SPLIT, LENGTH, options);
      new Trainer(backend, model, batches, options).train(() -> 0, TrainListener.silent());
      return model.parameters().snapshot();
    }
  }

  @Test
  void whatCannotBeIsRefused() {
    ModelOptions none = OPTIONS.withSequence(SequenceOptions.none());
    assertRefused(
        "sequence.layers J is 0",
        () -> model(BackendKind.CPU, none, new Method.SasRec(), NextItemOptions.none()));
    assertRefused(
        "nextItem.negatives is 1",
        () -> model(BackendKind.CPU, none, new Method.Seminar(), NextItemOptions.sasRec()));
    assertRefused("sequence.heads=3", () -> OPTIONS.withSequence(OPTIONS.sequence().withHeads(3)));
    InterestModel model = model(new Method.SasRec(), NextItemOptions.none());
    assertRefused("SAS_REC weighs no events", () -> model.explain(SmallWorld.batch().batch()));
    assertRefused("SAS_REC", model::vectors);
  }

  private static void assertRefused(String words, Executable action) {
    String message = assertThrows(IllegalArgumentException.class, action).getMessage();
    assertTrue(message.contains(words), message);
  }
}
