package seminar.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.compute.Groups;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.model.AttentionOptions;
import seminar.model.Batch;
import seminar.model.ChannelOptions;
import seminar.model.ItemCodes;
import seminar.model.ItemCodes.InsteadOf;
import seminar.model.ItemCodes.Kind;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.train.Adam;
import seminar.train.LabelledBatch;
import seminar.train.StepLoss;
import seminar.train.TrainListener;
import seminar.train.TrainOptions;
import seminar.train.Trainer;
import seminar.train.TrainingBatches;

/** The assembled model on a small planted world. */
class SeminarModelTest {
  private static final Corpus CORPUS = SmallWorld.CORPUS;
  private static final Features FEATURES = SmallWorld.FEATURES;

  private static ModelOptions options(int recencyBuckets) {
    return SmallWorld.options().withRecency(recencyBuckets);
  }

  private static SeminarModel model(Backend backend, int recencyBuckets) {
    return new SeminarModel(backend, CORPUS, FEATURES, options(recencyBuckets), 5);
  }

  private static LabelledBatch batch() {
    return SmallWorld.batch();
  }

  static Stream<ModelOptions> variants() {
    ModelOptions plain = options(0);
    ChannelOptions channels = plain.channels();
    AttentionOptions attention = plain.attention();
    return Stream.of(
        plain,
        options(3),
        options(3).withAttention(options(3).attention().withRecencyStart(0.7)),
        plain.withRestoring(ModelOptions.Restoring.NONE),
        plain.withRestoring(ModelOptions.Restoring.RELEASED),
        plain.withChannels(channels.withGate(ChannelOptions.Gate.PER_ITEM)),
        plain.withChannels(channels.withWeights(0.2, 0.5, 0.3)),
        plain.withChannels(channels.withEmptyQuery(ChannelOptions.EmptyQuery.ITEM_ALONE)),
        plain.withChannels(channels.withKeywords(ChannelOptions.Keywords.RELEASED)),
        plain.withChannels(channels.withFeatures(ChannelOptions.FeatureSource.RELEASED)),
        plain.withChannels(channels.withItemChannel(ChannelOptions.ItemChannel.RELEASED)),
        plain.withChannels(channels.withUnit(true)),
        plain.withChannels(channels.withCodes(codes(Kind.PRODUCT, InsteadOf.NOTHING))),
        plain.withChannels(channels.withCodes(codes(Kind.PRODUCT, InsteadOf.BOTH))),
        plain.withChannels(channels.withCodes(codes(Kind.RESIDUAL, InsteadOf.OWN_VECTOR))),
        plain.withChannels(channels.withUnit(true).withCodes(codes(Kind.RESIDUAL, InsteadOf.TEXT))),
        plain.withChannels(channels.withUnit(true)).withRestoring(ModelOptions.Restoring.NONE),
        plain.withAttention(
            attention.withStages(AttentionOptions.Stages.OWN).withRecencyBuckets(3).withTopK(2)),
        plain.withAttention(attention.withProjections(AttentionOptions.Projections.RELEASED)),
        plain
            .withAttention(attention.withPadding(AttentionOptions.Padding.RELEASED))
            .withLengths(4, 12));
  }

  private static ItemCodes codes(Kind kind, InsteadOf insteadOf) {
    return new ItemCodes(kind, 4, 8, insteadOf);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyGradientAgreesWithItsDirectionalDerivative(ModelOptions options) {
    SeminarModel model =
        new SeminarModel(Backends.cpu().on(Workers.of(2)), CORPUS, FEATURES, options, 7);
    GradientsOfModel.check(model, batch());
  }

  @Test
  void theHeadReadsSideFeaturesAndRefusesAnotherNumber() {
    ModelOptions options = options(0).withHead(options(0).head().withSideFeatures(2));
    SeminarModel model =
        new SeminarModel(Backends.cpu().on(Workers.of(2)), CORPUS, FEATURES, options, 7);
    Batch plain = batch().batch();
    float[] side = new float[2 * plain.candidateItems().length];
    for (int i = 0; i < side.length; i++) {
      side[i] = 0.3f * (i % 5) - 0.4f;
    }
    Batch batch =
        new Batch(
            plain.items(),
            plain.queries(),
            plain.groups(),
            plain.candidateItems(),
            plain.candidateQueries(),
            side);
    GradientsOfModel.check(model, new LabelledBatch(batch, batch().labels(), 1));
    assertThrows(IllegalArgumentException.class, () -> model.score(plain));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theScorerOfTheWholeCatalogueScoresAsTheModelDoes(ModelOptions options) {
    SeminarModel model =
        new SeminarModel(Backends.cpu().on(Workers.of(2)), CORPUS, FEATURES, options, 5);
    float[] one = model.score(batch().batch());
    assertArrayEquals(one, model.scorer().score(batch().batch()), 1e-6f);
  }

  @Test
  void bothBackendsGiveTheSameScoresAndGradients() {
    SeminarModel fast = model(Backends.cpu().on(Workers.of(2)), 3);
    SeminarModel portable = model(Backends.nd4j().on(Workers.common()), 3);
    assertArrayEquals(fast.score(batch().batch()), portable.score(batch().batch()), 1e-5f);
    StepLoss loss = fast.gradients(batch());
    assertEquals(loss.total(), portable.gradients(batch()).total(), 1e-6);
    assertEquals(Map.of("click", loss.total()), loss.terms());
    for (Parameter parameter : fast.parameters().all()) {
      Parameter other = portable.parameters().get(parameter.name());
      assertArrayEquals(parameter.rows(), other.rows());
      assertArrayEquals(
          parameter.gradient().toArray(), other.gradient().toArray(), 1e-5f, parameter.name());
    }
  }

  @Test
  void aBatchWithoutAnyQueryTrains() {
    SeminarModel model = model(Backends.cpu().on(Workers.of(1)), 3);
    Batch batch = batch().batch();
    Batch silent =
        new Batch(
            batch.items(),
            new int[batch.items().length],
            batch.groups(),
            batch.candidateItems(),
            new int[batch.candidateItems().length]);
    LabelledBatch labelled = new LabelledBatch(silent, batch().labels(), 1);
    assertTrue(Double.isFinite(model.gradients(labelled).total()));
    assertEquals(0, model.parameters().get("channel/keyword").rows().length);
  }

  @Test
  void anOrderlessModelDoesNotSeeTheOrderOfEvents() {
    SeminarModel model =
        new SeminarModel(Backends.cpu().on(Workers.of(1)), CORPUS, FEATURES, options(0), 5);
    Groups groups = new Groups(new int[] {0}, new int[] {4}, new int[] {0, 1}, new int[] {0, 1});
    int[] one = {5};
    int[] none = {0};
    float[] forward =
        model.score(new Batch(new int[] {1, 2, 3, 4}, new int[] {1, 0, 2, 0}, groups, one, none));
    float[] backward =
        model.score(new Batch(new int[] {4, 3, 2, 1}, new int[] {0, 2, 0, 1}, groups, one, none));
    assertEquals(forward[0], backward[0], 1e-6);
  }

  @Test
  void trainingLowersTheLossAndIsTheSameBitsForAnyNumberOfThreads() {
    List<Double> losses = new ArrayList<>();
    Map<String, float[]> one = train(1, losses);
    assertTrue(losses.getLast() < 0.9 * losses.getFirst(), "the loss does not fall: " + losses);
    for (int threads : new int[] {2, 5}) {
      Map<String, float[]> many = train(threads, new ArrayList<>());
      one.forEach((name, values) -> assertArrayEquals(values, many.get(name), name));
    }
  }

  private static Map<String, float[]> train(int threads, List<Double> losses) {
    try (Workers workers = Workers.of(threads)) {
      Backend backend = Backends.cpu().on(workers);
      SeminarModel model = model(backend, 4);
      TrainOptions options = new TrainOptions(8, 8, 16, 2, Adam.Options.withRate(5e-3), 11);
      TrainingBatches batches =
          new TrainingBatches(CORPUS, Split.leaveOneOut(CORPUS.histories()), 60, options);
      int[] epoch = {0};
      new Trainer(backend, model, batches, options)
          .train(() -> epoch[0]++, TrainListener.silent())
          .forEach(row -> losses.add(row.loss()));
      return model.parameters().snapshot();
    }
  }
}
