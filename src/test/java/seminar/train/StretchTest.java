package seminar.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.compute.Groups;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Requests of a history that lie beside each other. */
class StretchTest {
  private static final int LENGTH = 20;
  private static final Corpus CORPUS = World.of(WorldOptions.small().withUsers(3)).corpus();
  private static final Split SPLIT = Split.leaveOneOut(CORPUS.histories());
  private static final TrainOptions PLAIN =
      new TrainOptions(1, 1, 8, 1, Adam.Options.withRate(5e-3), 7);

  private static LabelledBatch batch(TrainOptions options, int epoch) {
    TrainingBatches batches = new TrainingBatches(CORPUS, SPLIT, LENGTH, options);
    return batches.batch(epoch, 1, batches.order(epoch));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8, 30})
  void requestsLieWithinTheStretchAndAStepGathersLittleMore(int stretch) {
    int most = 0;
    for (int epoch = 1; epoch <= 50; epoch++) {
      LabelledBatch batch = batch(PLAIN.withStretch(stretch), epoch);
      Groups groups = batch.batch().groups();
      int[] ends = groups.keyTo();
      assertTrue(ends[groups.groupCount() - 1] - ends[0] < stretch, "stretch " + stretch);
      assertTrue(batch.batch().items().length < LENGTH + stretch, "events of a step");
      most = Math.max(most, groups.groupCount());
    }
    assertEquals(Math.min(8, stretch), most, "as many requests as were asked for, or as there are");
  }

  @Test
  void everyRequestOfAHistoryIsAsLikely() {
    int user = 0;
    int from = SPLIT.trainStart(user);
    int requests = SPLIT.trainEnd(user) - from;
    TrainOptions options = PLAIN.withTargetsPerUser(TrainOptions.ALL_TARGETS).withStretch(10);
    int[] drawn = new int[requests];
    int epochs = 4000;
    for (int epoch = 1; epoch <= epochs; epoch++) {
      TrainingBatches batches = new TrainingBatches(CORPUS, SPLIT, LENGTH, options);
      int[] order = {user, user, user};
      Groups groups = batches.batch(epoch, 1, order).batch().groups();
      int count = groups.groupCount();
      for (int g = 0; g < count; g++) {
        int item = batches.batch(epoch, 1, order).batch().candidateItems()[groups.candidates()[g]];
        drawn[place(user, item) - from]++;
      }
    }
    double expected = epochs * 10.0 / (requests + 9);
    double spread = 5 * Math.sqrt(expected);
    for (int place = 0; place < requests; place++) {
      assertEquals(expected, drawn[place], spread, "request " + place);
    }
  }

  /** Items of a planted history differ. */
  private static int place(int user, int item) {
    long start = CORPUS.histories().start(user);
    for (int p = 0; p < CORPUS.histories().length(user); p++) {
      if (CORPUS.histories().item(start + p) == item) {
        return p;
      }
    }
    throw new AssertionError("item " + item);
  }

  @Test
  void aStretchBeyondTheHistoryIsAllOfItAndNoneIsAsBefore() {
    LabelledBatch plain = batch(PLAIN, 1);
    assertArrayEquals(plain.batch().items(), batch(PLAIN.withStretch(0), 1).batch().items());
    assertArrayEquals(plain.batch().items(), batch(PLAIN.withStretch(5000), 1).batch().items());
    assertThrows(IllegalArgumentException.class, () -> PLAIN.withStretch(-1));
  }
}
