package seminar.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import seminar.data.Corpus;

/** What commands print of a corpus. */
final class Shown {
  private Shown() {}

  /** Name, hash, statistics, counts of the reader, malformed lines, and where it lies. */
  static void corpus(CommandSpec spec, Corpus corpus, Path folder) {
    PrintWriter print = spec.commandLine().getOut();
    print.printf("%s (hash %s)%n", corpus.manifest().name(), corpus.hash());
    print.println(corpus.statistics());
    corpus
        .manifest()
        .counts()
        .forEach((what, count) -> print.printf("  %-28s %,12d%n", what, count));
    corpus.manifest().malformed().forEach(line -> print.println("  malformed: " + line));
    print.println("Corpus: " + folder);
    print.flush();
  }
}
