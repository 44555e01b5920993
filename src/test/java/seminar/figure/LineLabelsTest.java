package seminar.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineLabelsTest {
  private static final List<Integer> X = List.of(1, 2, 3);

  @Test
  void labelsThatHaveRoomStandAtTheirLines() {
    double[] wanted = {50, 100, 200};
    assertArrayEquals(wanted, LineLabels.spread(wanted, new double[] {17, 31, 17}));
  }

  @Test
  void labelsThatTouchStandAroundTheirMean() {
    double[] heights = {20, 20, 20};
    assertArrayEquals(
        new double[] {80, 100, 120}, LineLabels.spread(new double[] {100, 100, 100}, heights));
  }

  @Test
  void noLabelStandsOverAnotherOrOutside() {
    SplittableRandom random = new SplittableRandom(1);
    for (int trial = 0; trial < 200; trial++) {
      double[] wanted = random.doubles(9, -50, Style.HEIGHT + 50).sorted().toArray();
      double[] heights = random.doubles(9, 10, 33).toArray();
      double[] middles = LineLabels.spread(wanted, heights);
      for (int i = 1; i < 9; i++) {
        double gap = middles[i] - middles[i - 1] - (heights[i] + heights[i - 1]) / 2;
        assertTrue(gap > -1e-9, Arrays.toString(middles));
      }
      assertTrue(middles[0] >= heights[0] / 2, Arrays.toString(middles));
      assertTrue(middles[8] + heights[8] / 2 <= Style.HEIGHT, Arrays.toString(middles));
    }
  }

  @Test
  void linesThatEndAtTheRightNeedNoLegend() {
    Curves two = Curves.of("", "x", "y").line("one", X, X).line("two", X, List.of(3, 2, 1));
    BufferedImage named = two.image("", "");
    assertTrue(named.getWidth() > Style.WIDTH * Style.SCALE);
    BufferedImage withPoints = two.points("points", X, X).image("", "");
    assertTrue(withPoints.getHeight() > named.getHeight());
    assertEquals(named.getWidth(), withPoints.getWidth());
    Curves short2 = two.points("far", List.of(9), List.of(1));
    assertEquals(Style.WIDTH * Style.SCALE, short2.image("", "").getWidth());
  }

  @Test
  void ofPanelsWithTheSameLinesTheLastHasTheirNames() {
    Curves two = Curves.of("", "x", "y").line("one", X, X).line("two", X, List.of(3, 2, 1));
    int room = two.image("", "").getWidth() - Style.WIDTH * Style.SCALE;
    assertEquals(
        2 * Style.WIDTH * Style.SCALE + room, Curves.image("", "", List.of(two, two)).getWidth());
  }

  @Test
  void whereNamesHaveNoRoomTheyStandInALegend() {
    Curves many = Curves.of("", "x", "y");
    String name = "a very long name of a line that will not fit into less than five lines ";
    for (int i : IntStream.range(0, 7).toArray()) {
      many = many.line((name + i).repeat(2), X, X);
    }
    assertEquals(Style.WIDTH * Style.SCALE, many.image("", "").getWidth());
  }
}
