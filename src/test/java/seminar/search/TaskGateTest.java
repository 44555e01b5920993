package seminar.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seminar.search.SmallWorld.CORPUS;
import static seminar.search.SmallWorld.FEATURES;

import java.util.Set;
import org.junit.jupiter.api.Test;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.model.ChannelOptions;
import seminar.model.ModelOptions;
import seminar.model.Parameter;
import seminar.train.LabelledBatch;

/** A gate of its own for pairs that have a query. */
class TaskGateTest {
  private static final LabelledBatch BATCH = SmallWorld.batch();
  private static final String OWN = "channel/gate/search/bias";

  private static InterestModel model(Backend backend, boolean taskGate, Method method) {
    ModelOptions options = SmallWorld.options();
    options = options.withChannels(options.channels().withTaskGate(taskGate));
    return new InterestModel(backend, CORPUS, FEATURES, options, method, 5);
  }

  private static InterestModel model(boolean taskGate) {
    return model(Backends.cpu().on(Workers.of(1)), taskGate, new Method.Twin());
  }

  @Test
  void gradientsAgreeWithDifferencesAndOnBothBackends() {
    InterestModel model = model(true);
    Set<String> moving = GradientsOfModel.check(model, BATCH);
    assertTrue(moving.containsAll(Set.of(OWN, "channel/gate/bias")), "" + moving);
    InterestModel portable = model(Backends.nd4j().on(Workers.of(1)), true, new Method.Twin());
    assertEquals(model.gradients(BATCH).total(), portable.gradients(BATCH).total(), 1e-5);
    for (Parameter parameter : model.parameters().all()) {
      float[] other = portable.parameters().get(parameter.name()).gradient().toArray();
      assertArrayEquals(parameter.gradient().toArray(), other, 2e-5f, parameter.name());
    }
    assertArrayEquals(
        model.score(BATCH.batch()), model.scorer().score(BATCH.batch()), 1e-6f, "looked up");
  }

  @Test
  void twoGatesThatAreAlikeAreOneAndTheSecondMovesSearchesAlone() {
    InterestModel one = model(false);
    InterestModel two = model(true);
    one.parameters().all().forEach(p -> two.parameters().get(p.name()).set(p.value().toArray()));
    Batch batch = BATCH.batch();
    float[] before = one.score(batch);
    assertArrayEquals(before, two.score(batch), 1e-6f);
    two.parameters().get(OWN).set(new float[] {2, -1, 0});
    float[] after = two.score(batch);
    // The first two candidates see no event and have no query.
    assertEquals(before[0], after[0], 1e-6f);
    assertEquals(before[1], after[1], 1e-6f);
    assertTrue(Math.abs(before[2] - after[2]) > 1e-5, "a candidate with a query");
    Batch silent =
        new Batch(
            batch.items(),
            new int[batch.items().length],
            batch.groups(),
            batch.candidateItems(),
            new int[batch.candidateItems().length]);
    assertArrayEquals(one.score(silent), two.score(silent), 1e-6f);
  }

  @Test
  void whatNeedsOneVectorForEachItemIsRefused() {
    InterestModel model = model(true);
    assertThrows(IllegalArgumentException.class, model::vectors);
    assertThrows(IllegalArgumentException.class, () -> model.requestScorer(model.pairTable()));
    assertEquals(false, ChannelOptions.paper().taskGate());
  }
}
