package seminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seminar.compute.CpuBackend;
import seminar.compute.Meter;
import seminar.compute.Targets;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.math.Workers;
import seminar.model.ModelOptions;
import seminar.train.Adam;
import seminar.train.TrainOptions;
import seminar.train.TrainingBatches;

/** The bench of training at small sizes: what it says about itself is true. */
class TrainBenchTest {
  @TempDir Path folder;

  private static final TrainShape SMALL =
      new TrainShape(3, 8, List.of(1, 4), 2, 4, 16, 2, 200, 50, 3, 24, 5, 0.02, false);

  @ParameterizedTest
  @EnumSource(
      value = BenchModel.Kind.class,
      names = {"SEMINAR", "PSU", "ETA", "SIM_SOFT"})
  void theCommandWritesWhatItMeasured(BenchModel.Kind model) throws Exception {
    StringWriter out = new StringWriter();
    Path file = folder.resolve("bench.json");
    int exit =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .execute(
                ("bench train --quiet --model %s --users 3 --events 8 --targets 1,4 --negatives 2"
                        + " --top-k 4 --dims 16 --heads 2 --items 200 --queries 50 --keywords 3"
                        + " --features 24 --candidates 5 --seconds 0.02 --sweep events --out %s")
                    .formatted(model.name().toLowerCase(Locale.ROOT), file)
                    .split(" "));
    assertEquals(0, exit, out.toString());
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    assertEquals(200, json.get("options").get("items").asInt());
    assertTrue(json.get("made").get("threads").asInt() > 0);
    JsonNode report = json.get("report");
    assertTrue(report.get("machine").get("gigaflops").asDouble() > 0);

    JsonNode results = report.get("results");
    assertEquals(
        List.of(
            TrainBench.TRAINING, TrainBench.TRAINING, TrainBench.EVALUATION, TrainBench.SETTLED),
        texts(results, "task"));
    assertEquals(List.of("1", "4", "1", "1"), texts(results, "targets"));
    assertEquals(List.of("3", "3", "16", "16"), texts(results, "users"));
    assertEquals(List.of("2", "4", "8", "16", "32", "64"), texts(report.get("sweep"), "events"));
    results.forEach(TrainBenchTest::addsUp);
    report.get("sweep").forEach(TrainBenchTest::addsUp);

    long trained = results.get(0).get("memory").get("parameters").asLong();
    long evaluated = results.get(2).get("memory").get("parameters").asLong();
    double copies = trained / (double) evaluated; // values and two moments, or values alone
    boolean frozen = model == BenchModel.Kind.ETA; // whose projection has no moments
    assertTrue(frozen ? copies > 2.5 && copies < 3 : Math.abs(copies - 3) < 0.01, "" + copies);
    for (String word : List.of("Peak of this machine", "attendBackward", "users/s", "scratch MB")) {
      assertTrue(out.toString().contains(word), out.toString());
    }
  }

  private static List<String> texts(JsonNode rows, String field) {
    return rows.findValues(field).stream().map(JsonNode::asText).toList();
  }

  /** Phases are parts of the step, and rates belong to the same numbers of users and targets. */
  private static void addsUp(JsonNode result) {
    Map<String, JsonNode> phases = new HashMap<>();
    double share = 0;
    for (JsonNode phase : result.get("phases")) {
      phases.put(phase.get("name").asText(), phase);
      share += phase.get("share").asDouble();
    }
    assertEquals(1, share, 1e-6);
    assertTrue(phases.containsKey(TrainBench.REST) && phases.containsKey("attend"));
    assertEquals(1, phases.get(TrainBench.BATCHES).get("calls").asDouble());
    boolean training = result.get("task").asText().equals(TrainBench.TRAINING);
    assertTrue(!training || phases.containsKey("linear 24 → 16"), phases.keySet().toString());
    assertEquals(training, phases.containsKey("attendBackward"));
    assertEquals(training, phases.containsKey("adam"));

    JsonNode rate = result.get("usersPerSecond");
    double median = rate.get("median").asDouble();
    assertTrue(rate.get("slowest").asDouble() <= median);
    assertTrue(median <= rate.get("fastest").asDouble());
    int targets = result.get("targets").asInt();
    assertEquals(targets * median, result.get("targetsPerSecond").asDouble(), 1e-6 * median);
    assertEquals(
        1e6 * result.get("stepMilliseconds").asDouble(),
        result.get("nanosecondsPerEvent").asDouble()
            * result.get("users").asInt()
            * result.get("events").asInt(),
        1e-3);
    assertTrue(result.get("memory").get("scratch").asLong() > 0);
    assertTrue(result.get("memory").get("heap").asLong() > 0);
  }

  @Test
  void everyTargetSeesExactlyTheStatedEvents() {
    Corpus corpus = new SyntheticCorpus(SMALL, 1).corpus(6, 8, 4);
    TrainOptions options = new TrainOptions(1, 3, 4, 2, Adam.Options.paper(), 1);
    TrainingBatches batches =
        new TrainingBatches(corpus, Split.lastTargets(corpus.histories(), 4), 8, options);
    assertEquals(2, batches.perEpoch());
    Targets targets = batches.batch(1, 0, batches.order(1)).batch().targets();
    assertEquals(12, targets.groupCount());
    for (int group = 0; group < targets.groupCount(); group++) {
      assertEquals(8, targets.events(group));
      assertEquals(3, targets.candidates()[group + 1] - targets.candidates()[group]);
    }
  }

  @Test
  void aSyntheticCorpusHasTheStatedSizesAndComesFromItsSeed() {
    SyntheticCorpus synthetic = new SyntheticCorpus(SMALL, 1);
    Corpus corpus = synthetic.corpus(6, 8, 4);
    assertEquals(200, corpus.catalog().size());
    assertEquals(50, corpus.queries().size());
    assertEquals(6 * 14, corpus.histories().events());
    assertEquals(3, corpus.queries().tokens(50).length);
    assertEquals(24, synthetic.features().text().dims());
    assertEquals(corpus.hash(), new SyntheticCorpus(SMALL, 1).corpus(6, 8, 4).hash());
    assertFalse(corpus.hash().equals(new SyntheticCorpus(SMALL, 2).corpus(6, 8, 4).hash()));
  }

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
    BenchTask.Rate rate = task.usersPerSecond();
    assertEquals((rate.slowest() + rate.fastest()) / 2, rate.median());
  }

  @Test
  void theScratchOfATaskIsThatOfItsModel() {
    SyntheticCorpus synthetic = new SyntheticCorpus(SMALL, 1);
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
                  BenchModel.Kind.SEMINAR
                      .maker()
                      .make(CpuBackend.of(one), one, corpus, synthetic.features(), options, 1);
              return new BenchTask.Made(model.trainable().parameters()::count, 0);
            });
    task.warmUp(0);
    assertTrue(task.scratchBytes() > 64 * 64 * 4, "no gradient: " + task.scratchBytes());
  }
}
