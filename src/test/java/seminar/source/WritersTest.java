package seminar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.data.Corpus;
import seminar.file.Progress;
import seminar.world.World;
import seminar.world.WorldOptions;

/** What holds for every format that can be written. */
class WritersTest {
  private static final Corpus CORPUS = World.of(WorldOptions.small().withUsers(5)).corpus();

  @TempDir private Path folder;

  static Iterable<CorpusWriter> writers() {
    return Sources.writers();
  }

  @ParameterizedTest
  @MethodSource("writers")
  void whatSomebodyElsePutThereIsNotLost(CorpusWriter writer) throws IOException {
    Path kept = Files.writeString(folder.resolve("thesis.tex"), "years of work");
    IOException refused =
        assertThrows(IOException.class, () -> writer.write(CORPUS, folder, Progress.silent()));
    assertTrue(refused.getMessage().contains("thesis.tex"), refused.getMessage());
    assertEquals("years of work", Files.readString(kept));
  }

  @ParameterizedTest
  @MethodSource("writers")
  void theSameFormatIsReplacedAndAnotherIsNot(CorpusWriter writer) throws IOException {
    writer.write(CORPUS, folder, Progress.silent());
    writer.write(CORPUS, folder, Progress.silent());
    for (CorpusWriter other : Sources.writers()) {
      if (!other.name().equals(writer.name())) {
        assertThrows(IOException.class, () -> other.write(CORPUS, folder, Progress.silent()));
      }
    }
  }
}
