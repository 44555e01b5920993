package seminar.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Corpus;
import seminar.file.Progress;
import seminar.world.World;
import seminar.world.WorldOptions;

/** The log in {@code data/world} is the small world, and is read as it. */
class FixtureTest {
  private static final Path FIXTURE = Path.of("data", "world");

  @TempDir Path folder;

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::getFileName).sorted().toList();
    }
  }

  @Test
  void theCommittedLogIsWhatTheWorldWrites() throws IOException {
    Path written = folder.resolve("world");
    World world = World.of(WorldOptions.small());
    Sources.writer("kuaisar").write(world.corpus(), written, Progress.silent());
    assertEquals(files(FIXTURE), files(written));
    for (Path file : files(written)) {
      assertArrayEquals(
          Files.readAllBytes(FIXTURE.resolve(file)),
          Files.readAllBytes(written.resolve(file)),
          file + " changed: ./seminar world --scale small --export kuaisar=data/world --out DIR");
    }
  }

  @Test
  void theCommittedLogIsReadWithoutAFault() throws IOException {
    World world = World.of(WorldOptions.small());
    Corpus corpus =
        Sources.byName("kuaisar").with("exposures", "true").read(FIXTURE, Progress.silent());
    assertEquals(0, corpus.manifest().counts().get("malformed lines"));
    assertEquals(world.corpus().histories().events(), corpus.histories().events());
    assertEquals(
        world.corpus().exposures().orElseThrow().size(), corpus.exposures().orElseThrow().size());
  }
}
