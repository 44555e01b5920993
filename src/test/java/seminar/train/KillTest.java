package seminar.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.math.Rng;
import seminar.math.Workers;

/** A program that is killed again and again while it trains ends with the same bits. */
class KillTest {
  private static final int KILLS = 20;

  @TempDir Path folder;

  /** Steps that the killed programs told, together; some are told twice. */
  private int told;

  @Test
  void aTrainingKilledTwentyTimesEndsWithTheBitsOfAnUndisturbedOne() throws Exception {
    TinyTraining undisturbed =
        new TinyTraining(TinyTraining.Kind.PRETRAINING, Workers.common(), KilledTraining.EPOCHS);
    String bits = undisturbed.bits(undisturbed.train(TrainListener.silent()));
    int steps = undisturbed.steps();
    SplittableRandom rng = Rng.stream("kill", 1);
    int kills = 0;
    String end = "";
    while (end.isEmpty()) {
      // Half of the steps that are left are shared among the kills that are left.
      int share = kills < KILLS ? (steps - told) / (2 * (KILLS - kills)) : steps;
      end = run(kills < KILLS ? 1 + rng.nextInt(Math.max(1, share)) : Integer.MAX_VALUE);
      kills += end.isEmpty() ? 1 : 0;
    }
    assertTrue(kills >= KILLS, "the training ended after %d kills".formatted(kills));
    assertEquals("bits " + bits, end);
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  /** Runs the program until it has told so many steps, then kills it; its last line if it ends. */
  private String run(int steps) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.redirectError(folder.resolveSibling(folder.getFileName() + ".log").toFile());
    Process process = builder.start();
    String last = "";
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      int seen = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
        told += line.equals("step") ? 1 : 0;
        seen++;
        if (seen == steps) {
          process.toHandle().destroyForcibly();
        }
      }
    }
    process.waitFor();
    return last.startsWith("bits") ? last : "";
  }

  /** This Java with its class path; quick to start rather than quick to compute. */
  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-modules=jdk.incubator.vector");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.add("-Xmx512m");
    command.add("-cp");
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(KilledTraining.class.getName());
    command.add(folder.resolve("killed.checkpoint").toString());
    return command;
  }
}
