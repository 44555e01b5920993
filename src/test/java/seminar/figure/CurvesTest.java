package seminar.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {
  private static final Curves LINE =
      Curves.of("panel", "x", "y").line("a line", List.of(10, 100, 1000), List.of(3, 30, 300));

  @Test
  void panelsStandSideBySide() {
    BufferedImage one = LINE.image("one", "");
    BufferedImage two = Curves.image("two", "", List.of(LINE, LINE.onLogarithmicAxes()));
    assertEquals(2 * one.getWidth(), two.getWidth());
    assertEquals(one.getHeight(), two.getHeight());
  }

  @Test
  void aSeriesThatIsAddedIsDrawn() {
    BufferedImage without = LINE.image("a", "");
    BufferedImage with =
        LINE.points("points", List.of(500), List.of(100))
            .crosses("crosses", List.of(600), List.of(200))
            .image("a", "");
    assertTrue(differs(without, with));
  }

  @Test
  void panelsThatCannotBeDrawnAreRefusedInWords() {
    assertThrows(
        IllegalArgumentException.class, () -> LINE.line("short", List.of(1, 2), List.of(1)));
    assertThrows(IllegalArgumentException.class, () -> Curves.of("empty", "x", "y").image("a", ""));
    assertThrows(IllegalArgumentException.class, () -> Curves.image("a", "", List.of()));
    Curves many = LINE;
    for (int i = 0; i < 7; i++) {
      many = many.line("another " + i, List.of(1), List.of(1));
    }
    Curves eight = many;
    assertThrows(IllegalArgumentException.class, () -> eight.image("a", ""));
  }

  @Test
  void sharesAreDrawnInTheirColours() {
    List<String> labels = List.of("a", "b");
    double[][] shares = {{1, 0}, {0, -1}};
    BufferedImage image = ShareMap.image("t", "", labels, List.of(new ShareMap.Panel("p", shares)));
    long blue = count(image, 0x0072B2);
    assertTrue(blue > 1000, "blue pixels: " + blue);
    assertTrue(count(image, 0xD55E00) > 1000);
    double[][] narrow = {{1}, {0}};
    assertThrows(
        IllegalArgumentException.class,
        () -> ShareMap.image("t", "", labels, List.of(new ShareMap.Panel("p", narrow))));
  }

  private static long count(BufferedImage image, int rgb) {
    long count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xFFFFFF) == rgb ? 1 : 0;
      }
    }
    return count;
  }

  private static boolean differs(BufferedImage a, BufferedImage b) {
    for (int y = 0; y < 2 * Style.HEIGHT; y++) {
      for (int x = 0; x < a.getWidth(); x++) {
        if (a.getRGB(x, y) != b.getRGB(x, y)) {
          return true;
        }
      }
    }
    return false;
  }
}
