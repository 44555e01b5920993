package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.MachineMemory;
import seminar.compute.Scratch;
import seminar.feature.Features;
import seminar.loss.NextItemOptions;
import seminar.math.Workers;
import seminar.options.OptionPaths;
import seminar.train.TrainListener;
import seminar.world.World;
import seminar.world.WorldOptions;

/** The estimate of a run's memory against what runs hold. */
class RunMemoryTest {
  private static final World WORLD = World.of(WorldOptions.small());

  /** Values, two moments and gradients, which stand in a scratch. */
  private static final int COPIES = 3;

  @ParameterizedTest
  @CsvSource({
    "model.dims, 64, true",
    "model.dims, 16, false",
    "training.targetsPerUser, 64, false",
    "training.negatives, 20, false",
    "training.usersPerBatch, 40, false",
    "model.attention.heads, 8, false",
    "model.channels.features, RELEASED, false",
    "method.kind, TWIN, false",
    "method.kind, ETA, false",
    "method.kind, QIN, false",
    "method.kind, SDIM, false",
    "model.shortTerm, 20, false",
    "model.attention.coded.every, 2, false",
    "model.channels.codes.kind, PRODUCT, true",
    "model.channels.codes.kind, RESIDUAL, false",
    "method.kind, STCA, false",
    "model.sequence.layers, 3, false",
  })
  void aRunHoldsLessThanTheEstimateAndNotVeryMuchLess(
      String option, String value, boolean pretrained) throws Exception {
    Features features = Features.of(WORLD);
    Setup set =
        OptionPaths.set(
            Setup.laptop(1), option, value.matches("\\d+") ? Integer.valueOf(value) : value);
    check(set, pretrained, features);
  }

  static Stream<Setup> sequenceModels() {
    Setup sasRec = Setup.sasRec(1);
    NextItemOptions softmax = NextItemOptions.softmax();
    return Stream.of(
        sasRec, Setup.gSasRec(1), sasRec.withTraining(sasRec.training().withNextItem(softmax)));
  }

  @ParameterizedTest
  @MethodSource("sequenceModels")
  void aSequenceModelToo(Setup setup) throws Exception {
    check(setup, false, Features.of(WORLD));
  }

  private static void check(Setup set, boolean pretrained, Features features) throws Exception {
    Setup setup =
        set.withTraining(set.training().withEpochs(1))
            .withPretraining(set.pretraining().withEpochs(1));
    RankingExperiment experiment =
        new RankingExperiment(WORLD.corpus(), features, Workers.common(), 1);

    Set<Scratch> before = Scratch.living();
    Optional<Pretrained> unit =
        pretrained
            ? Optional.of(experiment.pretrain(setup, TrainListener.silent()))
            : Optional.empty();
    Trained trained = experiment.train("x", setup, unit, TrainListener.silent());
    Set<Scratch> own = new HashSet<>(Scratch.living());
    own.removeAll(before);
    long held = own.stream().mapToLong(Scratch::bytes).sum();
    long learned = trained.model().parameters().count();
    learned += unit.map(u -> u.unit().parameters().count()).orElse(0L);
    held += COPIES * Float.BYTES * learned;

    long estimate =
        RunMemory.bytes(WORLD.corpus(), features, new Contender("x", setup, pretrained));
    assertTrue(held <= estimate, "%,d bytes held, %,d estimated".formatted(held, estimate));
    assertTrue(estimate <= 5 * held, "%,d bytes held, %,d estimated".formatted(held, estimate));
  }

  private static RunMemory.Need need(int topK, int length) throws IOException {
    Setup setup = Setup.laptop(1);
    setup = setup.withModel(setup.model().withLengths(topK, length));
    return RunMemory.need(WORLD.corpus(), Features.of(WORLD), new Contender("x", setup, false));
  }

  @Test
  void whatAttentionKeepsIsCounted() throws IOException {
    Setup setup = Setup.laptop(1);
    long rows = (long) setup.model().attention().heads() * 100 * WORLD.corpus().histories().users();
    RunMemory.Need few = need(1, 1000);
    RunMemory.Need many = need(31, 1000);
    long kept = 30 * rows * (Integer.BYTES + Float.BYTES); // of the ranking alone
    long counted = many.heap() - few.heap();
    assertTrue(counted >= kept && counted <= 4 * kept, counted + " for " + kept);
    assertEquals(counted, many.whole() - few.whole());
    int longest = WORLD.corpus().statistics().maxLength();
    assertEquals(need(longest + 1, longest), need(1 << 30, 1 << 30), "no history is longer");
  }

  @Test
  void aRunThatCannotFitIsRefusedWithTheEstimateAndWhatThereIs() {
    RunMemory.Need need = new RunMemory.Need(3L << 30, 1L << 30);
    need.check("x", new MachineMemory(3L << 30, 1L << 30));
    for (MachineMemory small :
        List.of(
            new MachineMemory((3L << 30) - 1, 2L << 30), new MachineMemory(9L << 30, 512L << 20))) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> need.check("x", small)).getMessage();
      for (String part :
          List.of("'x' takes about 3.0 GiB", MachineMemory.words(small.heap()), "--top-k")) {
        assertTrue(message.contains(part), message);
      }
    }
    assertTrue(MachineMemory.here().whole() >= MachineMemory.here().heap() / 8);
  }

  @Test
  void theLargestRunsMustFitBesideEachOther() {
    List<Long> needs = List.of(10L, 40L, 20L, 30L);
    assertEquals(0, RunMemory.sideBySide(needs, 39, 4));
    assertEquals(1, RunMemory.sideBySide(needs, 40, 4));
    assertEquals(1, RunMemory.sideBySide(needs, 69, 4));
    assertEquals(2, RunMemory.sideBySide(needs, 70, 4));
    assertEquals(3, RunMemory.sideBySide(needs, 99, 4));
    assertEquals(4, RunMemory.sideBySide(needs, 100, 4));
    assertEquals(2, RunMemory.sideBySide(needs, 100, 2));
    assertEquals(9, RunMemory.sideBySide(needs, 100, 9), "nothing more is ever at work");
    assertEquals(3, RunMemory.sideBySide(List.of(), 0, 3), "nothing is to be done");
  }
}
