package seminar.paper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seminar.figure.Curves;
import seminar.figure.RecallFrontier;
import seminar.figure.ShareMap;
import seminar.figure.TableFile;
import seminar.file.Provenance;
import seminar.lesson.LengthCost;
import seminar.math.Workers;
import seminar.recall.Frontier;
import seminar.recall.FrontierTable;
import seminar.recall.NormRecall.NormLaw;
import seminar.recall.NormRecall.Options;
import seminar.recall.NormShares;
import seminar.terminal.Console;
import tech.tablesaw.api.Table;

/** What a score is made of, and what it costs to find the best: by length, bytes and time. */
final class CostJob {
  private static final List<String> CHANNELS = List.of("query", "attributes", "text", "picture");
  private static final List<Integer> LENGTHS = List.of(64, 256, 1024, 4096);
  private static final int LENGTH = 2000;
  private static final int ROUNDS = 5;

  private final Reproduction.Plan plan;
  private final Console console;

  CostJob(Reproduction.Plan plan, Console console) {
    this.plan = plan;
    this.console = console;
  }

  /** Which pair of channels decides the order of events, under three laws of norms and weights. */
  List<Table> shares() throws IOException {
    console.step("shares of a score", 1);
    Options same =
        Options.printed().withSequences(plan.size().sequences().getFirst()).withSeed(plan.seed());
    Options norms = same.panel(LENGTH, NormLaw.DIFFERENT, Options.EQUAL);
    Options weights = same.panel(LENGTH, NormLaw.SAME, Options.RISING);
    List<ShareMap.Panel> maps =
        List.of(
            new ShareMap.Panel("same norms and weights", NormShares.of(same).shares()),
            new ShareMap.Panel("different norms", NormShares.of(norms).shares()),
            new ShareMap.Panel("different weights", NormShares.of(weights).shares()));
    ShareMap.draw(
        "Who decides the order of events?",
        "share of each pair of channels in the variance of the score; rows: target, columns:"
            + " events",
        CHANNELS,
        maps,
        Map.of("options", List.of(same, norms, weights), "made", made()),
        plan.out().resolve("shares.png"));
    return List.of();
  }

  /** Time to rank a user against the length of the history, measured and predicted. */
  List<Table> cost() throws IOException {
    console.step("cost against length", 1);
    LengthCost cost = LengthCost.measure(LENGTHS, ROUNDS, Workers.common(), console);
    List<LengthCost.Point> points = cost.points();
    List<Integer> x = points.stream().map(LengthCost.Point::length).toList();
    Curves panel =
        Curves.of(
                "Both stages, %d candidates".formatted(cost.candidates()),
                "L, events of the history",
                "µs for a user")
            .onLogarithmicAxes()
            .line("measured", x, points.stream().map(LengthCost.Point::microseconds).toList())
            .line(
                "multiplications, at the rate of the longest",
                x,
                points.stream().map(LengthCost.Point::predicted).toList());
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("made", made());
    more.put("cost", cost);
    Curves.draw(
        "What a longer history costs",
        "%d threads; each head searches all L events, then weighs the best K"
            .formatted(cost.threads()),
        List.of(panel),
        more,
        plan.out().resolve("cost.png"));
    return List.of();
  }

  /**
   * Writes {@code frontier.png} with its twin and {@code frontier.csv}.
   *
   * @return what wins when
   */
  List<Table> frontier() throws IOException {
    List<Frontier.Result> results = new ArrayList<>();
    for (Options setting : List.of(Options.printed(), Options.script())) {
      console.step("what recall costs, " + setting.setting() + " setting", 0.45);
      results.add(
          Frontier.run(Frontier.Options.of(setting, plan.seed()), Workers.common(), console));
    }
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("seed", plan.seed());
    made.put("made", made());
    RecallFrontier.draw(results, made, plan.out().resolve("frontier.png"));
    TableFile.writeCsv(FrontierTable.points(results), plan.out(), "frontier");
    Table wins = FrontierTable.wins(results);
    TableFile.writeCsv(wins, plan.out(), "frontier_wins");
    return List.of(wins);
  }

  private static Provenance made() {
    return Provenance.here(Workers.common().threads());
  }
}
