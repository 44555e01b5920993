package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import seminar.math.Workers;
import seminar.serve.IndexedHistories;
import seminar.terminal.Console;

/** Makes indexes of histories in the vectors of a model. */
@Command(
    name = "index",
    description =
        "Makes a four-bit index of each history in the vectors of a trained model, with one"
            + " codebook for all.",
    sortOptions = false,
    footerHeading = "%nExample:%n",
    footer = "  ${sys:seminar.invocation} index --data my-corpus --model my.model --out my-index")
final class IndexCommand extends SeminarCommand {
  @Mixin private CommonOptions common;
  @Mixin private IndexSource source;

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where it goes.")
  private Path out;

  @Option(
      names = "--user",
      paramLabel = "ID",
      description = "Whose history; may be given several times; default: everyone's.")
  private List<String> users = new ArrayList<>();

  @Option(
      names = "--subspaces",
      paramLabel = "S",
      defaultValue = "64",
      description = "Pieces of a key, four bits each; default: ${DEFAULT-VALUE}.")
  private int subspaces;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Events that the codebook is learned from; default: ${DEFAULT-VALUE}.")
  private int sample;

  @Override
  void run() throws IOException {
    Path folder = OutputFolder.prepare(out);
    int[] chosen;
    try (Console console = Console.of(common.quiet)) {
      IndexSource.Opened opened = source.open(console, common.seed);
      chosen =
          users.isEmpty()
              ? IntStream.range(0, opened.corpus().histories().users()).toArray()
              : users.stream().mapToInt(opened.corpus()::user).toArray();
      console.step("indexing %,d histories".formatted(chosen.length), 0.8);
      IndexedHistories.write(
          opened.vectors(),
          opened.hash(),
          opened.corpus(),
          new IndexedHistories.Options(subspaces, sample, common.seed),
          chosen,
          folder,
          Workers.common(),
          console);
    }
    print("Index of %,d histories: %s".formatted(chosen.length, folder));
  }
}
