package seminar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.data.Corpus;
import seminar.data.Manifest;
import seminar.file.Progress;
import seminar.math.Rng;

/** Whatever happens to the files of a log, reading it ends in a clear error or a counted loss. */
class CorruptionTest {
  private static final int RUNS = 60;

  @TempDir Path parent;

  static List<String> readers() {
    return Sources.names();
  }

  @ParameterizedTest
  @MethodSource("readers")
  void aSpoiledLogIsRefusedWithAReasonOrReadWithItsLossesCounted(String name) throws IOException {
    Path good = parent.resolve("good");
    ValidLogs.write(name, good);
    CorpusReader reader = Sources.byName(name);
    for (Map.Entry<String, String> option : ValidLogs.options(name).entrySet()) {
      reader = reader.with(option.getKey(), option.getValue());
    }
    assertEquals(
        0, reader.read(good, Progress.silent()).manifest().counts().get("malformed lines"));
    int refused = 0;
    for (int run = 0; run < RUNS; run++) {
      SplittableRandom rng = Rng.stream("corruption/" + name, run);
      Corruption corruption = Corruption.values()[run % Corruption.values().length];
      Path spoiled = copy(good, parent.resolve("spoiled" + run));
      String what = "run %d: %s".formatted(run, corruption.spoil(spoiled, rng));
      try {
        Corpus corpus = reader.with("malformedShare", "0.2").read(spoiled, Progress.silent());
        checkCounts(corpus.manifest(), what);
      } catch (IOException e) {
        refused++;
        assertFalse(e.getMessage() == null || e.getMessage().isBlank(), what);
      } catch (RuntimeException | StackOverflowError e) {
        fail(name + ", " + what + " ended in " + e, e);
      }
    }
    assertTrue(refused < RUNS, "a reader that refuses everything counts nothing");
  }

  private static void checkCounts(Manifest manifest, String what) {
    long malformed = manifest.counts().get("malformed lines");
    long lines = manifest.counts().get("lines");
    assertTrue(malformed <= 0.2 * lines, what);
    assertEquals(Math.min(10, malformed), manifest.malformed().size(), what);
    for (String line : manifest.malformed()) {
      assertTrue(line.matches("(?s)[^:]+:[0-9]+: .+"), what + ": " + line);
    }
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  @Test
  void everyCorruptionChangesAFile() throws IOException {
    byte[] good = "1,2,3\n4,5,6\n".repeat(5).getBytes(StandardCharsets.UTF_8);
    for (Corruption corruption : Corruption.values()) {
      SplittableRandom rng = Rng.stream("corruption", 7);
      boolean changed = false;
      for (int i = 0; i < 20 && !changed; i++) {
        changed = !Arrays.equals(good, corruption.apply(good, rng));
      }
      assertTrue(changed, corruption.name());
    }
  }
}
