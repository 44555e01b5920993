package seminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocsCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  @Test
  void theDocumentationIsWrittenWithoutAWarning() throws Exception {
    Path pages = folder.resolve("pages");
    assertEquals(0, run("docs", "--quiet", "--out", pages.toString()), err::toString);
    String entry = Files.readString(pages.resolve("seminar/Seminar.html"));
    assertTrue(entry.contains("lab.pretrain()"), entry);
    assertTrue(Files.exists(pages.resolve("index.html")));
  }

  @Test
  void aFolderOfOtherThingsIsLeftAlone() throws Exception {
    Files.writeString(folder.resolve("mine.txt"), "mine");
    assertEquals(1, run("docs", "--quiet", "--out", folder.toString()));
    assertTrue(err.toString().contains(folder + " holds something else"), err::toString);
    assertEquals("mine", Files.readString(folder.resolve("mine.txt")));
  }
}
