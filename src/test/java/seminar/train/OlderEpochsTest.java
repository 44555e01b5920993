package seminar.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Epochs that learn from all events before those that learn from the latest alone. */
class OlderEpochsTest {
  private static final Corpus CORPUS = World.of(WorldOptions.small().withUsers(6)).corpus();
  private static final Split ALL = Split.leaveOneOut(CORPUS.histories());
  private static final Split LATEST = Split.lastTargets(CORPUS.histories(), 2);
  private static final TrainOptions PLAIN =
      new TrainOptions(4, 2, 8, 1, Adam.Options.withRate(5e-3), 7);

  private static LabelledBatch batch(Split split, TrainOptions options, int epoch) {
    TrainingBatches batches = new TrainingBatches(CORPUS, split, 20, options);
    return batches.batch(epoch, 1, batches.order(epoch));
  }

  @Test
  void theFirstEpochsHaveTheBatchesOfAllTargetsAndTheOthersThoseOfTheLatest() {
    for (int epoch = 1; epoch <= 4; epoch++) {
      LabelledBatch batch = batch(LATEST, PLAIN.withOlderEpochs(2), epoch);
      LabelledBatch as = batch(epoch <= 2 ? ALL : LATEST, PLAIN, epoch);
      assertArrayEquals(as.batch().items(), batch.batch().items());
      assertArrayEquals(as.batch().candidateItems(), batch.batch().candidateItems());
      assertArrayEquals(as.labels(), batch.labels());
      assertFalse(
          Arrays.equals(
              batch.batch().candidateItems(),
              batch(epoch <= 2 ? LATEST : ALL, PLAIN, epoch).batch().candidateItems()));
    }
    assertThrows(IllegalArgumentException.class, () -> PLAIN.withOlderEpochs(-1));
  }
}
