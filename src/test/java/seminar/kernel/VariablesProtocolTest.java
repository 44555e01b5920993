package seminar.kernel;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The list of variables; the checks themselves are in {@code variables_checks.py}. */
class VariablesProtocolTest {
  @TestFactory
  List<DynamicTest> variables() throws Exception {
    return ProtocolChecks.run(
        "variables_checks.py", "a trivial cell is quick, and its time is told");
  }
}
