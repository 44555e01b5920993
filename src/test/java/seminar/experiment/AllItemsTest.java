package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.math.Workers;
import seminar.measure.Buckets;
import seminar.measure.RankingMeasure;
import seminar.measure.RankingReport;
import seminar.measure.UserValues;
import seminar.rank.HistoryNumbers;
import seminar.rank.PlainRankers;
import seminar.rank.RankingForm;
import seminar.rank.RankingTask;
import seminar.search.Method;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Runs that rank all items beside few, and the tables that are made of them. */
class AllItemsTest {
  private static final World WORLD = World.of(WorldOptions.small());
  private static final List<Long> SEEDS = List.of(1L);
  private static final AllItems.Options OPTIONS = AllItems.Options.usual().withPropose(20);

  @TempDir Path folder;

  private static List<Contender> models() {
    Setup setup = Setup.laptop(1);
    setup = setup.withTraining(setup.training().withEpochs(1));
    return List.of(
        new Contender("SEMINAR", setup, false),
        new Contender("latest", setup.withMethod(Method.of(Method.Kind.LATEST)), false));
  }

  private Comparison comparison() throws IOException {
    return new Comparison(WORLD.corpus(), Features.of(WORLD), Workers.common(), 1, folder);
  }

  private List<Comparison.Line> lines(Comparison comparison) throws IOException {
    return comparison.run(models(), SEEDS, Comparison.Listener.silent());
  }

  @Test
  void aRunHoldsBothRankingsAndComesBackFromItsFileAndOneOfBeforeHasNone() throws IOException {
    List<Comparison.Line> few = lines(comparison());
    assertTrue(few.getFirst().runs().getFirst().full().isEmpty());
    for (Path file : files()) {
      assertFalse(Files.readString(file).contains("\"full\""), "left out");
    }
    // What is there stays unless it is asked for.
    assertTrue(
        lines(comparison().withAllItems(OPTIONS)).getFirst().runs().getFirst().full().isEmpty());

    Comparison wide = comparison().withAllItems(OPTIONS.withRequired(true));
    assertEquals(2, wide.missing(models(), SEEDS).size());
    List<Comparison.Line> both = lines(wide);
    assertEquals(List.of(), wide.missing(models(), SEEDS));
    assertEquals(2, files().size(), "in the place of those before");
    for (int i = 0; i < both.size(); i++) {
      Run run = both.get(i).runs().getFirst();
      assertEquals(few.get(i).runs().getFirst().report(), run.report(), "few candidates as before");
      assertEquals(
          Set.of(AllItems.ALONE, "after item transitions", "mixed with item transitions"),
          run.full().keySet());
      Run back = lines(comparison()).get(i).runs().getFirst();
      assertEquals(run.report(AllItems.ALONE), back.report(AllItems.ALONE));
      assertEquals(
          run.full().get(AllItems.ALONE).beyond(), back.full().get(AllItems.ALONE).beyond());
    }
  }

  private List<Path> files() throws IOException {
    try (var all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  @Test
  void theRankingIsThatOfTheTaskAndACatalogueThatIsTooLargeHasNone() throws IOException {
    Comparison wide = comparison().withAllItems(OPTIONS);
    Protocol protocol = Protocol.paper();
    Run run = wide.plain(protocol, PlainRankers.TRANSITIONS, 1).runs().getFirst();
    RankingExperiment experiment = wide.under(protocol);
    RankingForm form = RankingForm.paper().withAgainst(RankingForm.Against.ALL);
    RankingReport direct =
        RankingTask.test(experiment.corpus(), experiment.split(), form, 1)
            .rank(experiment.plain(PlainRankers.TRANSITIONS, 1), Progress.silent());
    assertEquals(Optional.of(direct), run.report(AllItems.ALONE));
    assertEquals(Set.of(AllItems.ALONE), run.full().keySet(), "a plain ranker has no first stage");

    int items = WORLD.corpus().catalog().size();
    Comparison narrow = comparison().withAllItems(OPTIONS.withLargest(items - 1));
    assertTrue(
        narrow.plain(protocol, PlainRankers.POPULARITY, 1).runs().getFirst().full().isEmpty());
  }

  @Test
  void tablesHaveTheMeansOfTheRunsAndLeaveOutWhatWasNotRanked() throws IOException {
    Comparison wide = comparison().withAllItems(OPTIONS);
    List<Comparison.Line> lines = new java.util.ArrayList<>();
    lines.add(comparison().plain(Protocol.paper(), PlainRankers.POPULARITY, 1));
    lines.addAll(lines(wide));
    ModelTable.Heading heading = new ModelTable.Heading("Models", "world", "SEMINAR", "paper");
    int items = WORLD.corpus().catalog().size();
    FullTable table = FullTable.of(heading, OPTIONS, items, lines);
    assertEquals(
        List.of("SEMINAR", "latest"), table.rows().stream().map(FullTable.Row::name).toList());
    Run run = lines.get(1).runs().getFirst();
    FullTable.Row row = table.rows().getFirst();
    assertEquals(run.report(AllItems.ALONE).orElseThrow().ndcg(10), row.ndcg10(), 1e-12);
    assertEquals(
        run.report("after item transitions").orElseThrow().hit(10),
        row.after().orElseThrow().hit10(),
        1e-12);
    assertEquals(
        run.report("after item transitions").orElseThrow().hit(20),
        table.recall().orElseThrow(),
        1e-12);
    assertTrue(row.difference().isEmpty() && table.rows().getLast().difference().isPresent());
    assertEquals(2, table.table().rowCount());
    assertTrue(table.table().name().contains("propose 20"), table.table().name());

    RankingExperiment experiment = wide.under(Protocol.paper());
    UserValues lengths = HistoryNumbers.lengths(experiment.test());
    Buckets buckets = Buckets.quantiles(lengths, 3);
    BucketTable grouped = BucketTable.of("events", "world", buckets, lengths, lines);
    double sum = 0;
    for (int g = 0; g < grouped.groups().size(); g++) {
      sum += grouped.users().get(g) * grouped.rows().get(1).all().get(g).ndcg10();
    }
    assertEquals(row.ndcg10(), sum / lengths.size(), 1e-9, "groups add up to all users");
    assertEquals(List.of(), grouped.rows().getFirst().all());
    double few = grouped.rows().getFirst().few().getFirst().ndcg10();
    UserValues values = lines.getFirst().runs().getFirst().values(RankingMeasure.ndcg(10));
    assertEquals(buckets.summary(lengths, values).getFirst().mean().orElseThrow(), few, 1e-12);
    assertEquals(3, grouped.table().rowCount());
  }

  @Test
  void everyModelTriesTheSameValuesAndGoesOnWithTheBestOnTheValidationRequests()
      throws IOException {
    Map<String, List<String>> grid =
        Map.of("training.adam.learningRate", List.of("0.000001", "0.003"));
    Tuning tuning = Tuning.of(comparison(), models(), grid, 1, Comparison.Listener.silent());
    assertEquals(2, tuning.choices().size());
    for (Tuning.Choice choice : tuning.choices()) {
      assertEquals(2, choice.tried().size());
      assertEquals("0.003", choice.values().get("training.adam.learningRate"), choice.toString());
      double best = choice.tried().stream().mapToDouble(Tuning.Tried::ndcg10).max().orElseThrow();
      assertEquals(best, choice.tried().get(choice.chosen()).ndcg10());
    }
    List<Contender> tuned = tuning.tuned(models());
    assertEquals(List.of("SEMINAR", "latest"), tuned.stream().map(Contender::name).toList());
    assertEquals(
        Set.of(0.003),
        tuned.stream()
            .map(one -> one.setup().training().adam().learningRate())
            .collect(Collectors.toSet()));
    assertEquals(2, tuning.table("world").rowCount());
    assertEquals(
        List.of(Map.of("a", "1", "b", "3"), Map.of("a", "2", "b", "3")),
        Tuning.combinations(
            new java.util.LinkedHashMap<>(Map.of("a", List.of("1", "2"), "b", List.of("3")))));
  }
}
