package seminar.paper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seminar.figure.RecallFrontier;
import seminar.figure.TableFile;
import seminar.file.Provenance;
import seminar.math.Workers;
import seminar.recall.Frontier;
import seminar.recall.FrontierTable;
import seminar.recall.NormRecall;
import seminar.terminal.Console;
import tech.tablesaw.api.Table;

/** Recall against bytes and against time, at both settings. */
final class FrontierJob {
  private final Reproduction.Plan plan;
  private final Console console;

  FrontierJob(Reproduction.Plan plan, Console console) {
    this.plan = plan;
    this.console = console;
  }

  /**
   * Writes {@code frontier.png} with its twin and {@code frontier.csv}.
   *
   * @return what wins when
   */
  Table run() throws IOException {
    List<Frontier.Result> results = new ArrayList<>();
    for (NormRecall.Options setting :
        List.of(NormRecall.Options.printed(), NormRecall.Options.script())) {
      console.step("what recall costs, " + setting.setting() + " setting", 0.45);
      results.add(
          Frontier.run(
              Frontier.Options.of(setting, plan.seed()),
              Workers.common(),
              (what, at, total) -> console.at((double) at / Math.max(1, total))));
    }
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("seed", plan.seed());
    made.put("made", Provenance.here(Workers.common().threads()));
    RecallFrontier.draw(results, made, plan.out().resolve("frontier.png"));
    TableFile.writeCsv(FrontierTable.points(results), plan.out(), "frontier");
    Table wins = FrontierTable.wins(results);
    TableFile.writeCsv(wins, plan.out(), "frontier_wins");
    return wins;
  }
}
