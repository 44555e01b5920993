package seminar.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import seminar.Jupyter;

/** The kernel as Jupyter sees it; the checks themselves are in {@code protocol_checks.py}. */
class KernelProtocolTest {
  private static final Path CHECKS = Path.of("src/test/resources/kernel/protocol_checks.py");
  private static final int LIMIT_SECONDS = 180;

  @TestFactory
  List<DynamicTest> kernel() throws Exception {
    Jupyter.Result result = Jupyter.find().python(LIMIT_SECONDS, CHECKS);
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
            "all checks ran",
            () ->
                assertFalse(
                    !result.output().contains("the kernel shuts down when asked"),
                    result.output())));
    return tests;
  }
}
