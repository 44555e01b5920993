package seminar.kernel;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Variables keep their values when other cells run; the checks are in {@code values_checks.py}. */
class KernelValuesTest {
  @TestFactory
  List<DynamicTest> kernel() throws Exception {
    return ProtocolChecks.run("values_checks.py", "a variable that cannot be kept is named");
  }
}
