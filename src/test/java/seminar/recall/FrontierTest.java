package seminar.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.file.Progress;
import seminar.math.Workers;
import seminar.measure.MeanInterval;
import seminar.recall.Frontier.Budget;
import seminar.recall.Frontier.Family;
import seminar.recall.Frontier.Point;
import seminar.recall.Frontier.Result;
import seminar.recall.NormRecall.CodebookFit;
import seminar.recall.NormRecall.NormLaw;
import tech.tablesaw.api.Table;

class FrontierTest {
  private static final Frontier.Options SMALL =
      new Frontier.Options(
          new NormRecall.Options(
              "small",
              16,
              4,
              256,
              600,
              List.of(8, 16),
              NormLaw.SAME,
              NormRecall.Options.EQUAL,
              3,
              CodebookFit.OTHER_HISTORY,
              NormRecall.Method.USUAL,
              5),
          2);

  @Test
  void everyFamilyIsMeasuredAndExactSearchFindsAll() {
    List<String> steps = new ArrayList<>();
    Progress progress = (what, at, total) -> steps.add(what + " " + (double) at / total);
    Result result = Frontier.run(SMALL, Workers.common(), progress);
    assertEquals(
        List.of(Family.values()), result.points().stream().map(Point::family).distinct().toList());
    for (Point point : result.points()) {
      assertTrue(point.microseconds() > 0, point.method());
      assertTrue(point.bytesKept() >= point.bytesRead() && point.bytesRead() > 0, point.method());
      assertEquals(2, point.recallAt().size());
      double mean = (point.recallAt().get(0) + point.recallAt().get(1)) / 2;
      assertEquals(mean, point.recall().mean(), 1e-9, point.method());
      if (point.family() == Family.EXACT) {
        assertEquals(1, mean, point.method());
      }
    }
    assertTrue(of(result, "8·K") > of(result, "fast scan 4 × 16"));
    assertEquals("measuring 1.0", steps.getLast());
    assertEquals(result.points().size(), FrontierTable.points(List.of(result)).rowCount());
  }

  private static double of(Result result, String name) {
    return result.points().stream()
        .filter(point -> point.method().contains(name))
        .findFirst()
        .orElseThrow()
        .recall()
        .mean();
  }

  @Test
  void theFrontIsWhatNothingBeats() {
    Result result = new Result(SMALL, some());
    assertEquals(
        List.of("cheap", "good"), result.front(Budget.READ).stream().map(Point::method).toList());
    assertEquals(
        List.of("quick", "good"), result.front(Budget.TIME).stream().map(Point::method).toList());
    for (Budget budget : Budget.values()) {
      List<Point> front = result.front(budget);
      for (Point point : some()) { // brute force: on the front or beaten
        boolean beaten =
            some().stream()
                .anyMatch(
                    other ->
                        other.cost(budget) <= point.cost(budget)
                            && other.recall().mean() >= point.recall().mean()
                            && !other.equals(point));
        assertEquals(!beaten, front.contains(point), budget + " " + point.method());
      }
    }
  }

  @Test
  void aTableSaysFromWhichBudgetToWhichAMethodWins() {
    Table wins = FrontierTable.wins(List.of(new Result(SMALL, some())));
    List<String> when = wins.stringColumn("wins when").asList();
    assertEquals("8 to below 16 bytes read per event are given", when.get(0));
    assertEquals("cheap", wins.stringColumn("method").get(0));
    assertEquals("16 bytes read per event or more are given", when.get(1));
    assertTrue(when.contains("3.5 to below 20 µs per query are given"), when.toString());
    assertFalse(wins.stringColumn("method").contains("worse"));
  }

  private static List<Point> some() {
    return List.of(
        point("cheap", 8, 8, 50, 0.5),
        point("worse", 9, 9, 60, 0.4),
        point("good", 16, 272, 20, 0.9),
        point("quick", 64, 64, 3.5, 0.3));
  }

  private static Point point(String name, double read, double kept, double micros, double recall) {
    return new Point(
        Family.FUSED,
        name,
        read,
        kept,
        micros,
        new MeanInterval(recall, 0.01),
        List.of(recall, recall));
  }

  @Test
  void asksForARound() {
    assertThrows(IllegalArgumentException.class, () -> new Frontier.Options(SMALL.panel(), 0));
  }
}
