package seminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import seminar.bench.BenchModel;

/** The bench of training at small sizes: what it says about itself is true. */
class TrainBenchTest {
  @TempDir Path folder;

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
                     + " --features 24 --candidates 5 --seconds 0.02 --sweep-events 2,16 --recency"
                     + " 3 --recency-start 0.5 --latest 1 --short-term 2 --out %s")
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
        List.of("training", "training", "evaluation", "evaluation, catalogue encoded"),
        texts(results, "task"));
    assertEquals(List.of("1", "4", "1", "1"), texts(results, "targets"));
    assertEquals(List.of("3", "3", "16", "16"), texts(results, "users"));
    assertEquals(List.of("2", "16", "2", "16"), texts(report.get("sweep"), "events"));
    assertEquals(List.of("1", "1", "4", "4"), texts(report.get("sweep"), "targets"));
    results.forEach(TrainBenchTest::addsUp);
    report.get("sweep").forEach(TrainBenchTest::addsUp);
    double attentions = 0;
    for (JsonNode phase : results.get(0).get("phases")) {
      attentions +=
          phase.get("name").asText().startsWith("attendBackward")
              ? phase.get("calls").asDouble()
              : 0;
    }
    int expected =
        switch (model) {
          case PSU -> 1; // which has no short term
          case SIM_SOFT -> 3; // whose search learns by an attention of its own
          default -> 2;
        };
    assertEquals(expected, attentions, 0.01);

    long trained = results.get(0).get("memory").get("parameters").asLong();
    long evaluated = results.get(2).get("memory").get("parameters").asLong();
    double copies = trained / (double) evaluated; // values and two moments, or values alone
    boolean frozen = model == BenchModel.Kind.ETA; // whose projection has no moments
    assertTrue(frozen ? copies > 2.5 && copies < 3 : Math.abs(copies - 3) < 0.01, "" + copies);
    for (String word : List.of("Peak of this machine", "attendBackward", "users/s", "scratch MB")) {
      assertTrue(out.toString().contains(word), out.toString());
    }
  }

  @Test
  void aSweepGoesUpToTenThousandEventsAndNeedsAsManyItems() {
    StringWriter err = new StringWriter();
    int exit =
        Main.commandLine()
            .setErr(new PrintWriter(err))
            .execute("bench", "train", "--quiet", "--items", "10016", "--sweep", "events");
    assertEquals(2, exit, err.toString());
    assertTrue(err.toString().contains("more than the 10016 events"), err.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--short-term 9 --events 8 | --short-term S, at most the events that a target sees, is 9: |"
            + " 8",
        "--short-term 3 --sweep-events 2,16 | --short-term S | between 0 and 2",
        "--recency-start 0.5 | --recency-start is 0.5 | --recency is 0",
        "--recency-start 101 --recency 3 | --recency-start is 101.0 | 100.0",
        "--latest 65 | --latest, at most --top-k, is 65 | 64",
      })
  void optionsThatDoNotBelongTogetherAreRefused(String options, String what, String limit) {
    StringWriter err = new StringWriter();
    int exit =
        Main.commandLine()
            .setErr(new PrintWriter(err))
            .execute(("bench train --quiet " + options).split(" "));
    assertEquals(2, exit, err.toString());
    assertTrue(err.toString().contains(what) && err.toString().contains(limit), err.toString());
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
    assertTrue(phases.containsKey("the rest of the model") && phases.containsKey("attend"));
    assertEquals(1, phases.get("batches").get("calls").asDouble());
    boolean training = result.get("task").asText().equals("training");
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
}
