package seminar.kernel;

import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The smaller requests, as Jupyter sees them; the checks are in {@code request_checks.py}. */
class RequestProtocolTest {
  @TestFactory
  List<DynamicTest> requests() throws Exception {
    return ProtocolChecks.run("request_checks.py", "one that nothing can mend is invalid");
  }
}
