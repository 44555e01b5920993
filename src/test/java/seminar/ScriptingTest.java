package seminar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/SCRIPTING.md, each run as its reader would. */
class ScriptingTest {
  private static final Path BIN = Path.of(System.getProperty("java.home"), "bin");
  private static final int LIMIT_SECONDS = 240;

  @TempDir Path folder;

  private static String classPath() throws IOException {
    String libraries = Files.readString(Path.of("target/classpath.txt")).strip();
    return Path.of("target/classes").toAbsolutePath() + File.pathSeparator + libraries;
  }

  private static List<String> options() throws IOException {
    return List.of(
        Files.readString(Path.of("target/classes/seminar/java.args")).strip().split("\\s+"));
  }

  private String run(List<String> command) throws Exception {
    Path out = folder.resolve("out");
    ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process =
        builder
            .redirectError(folder.resolve("err").toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .start();
    assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), "did not end");
    assertEquals(
        0, process.exitValue(), () -> "see " + command + ": " + text(folder.resolve("err")));
    return Files.readString(out);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void theProgramOfOneFileEndsWithItemsAndTheEventsThatLedToThem() throws Exception {
    List<String> command = new ArrayList<>(List.of(BIN.resolve("java").toString()));
    command.addAll(options());
    command.addAll(List.of("-cp", classPath(), "docs/examples/Demo.java"));
    List<String> lines = run(command).lines().toList();
    assertTrue(
        lines.getFirst().matches("NDCG@10 of popularity 0\\.\\d+, of SEMINAR 0\\.\\d+"),
        lines::toString);
    double popularity = Double.parseDouble(lines.getFirst().split("[ ,]+")[3]);
    double seminar = Double.parseDouble(lines.getFirst().split("[ ,]+")[6]);
    assertTrue(seminar > popularity, lines::toString);
    assertEquals(9, lines.size(), lines::toString);
  }

  @Test
  void theSnippetsRunInAPlainJshell() throws Exception {
    List<String> command =
        List.of(
            BIN.resolve("jshell").toString(),
            "-R--add-modules=jdk.incubator.vector",
            "--class-path",
            classPath(),
            "docs/examples/demo.jsh");
    List<String> lines = run(command).lines().toList();
    assertEquals(3, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("kuaisar ("), lines::toString);
    assertTrue(lines.get(1).startsWith("40 positives  HIT@1"), lines::toString);
    assertTrue(lines.get(2).startsWith("TopK[2, 0]"), lines::toString);
  }
}
