package seminar.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
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
    Map<String, Long> counts = corpus.manifest().counts();
    int width = counts.keySet().stream().mapToInt(String::length).max().orElse(1);
    counts.forEach((what, count) -> print.printf("  %-" + width + "s %,13d%n", what, count));
    corpus.manifest().malformed().forEach(line -> print.println("  malformed: " + line));
    print.println("Corpus: " + folder);
    print.flush();
  }
}
