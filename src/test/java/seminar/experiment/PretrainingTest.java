package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import seminar.data.Split;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.lesson.LossProbe;
import seminar.lesson.SignCheck;
import seminar.lesson.ThreeLosses;
import seminar.lesson.ThreeLosses.Curve;
import seminar.math.Workers;
import seminar.search.PretrainingSearchUnit;
import seminar.train.Adam;
import seminar.train.LabelledBatch;
import seminar.train.TrainListener;
import seminar.train.TrainOptions;
import seminar.train.TrainingBatches;
import seminar.world.World;
import seminar.world.WorldOptions;

/** What pretraining teaches, on a planted world whose truth is known. */
class PretrainingTest {
  private static final World WORLD =
      World.of(WorldOptions.small().withUsers(60).withItems(600, 12));

  private static Features features() throws Exception {
    return Features.of(WORLD);
  }

  private static Setup setup(int epochs) {
    Setup laptop = Setup.laptop(1);
    TrainOptions training =
        laptop.pretraining().withBatches(8, 16, 4).withAdam(Adam.Options.withRate(5e-3));
    return laptop.withPretraining(training.withEpochs(epochs));
  }

  private static LossProbe.Result best(ThreeLosses losses, String name, int epoch) {
    Curve curve = losses.curves().stream().filter(c -> c.name().equals(name)).findAny().get();
    return curve.probes().get(epoch);
  }

  @Test
  void eachLossFixesWhatItIsFor() throws Exception {
    RankingExperiment experiment =
        new RankingExperiment(WORLD.corpus(), features(), Workers.common(), 1);
    Map<String, Setup> all = ThreeLosses.alone(setup(8));
    Map<String, Setup> setups = new LinkedHashMap<>();
    setups.put("alignment alone", ThreeLosses.alone(setup(18)).get("alignment alone"));
    setups.put("all three", all.get("all three"));
    setups.put("broken", Switch.INVERTED_RELEVANCE.thrown(all.get("relevance alone")));
    ThreeLosses losses = ThreeLosses.run(experiment, setups, Progress.silent());

    LossProbe.Result before = best(losses, "all three", 0);
    assertEquals(before.chance(), before.recall(), 0.02);
    assertEquals(0.5, before.auc(), 0.05);
    assertEquals(2 * Math.log(2), before.nextPair(), 0.01);

    double recall = best(losses, "alignment alone", 18).recall();
    assertTrue(recall > 0.8, "text finds picture: recall@1 is " + recall);
    LossProbe.Result after = best(losses, "all three", 8);
    assertTrue(after.auc() > 0.9, "query finds item: AUC is " + after.auc());
    assertTrue(
        after.nextPair() < after.popularity() - 0.1,
        "next pair: %s against popularity %s".formatted(after.nextPair(), after.popularity()));
    assertTrue(best(losses, "broken", 8).auc() < 0.35, "the released sign parts what belongs");
  }

  @Test
  void aWrongSignIsSeenAtOnce() throws Exception {
    RankingExperiment experiment =
        new RankingExperiment(WORLD.corpus(), features(), Workers.common(), 1);
    Setup setup = setup(0);
    PretrainingSearchUnit unit = experiment.pretrain(setup, TrainListener.silent()).unit();
    TrainingBatches batches =
        new TrainingBatches(
            WORLD.corpus(),
            Split.leaveOneOut(WORLD.corpus().histories()),
            setup.model().sequenceLength(),
            setup.pretraining());
    LabelledBatch batch = batches.batch(1, 0, batches.order(1));
    for (String parameter : List.of("channel/keyword", "channel/map/text")) {
      float[] values = unit.parameters().get(parameter).value().toArray();
      assertTrue(SignCheck.of(unit, batch, parameter, 1).passes());
      SignCheck wrong = SignCheck.of(unit, batch, parameter, -1);
      assertFalse(wrong.passes());
      assertTrue(wrong.toString().contains("WRONG"));
      assertTrue(
          java.util.Arrays.equals(values, unit.parameters().get(parameter).value().toArray()));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> SignCheck.of(unit, batch, "loss/logInverseTemperature", 1));
  }
}
