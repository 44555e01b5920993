package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.world.World;
import seminar.world.WorldOptions;
import tech.tablesaw.api.Table;

class ClickPredictionsTest {
  @Test
  void theTruthPredictsBestAndAConstantNothing() throws Exception {
    World world = World.of(WorldOptions.small());
    ClickExperiment clicks =
        new ClickExperiment(
            world.corpus(),
            Features.of(world),
            Workers.common(),
            ClickExperiment.latest(world.corpus(), 0.1, 0.2));
    Map<String, ClickReport> reports = new LinkedHashMap<>();
    reports.put("constant", clicks.predicted(exposure -> 0));
    reports.put("rates", clicks.rates());
    reports.put("truth", clicks.predicted(e -> Math.max(-30, world.truth().clickLogOdds(e))));

    assertEquals(0.5, reports.get("constant").auc(), 1e-12);
    assertEquals(Math.log(2), reports.get("constant").logLoss(), 1e-6);
    assertTrue(reports.get("truth").auc() > reports.get("rates").auc() + 0.05);
    assertEquals(1, reports.get("truth").calibration().ratio(), 0.1);
    Table table = ResultTable.clicks("clicks", reports);
    assertEquals(3, table.rowCount());
    assertEquals(reports.get("truth").auc(), table.doubleColumn("AUC").get(2));
  }
}
