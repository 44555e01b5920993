package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.search.Method;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Runs of a grid beside each other. */
class GridTest {
  private static final World WORLD = World.of(WorldOptions.small());

  @TempDir Path folder;

  private final List<String> begun = new ArrayList<>();
  private final List<Double> done = new ArrayList<>();

  private final Grid.Listener listener =
      new Grid.Listener() {
        @Override
        public void begins(String name) {
          begun.add(name);
        }

        @Override
        public void at(double fraction) {
          done.add(fraction);
        }
      };

  private static Setup setup() {
    Setup setup = Setup.laptop(1);
    return setup.withTraining(setup.training().withEpochs(1));
  }

  private static List<Contender> settings() {
    return List.of(
        new Contender("one", setup(), false),
        new Contender("the same again", setup(), false),
        new Contender("another", setup().with(Method.of(Method.Kind.LATEST)), false));
  }

  private Grid grid(Path runs) throws IOException {
    return new Grid(WORLD.corpus(), Features.of(WORLD), Workers.common(), 1, runs);
  }

  @Test
  void settingsThatAreTheSameAreTrainedOnceAndProgressRisesToTheWhole() throws IOException {
    Grid grid = grid(folder);
    assertEquals(4, grid.missing(settings(), List.of(1L, 2L)).size());
    List<Comparison.Line> lines = grid.run(settings(), List.of(1L, 2L), 2, listener);
    assertEquals(4, begun.size(), begun.toString());
    assertEquals(List.of("one", "the same again", "another"), names(lines));
    assertEquals(lines.get(0).runs().get(1).report(), lines.get(1).runs().get(1).report());
    assertEquals(done.stream().sorted().toList(), done);
    assertEquals(1, done.getLast(), 1e-9);

    assertEquals(List.of(), grid.missing(settings(), List.of(1L, 2L)));
    begun.clear();
    assertEquals(names(lines), names(grid.run(settings(), List.of(1L, 2L), 2, listener)));
    assertEquals(List.of(), begun, "what is there is not made again");
  }

  @Test
  void longerLivesAreExpectedToTakeLongerButNotInProportion() {
    Corpus full = World.of(WorldOptions.quick()).corpus();
    double events = full.histories().events() / (double) full.histories().users();
    double fewer =
        WORLD.corpus().histories().events() / (double) WORLD.corpus().histories().users();
    double ratio = Grid.secondsPerLife(full) / Grid.secondsPerLife(WORLD.corpus());
    assertTrue(fewer < events && 1 < ratio && ratio < events / fewer, fewer + " " + events);
    assertEquals(1 / 600.0, Grid.secondsPerLife(full), 2e-4);
  }

  private static List<String> names(List<Comparison.Line> lines) {
    return lines.stream().map(Comparison.Line::name).toList();
  }

  @Test
  void aFolderThatCannotBeWrittenEndsTheGrid() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    Grid grid = grid(file);
    assertThrows(IOException.class, () -> grid.run(settings(), List.of(1L, 2L), 1, listener));
    assertEquals(List.of("one, seed 1"), begun, "no other run is begun");
    assertEquals("not a folder", Files.readString(file));
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> grid.run(settings(), List.of(1L), 0, listener))
            .getMessage()
            .startsWith("parallel is 0"));
  }

  @Test
  void aRunOnOtherFeaturesOfTheSameCorpusIsAnotherRun() throws IOException {
    World noisy = World.of(WorldOptions.small().turned(Map.of("image.noise", "1")));
    assertEquals(WORLD.corpus().hash(), noisy.corpus().hash(), "pictures are no part of it");
    Contender model = settings().getFirst();
    Grid clean = grid(folder);
    clean.run(List.of(model), List.of(1L), 1, listener);
    assertEquals(List.of(), grid(folder).missing(List.of(model), List.of(1L)));
    Grid other = new Grid(noisy.corpus(), Features.of(noisy), Workers.common(), 1, folder);
    assertEquals(List.of(model), other.missing(List.of(model), List.of(1L)));
    List<Comparison.Line> lines = other.run(List.of(model), List.of(1L), 1, listener);
    List<String> words =
        RunDifference.of(
            clean.run(List.of(model), List.of(1L), 1, listener).getFirst().runs().getFirst(),
            lines.getFirst().runs().getFirst());
    assertEquals(1, words.size(), words.toString());
    assertTrue(words.getFirst().startsWith("the features of items differ"), words.toString());
  }
}
