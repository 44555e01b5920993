package seminar.kernel;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Errors and output name things as cells do; the checks are in {@code names_checks.py}. */
class KernelNamesTest {
  @TestFactory
  List<DynamicTest> kernel() throws Exception {
    return ProtocolChecks.run(
        "names_checks.py", "a class of the kernel is in no printed stack trace");
  }
}
