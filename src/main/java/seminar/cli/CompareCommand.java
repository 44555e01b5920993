package seminar.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import seminar.experiment.Run;
import seminar.measure.PairedBootstrap;
import seminar.measure.RankingMeasure;

/** Says in which options, data and code two runs differ, and by how much their results do. */
@Command(
    name = "compare",
    description =
        "Says in which options, data and code two runs differ, and by how much their results do.",
    footerHeading = "%nExample:%n",
    footer = "  ${sys:seminar.invocation} compare DIR/runs/a.json DIR/runs/b.json")
final class CompareCommand extends SeminarCommand {
  @Mixin private CommonOptions common;

  @Parameters(index = "0", paramLabel = "RUN.json", description = "A run of 'sweep' or table2.")
  private Path first;

  @Parameters(index = "1", paramLabel = "OTHER.json", description = "Another.")
  private Path second;

  @Override
  void run() throws IOException {
    Run a = Run.read(first);
    Run b = Run.read(second);
    PrintWriter print = out();
    List<String> words = a.differences(b);
    print.println(words.isEmpty() ? "The two depend on the very same things." : "They differ in:");
    words.forEach(sentence -> print.println("  " + sentence));
    RankingMeasure ndcg = RankingMeasure.ndcg(10);
    print.printf("NDCG@10 %.4f against %.4f%n", a.report().ndcg(10), b.report().ndcg(10));
    if (a.identity().corpus().equals(b.identity().corpus())
        && a.identity().negatives().equals(b.identity().negatives())) {
      PairedBootstrap difference =
          PairedBootstrap.of(a.values(ndcg), b.values(ndcg), PairedBootstrap.Options.usual());
      print.printf(
          "difference %+.4f, 95 %% of resampled users within [%+.4f, %+.4f]%n",
          difference.difference(), difference.low(), difference.high());
    } else {
      print.println("Other users or negatives: their difference says nothing.");
    }
  }
}
