package seminar.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PointLabelsTest {
  private static final Rectangle2D ROOM = new Rectangle2D.Double(0, 0, 400, 300);

  private static List<PointLabels.Mark> marks(double... places) {
    return IntStream.range(0, places.length / 2)
        .mapToObj(i -> new PointLabels.Mark(places[2 * i], places[2 * i + 1], 40))
        .toList();
  }

  @Test
  void namesLieInTheRoomAndNeverOnOneAnotherOrOnAPoint() {
    List<PointLabels.Mark> marks =
        marks(390, 20, 388, 22, 385, 25, 380, 20, 200, 150, 200, 150, 1, 299, 395, 21);
    List<Rectangle2D> boxes = PointLabels.boxes(marks, 14, ROOM);
    for (int i = 0; i < boxes.size(); i++) {
      assertTrue(ROOM.contains(boxes.get(i)), boxes.get(i).toString());
      for (int j = 0; j < i; j++) {
        assertFalse(boxes.get(i).intersects(boxes.get(j)), i + " on " + j);
      }
      for (PointLabels.Mark mark : marks) {
        assertFalse(boxes.get(i).contains(mark.x(), mark.y()), boxes.get(i).toString());
      }
    }
  }

  @Test
  void aLonePointHasItsNameAtItsRight() {
    Rectangle2D box = PointLabels.boxes(marks(100, 100), 14, ROOM).getFirst();
    assertTrue(box.getMinX() > 100 && box.getMinX() < 115, box.toString());
    assertEquals(100, box.getCenterY(), 1e-9);
  }

  @Test
  void aPointMayHaveAnyName() {
    assertEquals("", new PointLabels.Point("", Color.BLACK, 0, 0).name());
  }
}
