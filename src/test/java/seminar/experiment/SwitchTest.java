package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seminar.feature.Features;
import seminar.loss.LossTerms;
import seminar.math.Workers;
import seminar.search.Restored;
import seminar.train.TrainListener;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Every switch between paper and released code makes a difference, and only the one it names. */
class SwitchTest {
  private static final World WORLD =
      World.of(WorldOptions.quick().withUsers(60).withItems(1200, 6));
  private static final Features FEATURES = features();

  private static Features features() {
    try {
      return Features.of(WORLD);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A setup that is pretrained and trained in a second; two epochs, so that one can be better. */
  private static Setup small() {
    Setup laptop = Setup.laptop(3);
    return laptop
        .withModel(laptop.model().withDims(16).withLengths(8, 40))
        .withPretraining(laptop.pretraining().withEpochs(2).withBatches(60, 4, 2))
        .withTraining(laptop.training().withEpochs(2).withBatches(20, 4, 2))
        .withRestored(Restored.EMBEDDINGS);
  }

  /**
   * What a run leaves: losses of pretraining, then losses and validation of training, then ranks.
   */
  private static List<Double> outcome(Setup setup) {
    RankingExperiment experiment =
        new RankingExperiment(WORLD.corpus(), FEATURES, Workers.common(), setup.protocol(), 1);
    Pretrained pretrained = experiment.pretrain(setup, TrainListener.silent());
    Trained trained = experiment.train("s", setup, Optional.of(pretrained), TrainListener.silent());
    List<Double> numbers = new ArrayList<>();
    trained.run().pretraining().forEach(epoch -> numbers.add(epoch.loss()));
    trained.run().epochs().forEach(epoch -> numbers.add(epoch.loss()));
    trained.run().epochs().forEach(epoch -> numbers.add(epoch.validation()));
    numbers.addAll(trained.rank().summary().values());
    assertTrue(numbers.stream().allMatch(Double::isFinite), numbers.toString());
    return numbers;
  }

  private static final List<Double> PAPER = outcome(small());

  /** Those whose difference may not show in a small run; TrainerTest and PlaceTest show theirs. */
  private static final Set<Switch> QUIET = EnumSet.of(Switch.LAST_EPOCH, Switch.FAVOURABLE_TIES);

  @ParameterizedTest
  @EnumSource(Switch.class)
  void aSwitchChangesTheOutcome(Switch each) {
    Setup thrown = each.thrown(small());
    assertNotEquals(small(), thrown);
    if (!QUIET.contains(each)) {
      assertNotEquals(PAPER, outcome(thrown), each.name());
    }
  }

  /** Thrown twice is thrown once: a switch sets, it does not toggle. */
  @ParameterizedTest
  @EnumSource(Switch.class)
  void aSwitchSets(Switch each) {
    assertEquals(each.thrown(small()), each.thrown(each.thrown(small())));
  }

  @Test
  void theOutcomeIsTheSameTwice() {
    assertEquals(PAPER, outcome(small()));
  }

  @Test
  void fidelityThrowsNoneOrAll() {
    assertEquals(small(), Fidelity.PAPER.of(small()));
    Setup released = Fidelity.AS_RELEASED.of(small());
    for (Switch each : Switch.values()) {
      assertEquals(released, each.thrown(released), each + " was thrown already");
    }
    assertEquals(Arrays.asList(Switch.values()), Fidelity.AS_RELEASED.switches());
    assertFalse(outcome(released).equals(PAPER));
  }

  /** Table 3's rows: a loss that weighs nothing plays no part. */
  @Test
  void anAblationLeavesALossOut() {
    Setup next = small().withPsu(small().psu().withWeights(new LossTerms.Weights(1, 0, 0)));
    assertNotEquals(PAPER, outcome(next));
  }

  @Test
  void theTableHasEverySwitchInWords() {
    assertEquals(Switch.values().length, Switch.table().rowCount());
    assertEquals("random projections", Switch.table().getString(0, "switch"));
    assertEquals("M1", Switch.table().getString(0, "no."));
  }
}
