package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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
final class BookCommand extends SeminarCommand {
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
  void run() throws IOException {
    Path source = notebooks == null ? home().resolve("notebooks") : notebooks;
    if (student == null) {
      Book book = Book.of(source);
      Path index = book.write(out == null ? home().resolve("target/book") : out);
      print("Book of %d notebooks: %s".formatted(book.chapters(), index));
    } else {
      Map<String, Integer> changed = StudentEdition.write(source, student);
      int cells = changed.values().stream().mapToInt(Integer::intValue).sum();
      print(
          "Student edition: %d notebooks, %d cells without their solution or output, in %s"
              .formatted(changed.size(), cells, student));
    }
  }
}
