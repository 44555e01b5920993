package seminar.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import seminar.Jupyter;

/** Runs a script of checks against the kernel, as Jupyter starts it; each check is a test. */
final class ProtocolChecks {
  private static final Path FOLDER = Path.of("src/test/resources/kernel");
  private static final int LIMIT_SECONDS = 240;

  private ProtocolChecks() {}

  /**
   * Runs a script; skips the test where there is no Jupyter.
   *
   * @param script the name of a file that prints a line of JSON for each check
   * @param last the sentence of the last check, without which the script broke off
   */
  static List<DynamicTest> run(String script, String last) throws Exception {
    Jupyter.Result result = Jupyter.find().python(LIMIT_SECONDS, FOLDER.resolve(script));
    ObjectMapper json = new ObjectMapper();
    List<DynamicTest> tests = new ArrayList<>();
    for (String line :
        result.output().lines().filter(text -> text.startsWith("{\"name\"")).toList()) {
      JsonNode check = json.readTree(line);
      tests.add(
          dynamicTest(
              check.get("name").asText(),
              () -> {
                if (check.has("failure")) {
                  fail(check.get("failure").asText());
                }
              }));
    }
    tests.add(
        dynamicTest(
            "all checks ran", () -> assertTrue(result.output().contains(last), result.output())));
    return tests;
  }
}
