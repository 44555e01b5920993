package seminar.kernel;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A stop reaches what waits, and the process ends well after one; the checks are in {@code
 * stop_checks.py}.
 */
class KernelStopTest {
  @TestFactory
  List<DynamicTest> kernel() throws Exception {
    return ProtocolChecks.run(
        "stop_checks.py", "the process ends well while a native product goes on");
  }
}
