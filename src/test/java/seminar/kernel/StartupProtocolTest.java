package seminar.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the environment says of a kernel; the checks are in {@code startup_checks.py}. */
class StartupProtocolTest {
  @TestFactory
  List<DynamicTest> startup() throws Exception {
    return ProtocolChecks.run(
        "startup_checks.py", "the options of the compiler are those of the environment");
  }

  @Test
  void aLimitIsMillisecondsOrHasAUnit() {
    assertEquals(Duration.ZERO, TimeLimit.of(Map.of()));
    assertEquals(Duration.ofMillis(250), TimeLimit.of(Map.of(TimeLimit.VARIABLE, "250")));
    assertEquals(Duration.ofSeconds(30), TimeLimit.of(Map.of(TimeLimit.VARIABLE, "30 seconds")));
    Map<String, String> wrong = Map.of(TimeLimit.VARIABLE, "soon");
    String message =
        assertThrows(IllegalArgumentException.class, () -> TimeLimit.of(wrong)).getMessage();
    assertTrue(message.contains("'soon'") && message.contains("30 SECONDS"), message);
  }
}
