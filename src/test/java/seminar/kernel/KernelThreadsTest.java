package seminar.kernel;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What threads and tasks of cells die of is shown; the checks are in {@code threads_checks.py}. */
class KernelThreadsTest {
  @TestFactory
  List<DynamicTest> kernel() throws Exception {
    return ProtocolChecks.run("threads_checks.py", "a thread that is stopped says nothing");
  }
}
