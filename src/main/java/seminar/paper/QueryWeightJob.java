package seminar.paper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seminar.experiment.Ablations;
import seminar.experiment.Comparison.Line;
import seminar.experiment.Contender;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.figure.SettingCurves;
import seminar.world.World;
import seminar.world.WorldOptions;
import tech.tablesaw.api.Table;

/**
 * Paper Figure 4: the weight λ of the query in a pair. The best weight may depend on how often
 * users search, so that a planted world is tried with fewer and with more searches too.
 */
final class QueryWeightJob {
  private final Reproduction.Plan plan;
  private final List<SeededGrid> grids = new ArrayList<>();
  private final List<Contender> settings;

  /**
   * A job on one corpus, and on worlds like it.
   *
   * @param world how the corpus was planted; none for a log
   */
  QueryWeightJob(Reproduction.Plan plan, SeededGrid grid, Setup base, Optional<WorldOptions> world)
      throws IOException {
    this.plan = plan;
    settings = Ablations.queryWeights(base, plan.size().queryWeights());
    grids.add(grid);
    if (plan.has(Reproduction.Part.FIG4) && world.isPresent()) {
      for (double share : plan.size().searchShares()) {
        World other = World.of(world.get().withSearchShare(share));
        grids.add(grid.on(other.corpus(), Features.of(other)));
      }
    }
  }

  /** Histories still to be passed through in training that no part before has counted. */
  double newWork() throws IOException {
    double work = 0;
    for (SeededGrid grid : grids) {
      work += grid.newWork(settings);
    }
    return work;
  }

  /** Trains what is missing and draws, one curve for each share of searches. */
  List<Table> run() throws IOException {
    List<SettingCurves.Line> curves = new ArrayList<>();
    List<Map<String, Object>> made = new ArrayList<>();
    for (SeededGrid grid : grids) {
      List<Line> lines = grid.run(settings);
      made.add(grid.made(lines));
      String share = "%.0f %% searches".formatted(100 * grid.corpus().statistics().queryShare());
      String title = "Weight of the query, " + share;
      curves.add(new SettingCurves.Line(share, grid.table(title, "0.50", lines)));
    }
    Map<String, Object> more = new LinkedHashMap<>(made.getFirst());
    more.put("corpora", made);
    new SettingCurves(
            "Weight λ of the query on %s (paper Figure 4)".formatted(grids.getFirst().name()),
            "the paper finds 0.3 best and used 0.5; bars are 95 % intervals",
            "λ, weight of the query in a pair")
        .draw(curves, more, plan.out().resolve("fig4.png"));
    return curves.stream().map(curve -> curve.table().table()).toList();
  }
}
