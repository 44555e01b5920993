package seminar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.math.Rng;

class TimeUnitsTest {
  private static final long BEGIN = Instant.parse("1990-01-01T00:00:00Z").toEpochMilli();
  private static final long END = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

  /** A time in a unit. */
  private static long in(TimeUnits unit, long millis) {
    return switch (unit) {
      case SECONDS -> Math.floorDiv(millis, 1000);
      case MILLISECONDS -> millis;
      case MICROSECONDS -> millis * 1000;
      case NANOSECONDS -> millis * 1_000_000;
    };
  }

  private static String refusal(TimeUnits unit, String text) {
    return assertThrows(MalformedLine.class, () -> unit.millis("timestamp", text)).getMessage();
  }

  @ParameterizedTest
  @EnumSource
  void everyTimeOfOurYearsIsReadInItsUnitAndRefusedInEveryOther(TimeUnits unit) throws Exception {
    SplittableRandom rng = Rng.stream("times", unit.ordinal());
    List<Long> times = new ArrayList<>(List.of(BEGIN, BEGIN + 1, END - 1));
    for (int i = 0; i < 200; i++) {
      times.add(rng.nextLong(BEGIN, END));
    }
    for (long millis : times) {
      long written = in(unit, millis);
      assertEquals(Optional.of(unit), TimeUnits.looksLike(written));
      long cut = unit == TimeUnits.SECONDS ? millis / 1000 * 1000 : millis;
      assertEquals(cut, unit.millis("t", Long.toString(written)));
      for (TimeUnits other : TimeUnits.values()) {
        if (other != unit) {
          String message = refusal(other, Long.toString(written));
          assertTrue(message.endsWith(unit.name().toLowerCase(Locale.ROOT)), message);
        }
      }
    }
  }

  @Test
  void aTimeInAnotherUnitIsNamedWithTheYearThatItWouldBe() {
    assertEquals(
        "timestamp is 1588687728923: as seconds that is the year 52313; it looks like milliseconds",
        refusal(TimeUnits.SECONDS, "1588687728923"));
    assertEquals(
        "timestamp is 1649408076: as milliseconds that is the year 1970; it looks like seconds",
        refusal(TimeUnits.MILLISECONDS, "1649408076"));
    assertEquals(
        "timestamp is 5000000000: as seconds that is the year 2128; it looks like no time before"
            + " 2100",
        refusal(TimeUnits.SECONDS, "5000000000"));
    assertEquals("timestamp is -5, less than 0", refusal(TimeUnits.SECONDS, "-5"));
    assertEquals("timestamp is 'x', not a whole number", refusal(TimeUnits.SECONDS, "x"));
    assertTrue(refusal(TimeUnits.SECONDS, Long.toString(Long.MAX_VALUE)).contains("no time"));
    assertEquals("timestamp is '1.5', not a whole number", refusal(TimeUnits.MILLISECONDS, "1.5"));
  }

  @Test
  void timesMayBeWrittenAsFloatsAndCountFromZero() throws Exception {
    assertEquals(1_002_000, TimeUnits.SECONDS.millis("t", "1.002e3"));
    assertEquals(12, TimeUnits.MILLISECONDS.millis("t", "12.0"));
    assertEquals(12, TimeUnits.MICROSECONDS.millis("t", "12999"));
    assertEquals(0, TimeUnits.NANOSECONDS.millis("t", 0));
    assertEquals(Optional.empty(), TimeUnits.looksLike(0));
    assertEquals(Optional.empty(), TimeUnits.looksLike(-1_588_687_728L));
    assertEquals(Optional.empty(), TimeUnits.looksLike(BEGIN - 1));
    assertEquals(Optional.empty(), TimeUnits.looksLike(END));
  }

  @ParameterizedTest
  @CsvSource({
    "2005-04-02 23:53:47, 2005-04-02T23:53:47Z",
    "2005-04-02T23:53:47, 2005-04-02T23:53:47Z",
    "2005-04-02T23:53:47Z, 2005-04-02T23:53:47Z",
    "2005-04-02 23:53:47.25, 2005-04-02T23:53:47.250Z",
    "2005-04-02T23:53:47.2519999Z, 2005-04-02T23:53:47.251Z",
    "2005-04-02T23:53:47+02:00, 2005-04-02T21:53:47Z",
    "2005-04-02 23:53:47 +0200, 2005-04-02T21:53:47Z",
    "2005-04-02 23:53:47+02, 2005-04-02T21:53:47Z",
    "2005-04-02 23:53:47 UTC, 2005-04-02T23:53:47Z",
    "2005-04-02T23:53, 2005-04-02T23:53:00Z",
    "2005-04-02, 2005-04-02T00:00:00Z",
    "1970-01-01, 1970-01-01T00:00:00Z",
  })
  void aDateIsReadWithOrWithoutItsTimeAndOffset(String text, Instant time) throws Exception {
    assertEquals(time.toEpochMilli(), TimeUnits.iso("t", text));
    assertTrue(TimeUnits.isIso(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2005",
        "2005-13-02",
        "2005-02-30 10:00:00",
        "02.04.2005",
        "2005-04-02 25:00:00",
        "1112486027",
        "2005-04-02 23:53:47 now",
        "\u0662005-04-02",
        "1969-12-31 23:59:59",
        "2100-01-01",
        "99999-01-01"
      })
  void whatIsNoDateIsNamed(String text) {
    String message =
        assertThrows(MalformedLine.class, () -> TimeUnits.iso("when", text)).getMessage();
    assertTrue(message.startsWith("when is '" + text + "', not "), message);
  }

  @Test
  void aNumberIsNoDate() {
    assertFalse(TimeUnits.isIso("1112486027"));
    assertFalse(TimeUnits.isIso(""));
  }
}
