package seminar.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.compute.Backends;
import seminar.compute.Meter;
import seminar.data.Corpus;
import seminar.math.Workers;
import seminar.model.ModelOptions;

/** Tasks of a bench: what they say of themselves is true. */
class BenchTaskTest {
  @Test
  void stepsOfTheWarmUpDoNotCount() {
    Meter meter = new Meter();
    Runnable step = () -> meter.add("work", 0.5, 3, 7);
    BenchTask task = new BenchTask("task", 10, meter, () -> new BenchTask.Made(step, 40));
    task.warmUp(0);
    assertTrue(task.accounts().isEmpty());
    task.round(0);
    task.round(0);
    assertEquals(2, task.steps());
    assertEquals(List.of(new Meter.Account("work", 2, 1, 6, 14)), task.accounts());
    assertEquals(40, task.keptBytes());
    TrainBench.Rate rate = task.usersPerSecond();
    assertEquals((rate.slowest() + rate.fastest()) / 2, rate.median());
  }

  @Test
  void theScratchOfATaskIsThatOfItsModel() {
    SyntheticCorpus synthetic = new SyntheticCorpus(SyntheticCorpusTest.SMALL, 1);
    Corpus corpus = synthetic.corpus(6, 8, 1);
    ModelOptions options = ModelOptions.laptop().withLengths(4, 8);
    BenchTask task =
        new BenchTask(
            "making",
            1,
            new Meter(),
            () -> {
              Workers one = Workers.of(1);
              BenchModel model =
                  BenchModel.Kind.SEMINAR.make(
                      Backends.cpu().on(one), one, corpus, synthetic.features(), options, 1);
              return new BenchTask.Made(model.trainable().parameters()::count, 0);
            });
    task.warmUp(0);
    assertTrue(task.scratchBytes() > 64 * 64 * 4, "no gradient: " + task.scratchBytes());
  }
}
