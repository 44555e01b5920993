package seminar.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeLeftTest {
  private final TimeLeft time = new TimeLeft();

  @Test
  void withoutAnExpectationItIsWhatWasSeen() {
    assertEquals(Optional.empty(), time.after(Duration.ofSeconds(1), 0.019));
    assertEquals(Optional.of(Duration.ofSeconds(30)), time.after(Duration.ofSeconds(10), 0.25));
    assertEquals(Optional.of(Duration.ZERO), time.after(Duration.ofSeconds(10), 1.01));
  }

  @Test
  void anExpectationIsToldAtOnceAndForgottenByAndBy() {
    time.expect(300);
    assertEquals(Optional.of(Duration.ofSeconds(300)), time.after(Duration.ZERO, 0));
    double half = left(300, 0.5); // it takes twice as long
    assertTrue(half > 250 && half <= 300, half + " s");
  }

  /** A machine of another speed, and a beginning that takes three times its share. */
  @ParameterizedTest
  @ValueSource(doubles = {0.7, 1, 1.5, 2})
  void isRightWithinAFactorOfTwoFromTheBeginning(double slowness) {
    time.expect(300);
    double whole = slowness * 300;
    for (double at = 0.06; at < 1; at += 0.02) {
      double done = at < 0.06 ? at / 3 : 0.02 + (at - 0.06) * 0.98 / 0.94;
      double left = left(at * whole, done);
      double truth = (1 - at) * whole;
      assertTrue(
          left <= 2 * truth && truth <= 2 * left, "%f: %f s of %f".formatted(at, left, truth));
    }
  }

  private double left(double passed, double done) {
    return time.after(Duration.ofMillis(Math.round(1000 * passed)), done).orElseThrow().toMillis()
        / 1000.0;
  }
}
