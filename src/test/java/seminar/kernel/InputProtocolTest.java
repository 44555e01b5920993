package seminar.kernel;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What cells read, as Jupyter sees it; the checks are in {@code input_checks.py}. */
class InputProtocolTest {
  @TestFactory
  List<DynamicTest> input() throws Exception {
    return ProtocolChecks.run("input_checks.py", "a thread that reads after its cell");
  }
}
