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
    footer = "  ${sys:seminar.invocation} corpus movielens --data DIR --out movielens-corpus")
final class CorpusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "NAME", description = "The reader: movielens.")
  private String name;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the logs.")
  private Path data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The folder of the corpus; an older corpus there is replaced.")
  private Path out;

  @Override
  public Integer call() throws IOException {
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
    Shown.corpus(spec, corpus, out);
    return 0;
  }

  private CorpusReader reader() {
    try {
      return Sources.byName(name);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
