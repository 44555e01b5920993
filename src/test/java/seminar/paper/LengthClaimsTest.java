package seminar.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import seminar.experiment.LengthMethod;
import seminar.experiment.LengthResult;
import seminar.experiment.LengthResult.Level;
import seminar.experiment.LengthResult.Point;
import seminar.measure.PairedBootstrap;
import seminar.paper.Claim.Finding;

/** The verdict on longer histories follows from the intervals, whatever it is. */
class LengthClaimsTest {
  /** A curve whose points above 200 differ from it by so much, ± 0.01. */
  private static LengthResult result(double... differences) {
    List<Point> points = new ArrayList<>();
    points.add(point(50, Optional.of(of(-0.5))));
    points.add(point(200, Optional.empty()));
    for (double difference : differences) {
      points.add(point(1000 * points.size(), Optional.of(of(difference))));
    }
    return new LengthResult(200, "any", List.of(), points);
  }

  private static PairedBootstrap of(double difference) {
    return new PairedBootstrap(difference, difference - 0.01, difference + 0.01, 0.5, 10);
  }

  private static Point point(int length, Optional<PairedBootstrap> less) {
    return new Point(
        "TWIN, K = 50",
        LengthMethod.TWIN,
        "50",
        length,
        Optional.empty(),
        List.of(1L),
        List.of(0.5),
        Optional.of(new Level(0.5, 0.4, 0.6, 10)),
        less,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty(),
        0,
        List.of(),
        List.of(),
        Optional.empty());
  }

  @Test
  void aLossIsAnIntervalBelowZeroAndShorterHistoriesDoNotCount() {
    assertEquals(Verdict.HOLDS, LengthClaims.neverHurts(result(0.02, -0.005)).verdict());
    assertEquals(Verdict.IN_PART, LengthClaims.neverHurts(result(0.02, -0.02)).verdict());
    assertEquals(Verdict.DOES_NOT_HOLD, LengthClaims.neverHurts(result(0.0, -0.02)).verdict());
    assertEquals(Verdict.OPEN, LengthClaims.neverHurts(result(0.0)).verdict());
    assertEquals(Verdict.OPEN, LengthClaims.neverHurts(result()).verdict());
    String numbers = LengthClaims.neverHurts(result(0.02, -0.02)).numbers();
    assertTrue(
        numbers.equals(
            "of 2 with L > 200, 1 gain and 1 lose; lowest Δ -0.0200 (TWIN, K = 50, L = 3000)"),
        numbers);
  }

  @Test
  void theReportReadsWhatTheFigureSays() {
    Finding finding = LengthClaims.neverHurts(result(0.02, -0.02));
    Map<String, String> told =
        Map.of("verdict", finding.verdict().words(), "numbers", finding.numbers());
    ObjectMapper mapper = new ObjectMapper();
    assertEquals(finding, LengthClaims.neverHurts(mapper.valueToTree(Map.of("finding", told))));
    assertEquals(Verdict.OPEN, LengthClaims.neverHurts(mapper.createObjectNode()).verdict());
  }
}
