package seminar.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import seminar.book.Book;
import seminar.book.StudentEdition;

/** Makes the book of the notebooks, or their student edition. */
@Command(
    name = "book",
    description = "Makes a book of the notebooks as they are stored: HTML that needs no network.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  ${sys:seminar.invocation} book",
      "  ${sys:seminar.invocation} book --student course"
    })
final class BookCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean help;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the pages go (default: target/book).")
  private Path out;

  @Option(
      names = "--notebooks",
      paramLabel = "DIR",
      description = "The notebooks (default: notebooks).")
  private Path notebooks;

  @Option(
      names = "--student",
      paramLabel = "DIR",
      description =
          "Writes no book but copies of the notebooks in which cells tagged 'solution' are empty"
              + " and those tagged 'exercise' have no outputs.")
  private Path student;

  @Override
  public Integer call() throws IOException {
    Path home = Path.of(System.getProperty("seminar.home", ""));
    Path source = notebooks == null ? home.resolve("notebooks") : notebooks;
    PrintWriter print = spec.commandLine().getOut();
    if (student == null) {
      Book book = Book.of(source);
      Path index = book.write(out == null ? home.resolve("target/book") : out);
      print.println("Book of %d notebooks: %s".formatted(book.chapters(), index));
    } else {
      Map<String, Integer> changed = StudentEdition.write(source, student);
      int cells = changed.values().stream().mapToInt(Integer::intValue).sum();
      print.println(
          "Student edition: %d notebooks, %d cells without their solution or output, in %s"
              .formatted(changed.size(), cells, student));
    }
    print.flush();
    return 0;
  }
}
