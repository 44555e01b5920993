package seminar.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.loss.AlignmentOptions;
import seminar.loss.AlignmentTarget;
import seminar.loss.LossTerms.Weights;
import seminar.loss.NextPairBalance;
import seminar.loss.RelevanceForm;
import seminar.loss.RelevanceLoss.CosineLogit;
import seminar.math.Workers;
import seminar.model.AttentionOptions;
import seminar.model.ChannelOptions;
import seminar.model.ItemCodes;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.train.StepLoss;

/** The pretraining search unit on a small planted world. */
class PretrainingSearchUnitTest {
  private static final PsuOptions PAPER = PsuOptions.paper();
  private static final AlignmentOptions PAIRS = AlignmentOptions.paper();

  private static PretrainingSearchUnit unit(
      Backend backend, ModelOptions model, PsuOptions options) {
    return new PretrainingSearchUnit(
        backend, Workers.of(2), SmallWorld.CORPUS, SmallWorld.FEATURES, model, options, 5);
  }

  private static PretrainingSearchUnit unit(PsuOptions options) {
    return unit(Backends.cpu().on(Workers.of(2)), SmallWorld.options(), options);
  }

  static Stream<PsuOptions> losses() {
    return Stream.of(
        PAPER,
        PAPER.withWeights(new Weights(1, 0, 0)),
        PAPER.withWeights(new Weights(0, 1, 0)),
        PAPER.withWeights(new Weights(0, 0, 1)),
        PAPER.withWeights(new Weights(0.5, 0.1, 2)),
        PAPER.withBalance(NextPairBalance.PAIR),
        PAPER
            .withAlignment(PAIRS)
            .withChunks(PsuOptions.Chunks.PER_HISTORY)
            .withLearnedTemperature(true),
        PAPER
            .withAlignment(PAIRS.withChunkLength(2))
            .withChunks(PsuOptions.Chunks.PER_HISTORY)
            .withLearnedTemperature(true),
        PAPER
            .withAlignment(new AlignmentOptions(9, 0.5, AlignmentTarget.NEAR_UNIFORM))
            .withChunks(PsuOptions.Chunks.PER_HISTORY)
            .withLearnedTemperature(false),
        PAPER
            .withRelevance(RelevanceForm.CONTRASTIVE)
            .withLogit(new CosineLogit(20, 0))
            .withLearnedLogit(false),
        PAPER
            .withRelevance(RelevanceForm.INVERTED)
            .withLogit(new CosineLogit(2, 0))
            .withLearnedLogit(true),
        PAPER.withNegatives(PsuOptions.RelevanceNegatives.RELEASED).withNegativeCount(5),
        PAPER.withNegatives(PsuOptions.RelevanceNegatives.UNRELATED_ITEMS),
        PAPER.withRestoringInside(PsuOptions.RestoringInside.RELEASED));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void everyGradientAgreesWithItsDirectionalDerivative(PsuOptions options) {
    GradientsOfModel.check(unit(options), SmallWorld.batch());
  }

  static Stream<ModelOptions> shapes() {
    ModelOptions plain = SmallWorld.options();
    ChannelOptions channels = plain.channels();
    return Stream.of(
        plain.withRecency(3),
        plain.withLengths(2, 60),
        plain.withChannels(channels.withGate(ChannelOptions.Gate.PER_ITEM)),
        plain.withChannels(channels.withUnit(true)),
        plain.withChannels(channels.withCodes(codes(ItemCodes.InsteadOf.NOTHING))),
        plain.withChannels(channels.withCodes(codes(ItemCodes.InsteadOf.BOTH))),
        plain.withChannels(channels.withEnd(ChannelOptions.EndOfSequence.RELEASED)),
        plain
            .withAttention(plain.attention().withPadding(AttentionOptions.Padding.RELEASED))
            .withLengths(4, 12));
  }

  private static ItemCodes codes(ItemCodes.InsteadOf insteadOf) {
    return new ItemCodes(ItemCodes.Kind.PRODUCT, 4, 8, insteadOf);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void everyGradientAgreesInEveryShape(ModelOptions model) {
    Backend backend = Backends.cpu().on(Workers.of(2));
    GradientsOfModel.check(unit(backend, model, PAPER), SmallWorld.batch());
  }

  /** 1000 chunks of a batch need 2000 padded places. */
  @Test
  void chunksAcrossABatchPadAndCutAsTheReleasedCodeDoes() {
    PsuOptions options =
        PAPER
            .withAlignment(AlignmentOptions.released())
            .withChunks(PsuOptions.Chunks.RELEASED)
            .withLearnedTemperature(false)
            .withWeights(new Weights(0, 1, 0));
    PretrainingSearchUnit short60 = unit(options);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> short60.gradients(SmallWorld.batch()));
    assertTrue(refused.getMessage().contains("2 histories of L = 60"), refused.getMessage());
    ModelOptions longer = SmallWorld.options().withLengths(12, 1000);
    StepLoss across =
        unit(Backends.cpu().on(Workers.of(2)), longer, options).gradients(SmallWorld.batch());
    assertTrue(across.terms().get("alignment") > 0);
    assertEquals(Set.of("alignment"), across.terms().keySet());
  }

  @Test
  void aLossOfWeightZeroIsLeftOut() {
    Map<String, Double> all = unit(PAPER).gradients(SmallWorld.batch()).terms();
    assertEquals(List.of("next pair", "alignment", "relevance"), List.copyOf(all.keySet()));
    for (String term : all.keySet()) {
      Weights alone =
          new Weights(
              term.equals("next pair") ? 2 : 0,
              term.equals("alignment") ? 2 : 0,
              term.equals("relevance") ? 2 : 0);
      StepLoss loss = unit(PAPER.withWeights(alone)).gradients(SmallWorld.batch());
      assertEquals(Map.of(term, all.get(term)), loss.terms());
      assertEquals(2 * all.get(term), loss.total(), 1e-12);
    }
    assertThrows(IllegalArgumentException.class, () -> PAPER.withWeights(new Weights(0, 0, 0)));
  }

  /** Alignment moves the maps of text and image alone; relevance never touches attention. */
  @Test
  void eachLossTeachesItsOwnParameters() {
    Set<String> aligned =
        GradientsOfModel.check(unit(PAPER.withWeights(new Weights(0, 1, 0))), SmallWorld.batch());
    assertTrue(aligned.contains("channel/map/text") && aligned.contains("channel/map/image"));
    assertFalse(aligned.contains("channel/keyword") || aligned.contains("attention/query"));
    Set<String> related =
        GradientsOfModel.check(unit(PAPER.withWeights(new Weights(0, 0, 1))), SmallWorld.batch());
    assertTrue(related.contains("channel/keyword") && related.contains("loss/cosineLogit"));
    assertFalse(related.contains("attention/query"));
    Set<String> next =
        GradientsOfModel.check(unit(PAPER.withWeights(new Weights(1, 0, 0))), SmallWorld.batch());
    assertTrue(next.contains("attention/query") && next.contains("head/first"));
  }

  @Test
  void bothBackendsGiveTheSameLossesAndGradients() {
    PretrainingSearchUnit fast = unit(PAPER);
    PretrainingSearchUnit portable =
        unit(Backends.nd4j().on(Workers.common()), SmallWorld.options(), PAPER);
    StepLoss loss = fast.gradients(SmallWorld.batch());
    StepLoss other = portable.gradients(SmallWorld.batch());
    loss.terms().forEach((term, value) -> assertEquals(value, other.terms().get(term), 1e-5));
    for (Parameter parameter : fast.parameters().all()) {
      assertArrayEquals(
          parameter.gradient().toArray(),
          portable.parameters().get(parameter.name()).gradient().toArray(),
          1e-4f,
          parameter.name());
    }
  }

  /** The first request sees &lt;EOS&gt; alone; a SEMINAR there has a zero vector. */
  @Test
  void theEndOfTheSequenceIsSeenEvenWhereThereAreNoEvents() {
    PretrainingSearchUnit unit = unit(PAPER);
    unit.gradients(SmallWorld.batch());
    Parameter items = unit.parameters().get("channel/item");
    int eos = SmallWorld.CORPUS.catalog().eos();
    float[] before = unit.score(SmallWorld.batch().batch());
    float[] values = items.value().toArray();
    int d = items.value().cols();
    for (int i = 0; i < d; i++) {
      values[eos * d + i] += 1;
    }
    items.set(values);
    float[] after = unit.score(SmallWorld.batch().batch());
    assertTrue(Math.abs(after[0] - before[0]) > 1e-3, "the first request sees <EOS>");
  }

  @Test
  void whatIsRestoredIsWhatWasAskedFor() {
    PretrainingSearchUnit unit = unit(PAPER);
    Map<String, float[]> weights = unit.parameters().snapshot();
    weights.replaceAll((name, values) -> shifted(values));
    ModelOptions own =
        SmallWorld.options()
            .withAttention(
                SmallWorld.options().attention().withStages(AttentionOptions.Stages.OWN));
    for (Restored which : Restored.values()) {
      SeminarModel model =
          new SeminarModel(
              Backends.cpu().on(Workers.of(1)), SmallWorld.CORPUS, SmallWorld.FEATURES, own, 6);
      model.restore(weights, which);
      assertArrayEquals(weights.get("channel/item"), values(model, "channel/item"));
      assertArrayEquals(weights.get("channel/map/text"), values(model, "channel/map/text"));
      assertArrayEquals(weights.get("attention/query"), values(model, "search/query"));
      boolean all = which == Restored.ALL;
      assertEquals(
          all, java.util.Arrays.equals(weights.get("head/first"), values(model, "head/first")));
      assertEquals(
          all,
          java.util.Arrays.equals(weights.get("attention/key"), values(model, "attention/key")));
    }
  }

  private static float[] shifted(float[] values) {
    float[] shifted = values.clone();
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] += 0.25f;
    }
    return shifted;
  }

  private static float[] values(SeminarModel model, String name) {
    return model.parameters().get(name).value().toArray();
  }

  @Test
  void theStepIsTheSameBitsForAnyNumberOfThreads() {
    PretrainingSearchUnit one = unit(Backends.cpu().on(Workers.of(1)), SmallWorld.options(), PAPER);
    PretrainingSearchUnit many =
        unit(Backends.cpu().on(Workers.of(3)), SmallWorld.options(), PAPER);
    assertEquals(one.gradients(SmallWorld.batch()), many.gradients(SmallWorld.batch()));
    for (Parameter parameter : one.parameters().all()) {
      float[] other = many.parameters().get(parameter.name()).gradient().toArray();
      assertArrayEquals(parameter.gradient().toArray(), other, parameter.name());
    }
  }
}
