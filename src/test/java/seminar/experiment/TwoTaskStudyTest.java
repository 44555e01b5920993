package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.data.TestMode;
import seminar.experiment.TwoTasks.Learned;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.model.ModelOptions;
import seminar.search.Method;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Three trainings of a method, each measured on both tasks. */
class TwoTaskStudyTest {
  private static final World WORLD =
      World.of(WorldOptions.small().withUsers(40).withSearchShare(0.4));

  private static Setup setup() {
    Setup laptop = Setup.laptop(1);
    return laptop
        .withModel(ModelOptions.laptop().withDims(8).withLengths(5, 30))
        .withTraining(laptop.training().withEpochs(2).withBatches(20, 4, 2));
  }

  @Test
  void eachIsMeasuredOnBothTasksWithTheSameNegativesAndIsMadeOnce(@TempDir Path folder)
      throws Exception {
    RankingExperiment experiment =
        new RankingExperiment(WORLD.corpus(), Features.of(WORLD), Workers.common(), 1);
    List<Contender> contenders =
        TwoTasks.contenders(
            "SEMINAR", new Method.Seminar(), setup(), WORLD.corpus(), experiment.split());
    assertEquals(
        List.of("SEMINAR, recommendation alone", "SEMINAR, search alone", "SEMINAR, both"),
        contenders.stream().map(Contender::name).toList());
    assertEquals(
        List.of(0.0, 1.0, 0.5),
        contenders.stream().map(each -> each.setup().training().candidates().search()).toList());
    TwoTasks tasks = new TwoTasks(experiment, folder);
    List<String> begun = new ArrayList<>();
    Comparison.Listener listener = Comparison.Listener.of(begun::add, share -> {});
    TwoTasks.Result result = tasks.run(contenders, List.of(1L, 2L), listener);
    assertEquals(6, begun.size());
    TwoTasks.Result again = tasks.run(contenders, List.of(1L, 2L), listener);
    assertEquals(6, begun.size(), "kept runs are read");

    for (int i = 0; i < 3; i++) {
      Run recommended = result.recommendation().get(i).runs().getFirst();
      Run found = result.search().get(i).runs().getFirst();
      assertEquals(experiment.test().positives(), recommended.users().length);
      assertEquals(
          experiment.test().in(TestMode.SEARCH).positives(), found.users().length, "fewer");
      assertTrue(found.users().length < recommended.users().length);
      assertArrayEquals(
          recommended.first(), again.recommendation().get(i).runs().getFirst().first());
    }
    ModelTable table = result.table(TestMode.SEARCH, "world", List.of(1L, 2L));
    assertTrue(table.row(Learned.SEARCH.name("SEMINAR")).orElseThrow().difference().isEmpty());
    double both = table.row(Learned.BOTH.name("SEMINAR")).orElseThrow().mean().orElseThrow();
    double alone = table.row(Learned.SEARCH.name("SEMINAR")).orElseThrow().mean().orElseThrow();
    assertEquals(
        both - alone,
        table
            .row(Learned.BOTH.name("SEMINAR"))
            .orElseThrow()
            .difference()
            .orElseThrow()
            .difference(),
        1e-12);
  }
}
