package seminar.kernel;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Lines that begin with %, as Jupyter sees them; the checks are in {@code magic_checks.py}. */
class MagicProtocolTest {
  @TestFactory
  List<DynamicTest> magics() throws Exception {
    return ProtocolChecks.run("magic_checks.py", "a % of Java stays a % of Java");
  }
}
