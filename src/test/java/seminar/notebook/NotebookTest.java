package seminar.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import seminar.Jupyter;

/**
 * Every notebook runs through Jupyter from a clean kernel, without an error, and says what its
 * stored outputs say.
 */
class NotebookTest {
  private static final Path NOTEBOOKS = Path.of("notebooks");
  private static final Path EXECUTED = Path.of("target/notebooks");
  private static final double LEAST_AGREEMENT = 0.9; // of numbers; 1 on the machine they are from
  private static final int CELL_SECONDS = 600;
  private static final int NOTEBOOK_SECONDS = 1_200;

  @TestFactory
  @Execution(ExecutionMode.CONCURRENT)
  Stream<DynamicTest> notebooks() throws Exception {
    if (!Files.isDirectory(NOTEBOOKS)) {
      return Stream.empty();
    }
    List<Path> notebooks;
    try (Stream<Path> files = Files.list(NOTEBOOKS)) {
      notebooks = files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
    if (notebooks.isEmpty()) {
      return Stream.empty();
    }
    Jupyter jupyter = Jupyter.find();
    return notebooks.stream()
        .map(file -> dynamicTest(file.getFileName().toString(), () -> runs(jupyter, file)));
  }

  private static void runs(Jupyter jupyter, Path notebook) throws Exception {
    Files.createDirectories(EXECUTED);
    Jupyter.Result result =
        jupyter.run(
            NOTEBOOK_SECONDS,
            List.of(
                "nbconvert",
                "--to",
                "notebook",
                "--execute",
                "--ExecutePreprocessor.kernel_name=seminar-java",
                "--ExecutePreprocessor.timeout=" + CELL_SECONDS,
                "--ExecutePreprocessor.record_timing=False",
                "--output-dir",
                EXECUTED.toString(),
                notebook.toString()));
    assertEquals(0, result.exitCode(), result::output);
    Path executed = EXECUTED.resolve(notebook.getFileName());
    assertEquals(List.of(), errors(executed));
    StoredOutputs outputs = StoredOutputs.compare(notebook, executed);
    assertTrue(
        outputs.agreement() >= LEAST_AGREEMENT,
        () ->
            "%.0f %% of %d numbers are as stored; run the notebook and store it again: %s"
                .formatted(
                    100 * outputs.agreement(),
                    outputs.numbers(),
                    outputs.differing().stream().limit(5).toList()));
  }

  /** The error outputs of an executed notebook. */
  private static List<String> errors(Path notebook) throws Exception {
    JsonNode cells = new ObjectMapper().readTree(notebook.toFile()).get("cells");
    return cells
        .valueStream()
        .flatMap(cell -> cell.path("outputs").valueStream())
        .filter(output -> output.path("output_type").asText().equals("error"))
        .map(output -> output.path("evalue").asText())
        .toList();
  }
}
