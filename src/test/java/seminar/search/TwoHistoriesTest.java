package seminar.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seminar.search.SmallWorld.CORPUS;
import static seminar.search.SmallWorld.FEATURES;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.compute.Matrix;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.model.Parameters;
import seminar.model.SequenceEncoder;
import seminar.model.SequenceOptions;
import seminar.train.LabelledBatch;
import seminar.train.StepLoss;

/** USER and SESRec: what was typed and what was opened. */
class TwoHistoriesTest {
  private static final ModelOptions OPTIONS = SmallWorld.options();
  private static final LabelledBatch BATCH = SmallWorld.batch();

  static Stream<Method> methods() {
    return Stream.of(
        new Method.User().withDropout(0),
        new Method.User().withLayers(2).withDropout(0.3),
        new Method.Sesrec().withDropout(0).withTriplet(1).withAlignment(1),
        new Method.Sesrec().withLayers(2).withDropout(0.2).withMargin(2).withTriplet(0.7),
        new Method.Sesrec().withDropout(0).withTriplet(0).withAlignment(0));
  }

  private static InterestModel model(Method method) {
    return model(Backends.cpu().on(Workers.of(1)), method);
  }

  private static InterestModel model(Backend backend, Method method) {
    return new InterestModel(backend, CORPUS, FEATURES, OPTIONS, method, 5);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void gradientsAgreeWithDifferencesAndOnBothBackends(Method method) {
    InterestModel model = model(method);
    Set<String> moving = GradientsOfModel.check(model, BATCH);
    boolean sesrec = method instanceof Method.Sesrec;
    String first = sesrec ? "sequence/sesrec/search/1/query" : "sequence/user/1/query";
    assertTrue(moving.contains(first) && moving.contains("channel/keyword"), "" + moving);
    boolean parted = sesrec && ((Method.Sesrec) method).triplet() > 0;
    assertEquals(parted, moving.contains("sequence/sesrec/affinity"), "" + moving);

    InterestModel portable = model(Backends.nd4j().on(Workers.of(1)), method);
    assertArrayEquals(model.score(BATCH.batch()), portable.score(BATCH.batch()), 1e-5f);
    StepLoss loss = model.gradients(BATCH);
    assertEquals(loss.total(), portable.gradients(BATCH).total(), 1e-5);
    for (Parameter parameter : model.parameters().all()) {
      float[] other = portable.parameters().get(parameter.name()).gradient().toArray();
      assertArrayEquals(parameter.gradient().toArray(), other, 5e-5f, parameter.name());
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anyNumberOfThreadsGivesTheSameBitsAndDropoutIsDrawnBySeed(Method method) {
    InterestModel one = model(method);
    InterestModel three = model(Backends.cpu().on(Workers.of(3)), method);
    assertArrayEquals(one.score(BATCH.batch()), three.score(BATCH.batch()));
    assertEquals(one.gradients(BATCH), three.gradients(BATCH));
    for (Parameter parameter : one.parameters().all()) {
      float[] other = three.parameters().get(parameter.name()).gradient().toArray();
      assertArrayEquals(parameter.gradient().toArray(), other, parameter.name());
    }
    LabelledBatch later = new LabelledBatch(BATCH.batch(), BATCH.labels(), 2);
    boolean drops = !("" + method).contains("dropout=0.0");
    assertEquals(drops, one.gradients(BATCH).total() != one.gradients(later).total());
  }

  @Test
  void aQueryStandsBeforeTheItemThatItLedTo() {
    Method.User user = new Method.User().withLayers(2);
    Backend backend = Backends.cpu().on(Workers.of(1));
    int d = OPTIONS.dims();
    Parameters parameters = new Parameters(8);
    IntegratedInterest interest = new IntegratedInterest(backend, parameters, user, OPTIONS);
    Batch batch = BATCH.batch();
    List<Matrix> keys = List.of(drawn("pairs", 8, d), drawn("items", 8, d), drawn("asked", 8, d));
    List<Matrix> candidates = List.of(drawn("t", 7, d), drawn("t1", 7, d), drawn("t2", 7, d));
    EncodedBatch encoded =
        new EncodedBatch(
            batch,
            keys,
            candidates,
            new EncodedBatch.Parts(out -> {}, out -> {}, (a, b) -> {}),
            false,
            1);
    Matrix u = Matrix.zeros(7, d);
    interest.forward(encoded, u);

    // The second request of the first history sees events 0 to 4, with queries 1, 0, 0, 2 and 3.
    int[][] places = {
      {2, 0, 0}, {1, 0, 1}, {1, 1, 2}, {1, 2, 2}, {2, 3, 0}, {1, 3, 1}, {2, 4, 0}, {1, 4, 1}
    };
    float[] kinds = parameters.get("sequence/user/kind").value().toArray();
    float[] x = new float[places.length * d];
    for (int i = 0; i < places.length; i++) {
      for (int c = 0; c < d; c++) {
        x[i * d + c] = keys.get(places[i][0]).get(places[i][1], c) + kinds[places[i][2] * d + c];
      }
    }
    Parameters copies = new Parameters(0);
    SequenceEncoder encoder =
        new SequenceEncoder(
            backend,
            copies,
            "sequence/user",
            2 * OPTIONS.sequenceLength(),
            d,
            SequenceOptions.none().withLayers(2).withHeads(user.heads()));
    copies.all().forEach(p -> p.set(parameters.get(p.name()).value().toArray()));
    Matrix states =
        encoder.forward(Matrix.of(places.length, d, x), new int[] {0, places.length}, false, 1);
    for (int candidate = 2; candidate < 4; candidate++) {
      assertArrayEquals(
          states.rows(places.length - 1, places.length).toArray(),
          u.rows(candidate, candidate + 1).toArray(),
          1e-6f);
    }
    assertArrayEquals(new float[2 * d], u.rows(0, 2).toArray(), "the first request sees nothing");
  }

  private static Matrix drawn(String name, int rows, int cols) {
    float[] values = new float[rows * cols];
    Rng.gaussian(Rng.stream("test/" + name, 4), values, 0.5);
    return Matrix.of(rows, cols, values);
  }
}
