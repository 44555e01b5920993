package seminar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import seminar.data.Corpus;
import seminar.data.CorpusFolder;
import seminar.source.CorpusReader;
import seminar.source.Sources;

/** Raw logs to a prepared corpus, with its statistics (paper Table 1). */
@Command(
    name = "corpus",
    description = "Turns raw logs into a prepared corpus and shows its statistics.",
    footerHeading = "%nExample:%n",
    footer = {
      "  ${sys:seminar.invocation} corpus movielens --data DIR --out movielens-corpus",
      "  ${sys:seminar.invocation} corpus --show movielens-corpus --figures figures"
    })
final class CorpusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The reader: movielens.")
  private String name;

  @Option(names = "--data", paramLabel = "DIR", description = "The folder of the logs.")
  private Path data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder of the corpus; an older corpus there is replaced.")
  private Path out;

  @Option(
      names = "--show",
      paramLabel = "DIR",
      description = "Shows the corpus in this folder and reads no logs.")
  private Path shown;

  @Option(
      names = "--figures",
      paramLabel = "DIR",
      description = "Writes Table 1 and the figures into DIR/corpus/CORPUS.")
  private Path figures;

  @Override
  public Integer call() throws IOException {
    if (shown != null) {
      exactly("--show DIR takes neither NAME nor --data nor --out", name == null && data == null);
      exactly("--show DIR takes no --out", out == null);
      return report(CorpusFolder.read(shown), shown);
    }
    exactly("give NAME, --data DIR and --out DIR, or --show DIR", name != null && data != null);
    exactly("give --out DIR, the folder of the corpus", out != null);
    CorpusReader reader = reader();
    if (!Files.isDirectory(data)) {
      throw new ParameterException(
          spec.commandLine(),
          "there is no folder %s: give the folder of the logs with --data".formatted(data));
    }
    Corpus corpus;
    try (Console console = Console.of(common.quiet)) {
      console.step("reading " + name, 0.8);
      corpus =
          reader.read(data, (what, done, total) -> console.at((double) done / Math.max(1, total)));
      console.step("writing " + out, 0.2);
      CorpusFolder.write(corpus, out);
    }
    return report(corpus, out);
  }

  private int report(Corpus corpus, Path folder) throws IOException {
    Shown.corpus(spec, corpus, folder);
    CorpusReport report = new CorpusReport(corpus, common.seed);
    report.print(spec.commandLine().getOut());
    if (figures != null) {
      spec.commandLine().getOut().println("Figures: " + report.write(figures));
      spec.commandLine().getOut().flush();
    }
    return 0;
  }

  private void exactly(String rule, boolean kept) {
    if (!kept) {
      throw new ParameterException(spec.commandLine(), rule);
    }
  }

  private CorpusReader reader() {
    try {
      return Sources.byName(name);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
