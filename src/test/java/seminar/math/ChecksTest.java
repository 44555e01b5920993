package seminar.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ChecksTest {
  @Test
  void namesTheSymbolAndBothValues() {
    assertEquals(
        "K is 300: it must be between 1 and 256", refusal(() -> Checks.within(1, 256, "K", 300)));
    assertEquals(
        "λ is 1.5: it must be between 0.0 and 1.0", refusal(() -> Checks.within(0, 1, "λ", 1.5)));
    assertEquals("K is 0: it must be at least 1", refusal(() -> Checks.atLeast(1, "K", 0)));
    assertEquals(
        "query has length 3, key has 4: they must agree",
        refusal(() -> Checks.sameLength("query", 3, "key", 4)));
  }

  @Test
  void givesBackWhatIsRight() {
    assertEquals(1, Checks.within(1, 256, "K", 1));
    assertEquals(256, Checks.within(1, 256, "K", 256));
    assertEquals(0.5, Checks.within(0, 1, "λ", 0.5));
    assertEquals(7, Checks.atLeast(7, "K", 7));
    assertEquals(4, Checks.sameLength("query", 4, "key", 4));
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertEquals(
        "λ is NaN: it must be between 0.0 and 1.0",
        refusal(() -> Checks.within(0, 1, "λ", Double.NaN)));
  }

  private static String refusal(Runnable check) {
    return assertThrows(IllegalArgumentException.class, check::run).getMessage();
  }
}
