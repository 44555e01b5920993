package seminar.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.compute.Backends;
import seminar.compute.Groups;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.experiment.Setup;
import seminar.math.Workers;
import seminar.model.Batch;
import seminar.train.TrainListener.Epoch;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Train short, infer long: the first epochs see fewer events. */
class WarmStartTest {
  private static final int LENGTH = 20;
  private static final Corpus CORPUS = World.of(WorldOptions.small().withUsers(20)).corpus();
  private static final TrainOptions PLAIN =
      new TrainOptions(4, 4, 4, 1, Adam.Options.withRate(5e-3), 7);

  @TempDir Path folder;

  private static TrainingBatches batches(TrainOptions options) {
    return new TrainingBatches(CORPUS, Split.leaveOneOut(CORPUS.histories()), LENGTH, options);
  }

  private static LabelledBatch batch(TrainOptions options, int epoch) {
    TrainingBatches batches = batches(options);
    return batches.batch(epoch, 1, batches.order(epoch));
  }

  @Test
  void onlyTheFirstEpochsSeeFewerEventsAndAllElseIsAsBefore() {
    TrainOptions warm = PLAIN.withWarmStart(2, 5);
    for (int epoch = 1; epoch <= 4; epoch++) {
      LabelledBatch one = batch(PLAIN, epoch);
      LabelledBatch other = batch(warm, epoch);
      assertEquals(one.seed(), other.seed());
      assertArrayEquals(one.labels(), other.labels());
      assertArrayEquals(one.batch().candidateItems(), other.batch().candidateItems());
      Groups all = one.batch().groups();
      Groups seen = other.batch().groups();
      for (int g = 0; g < all.groupCount(); g++) {
        int expected = epoch <= 2 ? Math.min(5, all.events(g)) : all.events(g);
        assertEquals(expected, seen.events(g), "epoch " + epoch);
        for (int back = 1; back <= expected; back++) {
          assertEquals(item(one.batch(), g, back), item(other.batch(), g, back), "the latest");
        }
      }
      assertTrue(all.mostEvents() > 5);
    }
  }

  private static int item(Batch batch, int group, int back) {
    return batch.items()[batch.groups().keyTo()[group] - back];
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 5, 8, 11})
  void aTrainingCutOffBeforeOrAfterTheWarmEpochsEndsWithTheSameBits(int cut) throws IOException {
    Map<String, float[]> undisturbed = train(Integer.MAX_VALUE, "whole");
    assertThrows(IllegalStateException.class, () -> train(cut, "cut"));
    Map<String, float[]> resumed = train(Integer.MAX_VALUE, "cut");
    undisturbed.forEach((name, values) -> assertArrayEquals(values, resumed.get(name), name));
  }

  /** Three epochs of five steps, of which the first two are short. */
  private Map<String, float[]> train(int steps, String file) throws IOException {
    TrainOptions options = PLAIN.withEpochs(3).withKeep(TrainOptions.Keep.LAST).withWarmStart(2, 5);
    Workers workers = Workers.of(steps % 2 + 1);
    var backend = Backends.cpu().on(workers);
    var model = TinyTraining.seminar(backend);
    int[] done = {0};
    TrainListener cutting =
        new TrainListener() {
          @Override
          public void step(Step step) {
            if (done[0]++ == steps) {
              throw new IllegalStateException("cut off");
            }
          }

          @Override
          public void epoch(Epoch result) {}
        };
    RunIdentity run = RunIdentity.of("warm", Map.of(), CORPUS.hash(), "1");
    new Trainer(backend, model, batches(options), options)
        .train(() -> 1, cutting, new Checkpoints(folder.resolve(file), run, 1, 0));
    return model.parameters().snapshot();
  }

  @Test
  void patienceBeginsAfterTheWarmEpochs() {
    assertEquals(2, epochs(PLAIN.withEpochs(9).withPatience(1)));
    assertEquals(4, epochs(PLAIN.withEpochs(9).withPatience(1).withWarmStart(3, 5)));
    assertEquals(3, epochs(PLAIN.withEpochs(3).withPatience(1).withWarmStart(5, 5)));
  }

  /** How many epochs there are if none after the first is better. */
  private static int epochs(TrainOptions options) {
    var backend = Backends.cpu().on(Workers.of(1));
    List<Epoch> rows =
        new Trainer(backend, TinyTraining.seminar(backend), batches(options), options)
            .train(() -> 1, TrainListener.silent());
    return rows.size();
  }

  @ParameterizedTest
  @CsvSource({"2, 0", "0, 5", "-1, 5", "2, -1"})
  void bothAreGivenOrNeither(int epochs, int length) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> PLAIN.withWarmStart(epochs, length))
            .getMessage();
    assertTrue(message.contains("warmEpochs is " + epochs) || length < 0, message);
    assertFalse(message.isBlank());
  }

  @Test
  void aWarmStartLongerThanTheSequenceIsRefusedWithBoth() {
    TrainOptions longer = PLAIN.withWarmStart(1, 201);
    Setup setup = Setup.laptop(1);
    for (Executable making :
        List.<Executable>of(
            () -> setup.withTraining(longer), () -> setup.withPretraining(longer))) {
      String message = assertThrows(IllegalArgumentException.class, making).getMessage();
      assertTrue(message.contains("201") && message.contains("L = 200"), message);
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> batches(PLAIN.withWarmStart(1, 21)))
            .getMessage();
    assertTrue(message.contains("21") && message.contains("L = 20"), message);
    assertEquals(20, batch(PLAIN.withWarmStart(1, 20), 1).batch().groups().mostEvents());
  }
}
