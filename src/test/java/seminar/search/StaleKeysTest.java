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
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.compute.Choice;
import seminar.compute.Groups;
import seminar.data.Split;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.model.AttentionOptions;
import seminar.model.Batch;
import seminar.model.Channels;
import seminar.model.CodedChoice;
import seminar.model.Fusion;
import seminar.model.Gate;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.model.Parameters;
import seminar.train.Adam;
import seminar.train.LabelledBatch;
import seminar.train.TrainOptions;
import seminar.train.TrainingBatches;

/** Training that chooses by codes of some steps ago. */
class StaleKeysTest {
  private static final CodedChoice COARSE = new CodedChoice(3, 5, 4);

  /** A centroid for every pair that there is. */
  private static final CodedChoice FINE = new CodedChoice(1, 1, 4096);

  private static final ModelOptions PLAIN =
      SmallWorld.options().withAttention(AttentionOptions.paper(5).withHeads(2));
  private static final TrainOptions TRAINING =
      new TrainOptions(1, 3, 4, 1, Adam.Options.withRate(0.01), 7);
  private static final TrainingBatches BATCHES =
      new TrainingBatches(CORPUS, Split.leaveOneOut(CORPUS.histories()), 60, TRAINING);

  private static Backend backend() {
    return Backends.cpu().on(Workers.of(2));
  }

  private static LabelledBatch batch(int number) {
    return BATCHES.batch(1, number, BATCHES.order(1));
  }

  private static ModelOptions with(ModelOptions options, CodedChoice coded) {
    return options.withAttention(options.attention().withCoded(coded));
  }

  private static InterestModel model(Backend backend, ModelOptions options) {
    return new InterestModel(backend, CORPUS, FEATURES, options, new Method.Seminar(), 5);
  }

  private static InterestModel model(ModelOptions options) {
    return model(backend(), options);
  }

  static Stream<ModelOptions> variants() {
    AttentionOptions attention = PLAIN.attention();
    return Stream.of(
        PLAIN,
        PLAIN.withAttention(attention.with(o -> o.recencyBuckets(5).recencyStart(1))),
        PLAIN.withAttention(attention.with(o -> o.recencyBuckets(3).recencyStart(1).latest(2))),
        PLAIN.withAttention(attention.withStages(AttentionOptions.Stages.OWN)),
        PLAIN.withShortTerm(3));
  }

  /** Moves every parameter that learns a little. */
  private static void move(Parameters parameters) {
    for (Parameter parameter : parameters.all()) {
      float[] values = parameter.value().toArray();
      float[] noise = new float[values.length];
      Rng.gaussian(Rng.stream("test/" + parameter.name(), 2), noise, 0.2);
      for (int i = 0; i < values.length && !parameter.frozen(); i++) {
        values[i] += noise[i];
      }
      parameter.set(values);
    }
  }

  private static float[] values(InterestModel model, String name) {
    return model.parameters().get(name).value().toArray();
  }

  /** What the codes of an event stand for, by loops: CH-4 and the nearest centroids. */
  private static double[] decoded(InterestModel model, int item, int query) {
    int d = model.options().dims();
    double lambda = (float) model.options().channels().queryWeight();
    float[] vectors = values(model, "codes/vectors");
    int itemRow = CORPUS.queries().eosQuery() + 1 + item;
    double[] pair = new double[d];
    for (int i = 0; i < d; i++) {
      double asked = query == 0 ? 0 : vectors[query * d + i];
      pair[i] = lambda * asked + (1 - lambda) * vectors[itemRow * d + i];
    }
    CodedChoice coded = model.options().attention().coded();
    float[] codebook = values(model, "codes/codebook");
    int sub = d / coded.subspaces();
    double[] decoded = new double[d];
    for (int s = 0; s < coded.subspaces(); s++) {
      double nearest = Double.MAX_VALUE;
      for (int c = 0; c < coded.centroids(); c++) {
        int at = (s * coded.centroids() + c) * sub;
        double distance = 0;
        for (int i = 0; i < sub; i++) {
          distance += Math.pow(pair[s * sub + i] - codebook[at + i], 2);
        }
        if (distance < nearest) {
          nearest = distance;
          for (int i = 0; i < sub; i++) {
            decoded[s * sub + i] = codebook[at + i];
          }
        }
      }
    }
    return decoded;
  }

  /** TA-6 by loops. */
  private static Choice choice(InterestModel model, Batch batch) {
    AttentionOptions attention = model.options().attention();
    InterestModel blind = model(plain(model.options())); // its vectors may be asked for
    for (Parameter parameter : blind.parameters().all()) {
      if (parameter.value().length() > 0) {
        parameter.set(values(model, parameter.name()));
      }
    }
    String stage = attention.stages() == AttentionOptions.Stages.OWN ? "search" : "attention";
    float[] recency = values(model, stage + "/recency");
    PairVectors vectors = blind.vectors();
    int k = attention.topK();
    int heads = attention.heads();
    Groups groups = batch.groups();
    int[] kept = new int[groups.candidateCount() * heads];
    int[] selected = new int[kept.length * k];
    for (int g = 0; g < groups.groupCount(); g++) {
      for (int c = groups.candidates()[g]; c < groups.candidates()[g + 1]; c++) {
        float[][] asked =
            vectors.headQueries(batch.candidateItems()[c], batch.candidateQueries()[c]);
        for (int h = 0; h < heads; h++) {
          double[] scores = new double[groups.keyTo()[g]];
          List<Integer> events = new ArrayList<>();
          for (int l = groups.keyFrom()[g]; l < groups.keyTo()[g]; l++) {
            double[] key = decoded(model, batch.items()[l], batch.queries()[l]);
            for (int i = 0; i < key.length; i++) {
              scores[l] += asked[h][i] * key[i];
            }
            int distance = groups.keyTo()[g] - l;
            int bucket = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(distance);
            int buckets = attention.recencyBuckets();
            scores[l] += buckets == 0 ? 0 : recency[h * buckets + Math.min(bucket, buckets - 1)];
            scores[l] = distance <= attention.latest() ? Double.MAX_VALUE : scores[l];
            events.add(l);
          }
          events.sort(Comparator.comparingDouble(l -> -scores[l])); // stable: the older first
          int row = c * heads + h;
          kept[row] = Math.min(k, events.size());
          int[] best = events.stream().limit(k).mapToInt(l -> l).sorted().toArray();
          System.arraycopy(best, 0, selected, row * k, kept[row]);
        }
      }
    }
    return new Choice(kept, selected);
  }

  private static ModelOptions plain(ModelOptions options) {
    return options.withAttention(
        options
            .attention()
            .with(o -> o.recencyBuckets(0).recencyStart(0).latest(0).coded(CodedChoice.EXACT)));
  }

  private static double loss(float[] logits, float[] labels) {
    double sum = 0;
    for (int c = 0; c < logits.length; c++) {
      sum += Math.log1p(Math.exp(labels[c] == 1 ? -logits[c] : logits[c]));
    }
    return sum / logits.length;
  }

  @ParameterizedTest
  @MethodSource("variants")
  void theChoiceIsThatOfStaleCodesAndTheRestIsThatOfTheModel(ModelOptions options) {
    InterestModel coded = model(with(options, COARSE));
    coded.renew(0, BATCHES);
    for (int number = 0; number < 2; number++) {
      LabelledBatch batch = batch(number);
      Choice naive = choice(coded, batch.batch());
      float[] logits = coded.explain(batch.batch(), naive).scores();
      double expected = loss(logits, batch.labels());
      assertEquals(expected, coded.gradients(batch).total(), 2e-5 * expected);
      int[] exact = coded.explain(batch.batch()).attended().selected();
      assertFalse(Arrays.equals(exact, naive.selected()), "the codes choose as exactly");
      move(coded.parameters());
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void codesThatLoseNothingAndAreNeverOldChooseExactly(ModelOptions options) {
    Backend backend = backend();
    InterestModel exact = model(backend, options);
    InterestModel coded = model(backend, with(options, FINE));
    Adam first = new Adam(backend, TRAINING.adam());
    Adam second = new Adam(backend, TRAINING.adam());
    for (int number = 0; number < 2; number++) {
      coded.renew(0, BATCHES);
      double loss = exact.gradients(batch(number)).total();
      assertEquals(loss, coded.gradients(batch(number)).total(), 1e-5 * loss);
      for (Parameter parameter : exact.parameters().all()) {
        assertArrayEquals(
            parameter.gradient().toArray(),
            coded.parameters().get(parameter.name()).gradient().toArray(),
            2e-5f,
            parameter.name());
      }
      first.step(exact.parameters());
      second.step(coded.parameters());
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyGradientAgreesWithItsDirectionalDerivativeWhileCodesStay(ModelOptions options) {
    InterestModel coded = model(with(options, COARSE));
    coded.renew(0, BATCHES);
    move(coded.parameters());
    GradientsOfModel.check(coded, SmallWorld.batch());
  }

  @Test
  void codesStayUntilTheirStepComes() {
    InterestModel model = model(with(PLAIN, COARSE));
    model.renew(0, BATCHES);
    float[] vectors = values(model, "codes/vectors");
    float[] codebook = values(model, "codes/codebook");
    move(model.parameters());
    for (int step = 1; step < COARSE.every(); step++) {
      model.renew(step, BATCHES);
      model.gradients(batch(step));
      model.score(batch(step).batch());
      assertArrayEquals(vectors, values(model, "codes/vectors"), "step " + step);
      assertArrayEquals(codebook, values(model, "codes/codebook"), "step " + step);
    }
    model.renew(COARSE.every(), BATCHES);
    assertFalse(Arrays.equals(vectors, values(model, "codes/vectors")));
    assertFalse(Arrays.equals(codebook, values(model, "codes/codebook")));
  }

  @Test
  void aRenewalEncodesEveryItemAndQueryAsTheyAre() {
    InterestModel model = model(with(PLAIN, COARSE));
    move(model.parameters());
    model.renew(0, BATCHES);
    int d = PLAIN.dims();
    int[] items = IntStream.range(1, CORPUS.catalog().size()).toArray();
    float[] alone = model(plain(PLAIN)).vectors().keys(items, new int[items.length]);
    InterestModel moved = model(plain(PLAIN));
    move(moved.parameters());
    float[] expected = moved.vectors().keys(items, new int[items.length]);
    float[] kept = values(model, "codes/vectors");
    float share = 1 - (float) PLAIN.channels().queryWeight();
    for (int i = 0; i < items.length * d; i++) {
      int row = CORPUS.queries().eosQuery() + 1 + items[i / d];
      assertEquals(expected[i], share * kept[row * d + i % d], 1e-5f);
    }
    assertFalse(Arrays.equals(alone, expected));
  }

  @Test
  void theCodebookGoesOnFromWhereItWasAndFitsWhatItIsOf() {
    InterestModel model = model(with(PLAIN, new CodedChoice(1, 5, 16)));
    for (int step = 0; step < 3; step++) {
      model.renew(step, BATCHES);
      Batch batch = batch(0).batch();
      double error = 0;
      double all = 0;
      float[] keys = model.vectors().keys(batch.items(), batch.queries());
      for (int l = 0; l < batch.items().length; l++) {
        double[] decoded = decoded(model, batch.items()[l], batch.queries()[l]);
        for (int i = 0; i < decoded.length; i++) {
          double key = keys[l * decoded.length + i];
          error += Math.pow(key - decoded[i], 2);
          all += key * key;
        }
      }
      assertTrue(error < 0.6 * all, "step %d: %s of %s is lost".formatted(step, error, all));
      move(model.parameters());
    }
  }

  @Test
  void anEvaluationChoosesExactly() {
    InterestModel coded = model(with(PLAIN, COARSE));
    InterestModel exact = model(PLAIN);
    coded.renew(0, BATCHES);
    Batch batch = batch(0).batch();
    assertArrayEquals(exact.score(batch), coded.score(batch));
    assertArrayEquals(exact.scorer().score(batch), coded.scorer().score(batch));
    assertArrayEquals(
        exact.explain(batch).attended().selected(), coded.explain(batch).attended().selected());
  }

  @Test
  void keysAreTheSameBitsForAnyNumberOfThreads() {
    float[][] keys = new float[2][];
    for (int i = 0; i < 2; i++) {
      Workers workers = Workers.of(1 + 2 * i);
      Backend backend = Backends.cpu().on(workers);
      Parameters parameters = new Parameters(5);
      ModelOptions options = with(PLAIN, COARSE.withEvery(1));
      Channels channels =
          new Channels(backend, parameters, CORPUS.catalog(), CORPUS.queries(), FEATURES, options);
      Fusion fusion = Fusion.plain(backend, new Gate(backend, parameters, options), options);
      StaleKeys codes =
          new StaleKeys(backend, workers, parameters, CORPUS, channels, fusion, options, 5);
      codes.renew(0, BATCHES);
      codes.renew(1, BATCHES);
      keys[i] = codes.keys(batch(0).batch()).toArray();
    }
    assertArrayEquals(keys[0], keys[1]);
  }

  @Test
  void bothBackendsLoseTheSame() {
    InterestModel fast = model(with(PLAIN, COARSE));
    InterestModel portable = model(Backends.nd4j().on(Workers.common()), with(PLAIN, COARSE));
    fast.renew(0, BATCHES);
    portable.renew(0, BATCHES);
    portable.parameters().get("codes/codebook").set(values(fast, "codes/codebook"));
    double loss = fast.gradients(batch(0)).total();
    assertEquals(loss, portable.gradients(batch(0)).total(), 1e-5 * loss);
  }

  @Test
  void aSearchUnitHasNoCodes() {
    for (ModelOptions options : List.of(PLAIN, with(PLAIN, COARSE))) {
      PretrainingSearchUnit unit =
          new PretrainingSearchUnit(
              backend(), Workers.of(2), CORPUS, FEATURES, options, PsuOptions.paper(), 5);
      PretrainingSearchUnit plain =
          new PretrainingSearchUnit(
              backend(), Workers.of(2), CORPUS, FEATURES, PLAIN, PsuOptions.paper(), 5);
      assertEquals(plain.parameters().snapshot().keySet(), unit.parameters().snapshot().keySet());
      assertEquals(plain.gradients(batch(0)), unit.gradients(batch(0)));
    }
  }

  @Test
  void aBatchWithoutEventsIsAnswered() {
    InterestModel coded = model(with(PLAIN, COARSE));
    coded.renew(0, BATCHES);
    Groups groups = new Groups(new int[] {0}, new int[] {0}, new int[] {0, 2}, new int[] {0, 1});
    Batch none = new Batch(new int[0], new int[0], groups, new int[] {3, 4}, new int[] {0, 0});
    LabelledBatch labelled = new LabelledBatch(none, new float[] {1, 0}, 1);
    assertEquals(model(PLAIN).gradients(labelled), coded.gradients(labelled));
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.Kind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SEMINAR", "TWIN"})
  void methodsWhoseHeadsDoNotChooseAreRefused(Method.Kind kind) {
    ModelOptions coded = with(PLAIN, COARSE);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new InterestModel(backend(), CORPUS, FEATURES, coded, Method.of(kind), 5))
            .getMessage();
    assertTrue(message.contains("coded.every is 3") && message.contains("" + kind), message);
  }

  @Test
  void whatCannotBeCodedIsRefused() {
    assertRefused(
        "d=40 is not a multiple of subspaces S=3", () -> with(PLAIN, COARSE.withSubspaces(3)));
    with(PLAIN, CodedChoice.EXACT.withSubspaces(3)); // says nothing
    assertRefused("coded.every", () -> COARSE.withEvery(-1));
    assertRefused("subspaces S", () -> COARSE.withSubspaces(0));
    assertRefused("centroids C", () -> COARSE.withCentroids(1 << 17));
    assertRefused(
        "coded.every is 3 and padding is RELEASED",
        () -> with(PLAIN, COARSE).attention().withPadding(AttentionOptions.Padding.RELEASED));
  }

  private static void assertRefused(String words, Runnable act) {
    String message = assertThrows(IllegalArgumentException.class, act::run).getMessage();
    assertTrue(message.contains(words), message);
  }

  @Test
  void aStepBeforeTheFirstRenewalIsRefused() {
    InterestModel model = model(with(PLAIN, COARSE));
    assertThrows(IllegalStateException.class, () -> model.gradients(batch(0)));
  }
}
