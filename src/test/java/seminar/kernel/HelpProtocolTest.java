package seminar.kernel;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Help while a cell is written, as Jupyter sees it; the checks are in {@code help_checks.py}. */
class HelpProtocolTest {
  @TestFactory
  List<DynamicTest> help() throws Exception {
    return ProtocolChecks.run("help_checks.py", "behind many lines, and declares nothing");
  }
}
