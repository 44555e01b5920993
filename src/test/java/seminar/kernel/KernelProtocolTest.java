package seminar.kernel;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The kernel as Jupyter sees it; the checks themselves are in {@code protocol_checks.py}. */
class KernelProtocolTest {
  @TestFactory
  List<DynamicTest> kernel() throws Exception {
    return ProtocolChecks.run("protocol_checks.py", "the kernel shuts down when asked");
  }
}
