package seminar.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.experiment.Comparison;
import seminar.experiment.Contender;
import seminar.experiment.Protocol;
import seminar.experiment.ResultTable;
import seminar.experiment.Run;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.measure.Buckets;
import seminar.measure.RankingMeasure;
import seminar.measure.RankingReport;
import seminar.measure.UserValues;
import seminar.model.ModelOptions;
import seminar.rank.HistoryNumbers;
import seminar.world.World;
import seminar.world.WorldOptions;
import tech.tablesaw.api.Table;

class ComparisonProgressTest {
  @TempDir Path folder;

  private final List<String> lines = new ArrayList<>();
  private long now;

  private ComparisonProgress progress() {
    return new ComparisonProgress(
        new CellProgress("comparing", 100, lines::add, () -> now += 1_000_000_000));
  }

  @Test
  void modelsThatWereTrainedAreKeptAndTheLineEndsWithoutTimes() throws Exception {
    World world = World.of(WorldOptions.small());
    Comparison comparison =
        new Comparison(world.corpus(), Features.of(world), Workers.common(), 1, folder);
    Setup setup = Setup.laptop(1).withModel(ModelOptions.laptop().withDims(16).withLengths(5, 40));
    List<Contender> two =
        List.of(
            new Contender("one", setup.withTraining(setup.training().withEpochs(1)), false),
            new Contender("two", setup.withTraining(setup.training().withEpochs(0)), false));
    ComparisonProgress first = progress();
    List<Comparison.Line> all =
        comparison.runBesidePlain(Protocol.paper(), two, List.of(1L), first);
    first.done();
    assertEquals(Set.of("one", "two"), first.models().keySet());
    assertEquals("comparing: done, 100 of 100", lines.getLast());
    assertTrue(lines.stream().anyMatch(line -> line.contains(" 5/100")), lines::toString);

    ComparisonProgress again = progress();
    List<Comparison.Line> read =
        comparison.runBesidePlain(Protocol.paper(), two, List.of(1L), again);
    assertEquals(reports(all), reports(read), "the runs are files now");
    assertEquals(Map.of(), again.models());
    byLength(comparison, all);
  }

  private static List<RankingReport> reports(List<Comparison.Line> lines) {
    return lines.stream().flatMap(line -> line.runs().stream()).map(Run::report).toList();
  }

  /** Buckets side by side are the buckets of each. */
  private static void byLength(Comparison comparison, List<Comparison.Line> lines) {
    UserValues lengths = HistoryNumbers.lengths(comparison.under(Protocol.paper()).test());
    Buckets buckets = Buckets.quantiles(lengths, 3);
    UserValues own = lines.getLast().runs().getFirst().values(RankingMeasure.ndcg(10));
    Table table = ResultTable.buckets("NDCG@10", buckets, lengths, Map.of("two", own));
    for (int b = 0; b < buckets.size(); b++) {
      assertEquals(
          buckets.summary(lengths, own).get(b).mean().orElseThrow(),
          table.doubleColumn(b + 1).get(0));
    }
  }
}
