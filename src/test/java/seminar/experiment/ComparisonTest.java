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
import seminar.measure.RankingReport;
import seminar.options.OptionPaths;
import seminar.search.Method;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Runs of a comparison, in turn and beside each other. */
class ComparisonTest {
  private static final World WORLD = World.of(WorldOptions.small());

  private static final List<Long> SEEDS = List.of(1L, 2L);

  @TempDir Path folder;

  private final List<String> begun = new ArrayList<>();
  private final List<Double> done = new ArrayList<>();

  private final Comparison.Listener listener =
      new Comparison.Listener() {
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
        new Contender("another", setup().withMethod(Method.of(Method.Kind.LATEST)), false));
  }

  private Comparison comparison(Path runs) throws IOException {
    return new Comparison(WORLD.corpus(), Features.of(WORLD), Workers.common(), 1, runs);
  }

  @Test
  void settingsThatAreTheSameAreTrainedOnceAndProgressRisesToTheWhole() throws IOException {
    Comparison comparison = comparison(folder);
    assertEquals(4, comparison.missing(settings(), List.of(1L, 2L)).size());
    List<Comparison.Line> lines =
        comparison.inParallel(2).run(settings(), List.of(1L, 2L), listener);
    assertEquals(4, begun.size(), begun.toString());
    assertEquals(List.of("one", "the same again", "another"), names(lines));
    assertEquals(lines.get(0).runs().get(1).report(), lines.get(1).runs().get(1).report());
    assertEquals(done.stream().sorted().toList(), done);
    assertEquals(1, done.getLast(), 1e-9);

    assertEquals(List.of(), comparison.missing(settings(), List.of(1L, 2L)));
    begun.clear();
    assertEquals(
        names(lines), names(comparison.inParallel(2).run(settings(), List.of(1L, 2L), listener)));
    assertEquals(List.of(), begun, "what is there is not made again");
  }

  @Test
  void longerHistoriesAreExpectedToTakeLongerButNotInProportion() {
    Corpus full = World.of(WorldOptions.quick()).corpus();
    double events = full.histories().events() / (double) full.histories().users();
    double fewer =
        WORLD.corpus().histories().events() / (double) WORLD.corpus().histories().users();
    double ratio =
        Comparison.secondsPerHistory(full) / Comparison.secondsPerHistory(WORLD.corpus());
    assertTrue(fewer < events && 1 < ratio && ratio < events / fewer, fewer + " " + events);
    assertEquals(1 / 600.0, Comparison.secondsPerHistory(full), 2e-4);
  }

  private static List<String> names(List<Comparison.Line> lines) {
    return lines.stream().map(Comparison.Line::name).toList();
  }

  @Test
  void aFolderThatCannotBeWrittenEndsTheComparison() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    Comparison comparison = comparison(file);
    assertThrows(IOException.class, () -> comparison.run(settings(), List.of(1L, 2L), listener));
    assertEquals(List.of("one, seed 1"), begun, "no other run is begun");
    assertEquals("not a folder", Files.readString(file));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> comparison.inParallel(0))
            .getMessage()
            .startsWith("parallel is 0"));
  }

  @Test
  void inTurnAndBesideEachOtherTheRunsAreTheSame() throws IOException {
    List<Comparison.Line> turn = comparison(folder.resolve("a")).run(settings(), SEEDS, listener);
    List<String> inTurn = List.copyOf(begun);
    begun.clear();
    List<Comparison.Line> beside =
        comparison(folder.resolve("b")).inParallel(3).run(settings(), SEEDS, listener);
    assertEquals(inTurn, begun);
    assertEquals(reports(turn), reports(beside));
    assertEquals(1, done.getLast(), 1e-9);
  }

  private static List<RankingReport> reports(List<Comparison.Line> lines) {
    return lines.stream().flatMap(line -> line.runs().stream()).map(Run::report).toList();
  }

  @Test
  void aSettingThatFailsIsALineWithItsErrorAndTheOthersGoOn() throws IOException {
    Setup broken = Switch.MIXED_CHUNKS.thrown(setup()); // too few histories for so many chunks
    broken = broken.withPretraining(broken.training());
    List<Contender> contenders = new ArrayList<>(settings());
    contenders.add(1, new Contender("broken", broken, true));
    List<Comparison.Line> lines = comparison(folder).run(contenders, SEEDS, listener);
    assertEquals(List.of(), lines.get(1).runs());
    String error = lines.get(1).missing().orElseThrow();
    assertTrue(error.startsWith("failed with seed 1: "), error);
    assertTrue(!begun.contains("broken, seed 2"), begun.toString());
    assertEquals(2, lines.getLast().runs().size());
  }

  @Test
  void aRunIsReadAsItWasWrittenAndThoseOfBeforeAreToo() throws IOException {
    Run run = comparison(folder).run(settings(), SEEDS, listener).getFirst().runs().getFirst();
    List<Path> files = new ArrayList<>();
    try (var found = Files.newDirectoryStream(folder, "one-seed1-*.json")) {
      found.forEach(files::add);
    }
    Run read = Run.read(files.getFirst());
    assertEquals(run.report(), read.report());
    assertEquals(run.identity(), read.identity());
    assertEquals(setup(), read.setup());

    String before =
        """
        {"name": "TWIN", "identity": {"options": {"plain": "TWIN"}, "seed": 3, "corpus": "c",
         "negatives": "n", "version": "0.1"}, "parameters": 7, "pretraining": [],
         "epochs": [{"epoch": 1, "loss": 0.5, "terms": {}, "validation": 0.25, "best": true}],
         "seconds": {"pretraining": 0.0, "training": 2.0, "test": 1.0}, "ties": "EXPECTED",
         "users": [4, 5], "first": [0, 9], "last": [0, 9], "notes": {},
         "provenance": {"version": "0.1", "commit": "abc", "java": "25", "platform": "x",
         "threads": 2}}
        """;
    Run old = Run.read(Files.writeString(folder.resolve("old.json"), before));
    assertEquals("unknown", old.identity().features());
    assertEquals(1, old.report().hit(1) * 2, 1e-9);
    assertThrows(IllegalStateException.class, old::setup);
  }

  @Test
  void aRunOnOtherFeaturesOfTheSameCorpusIsAnotherRun() throws IOException {
    World noisy = World.of(OptionPaths.set(WorldOptions.small(), Map.of("image.noise", "1")));
    assertEquals(WORLD.corpus().hash(), noisy.corpus().hash(), "pictures are no part of it");
    Contender model = settings().getFirst();
    Comparison clean = comparison(folder);
    clean.run(List.of(model), List.of(1L), listener);
    assertEquals(List.of(), comparison(folder).missing(List.of(model), List.of(1L)));
    Comparison other =
        new Comparison(noisy.corpus(), Features.of(noisy), Workers.common(), 1, folder);
    assertEquals(List.of(model), other.missing(List.of(model), List.of(1L)));
    List<Comparison.Line> lines = other.run(List.of(model), List.of(1L), listener);
    List<String> words =
        clean
            .run(List.of(model), List.of(1L), listener)
            .getFirst()
            .runs()
            .getFirst()
            .differences(lines.getFirst().runs().getFirst());
    assertEquals(1, words.size(), words.toString());
    assertTrue(words.getFirst().startsWith("the features of items differ"), words.toString());
  }
}
