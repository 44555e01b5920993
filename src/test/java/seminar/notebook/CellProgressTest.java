package seminar.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellProgressTest {
  private static final long SECOND = 1_000_000_000;

  private final List<String> lines = new ArrayList<>();
  private long now;

  private CellProgress progress(long total) {
    return new CellProgress("work", total, lines::add, () -> now);
  }

  @Test
  void isShownAtMostTwiceASecond() {
    try (CellProgress progress = progress(1_000)) {
      for (int i = 0; i < 1_000; i++) {
        now += SECOND / 100;
        progress.step();
      }
    }
    assertEquals(1 + 20 + 1, lines.size());
  }

  @Test
  void tellsTheTimeLeft() {
    try (CellProgress progress = progress(4)) {
      now += 3 * SECOND;
      progress.step();
      progress.at(2);
      now += 300 * SECOND;
      progress.at(3);
    }
    assertTrue(lines.get(1).endsWith("1/4, 9 s left"), lines::toString);
    assertTrue(lines.get(2).endsWith("3/4, 1:41 min left"), lines::toString);
  }

  @Test
  void leavesNoTimings() {
    try (CellProgress progress = progress(2)) {
      now += SECOND;
      progress.step();
    }
    assertEquals("work: stopped, 1 of 2", lines.getLast());
    progress(1).close();
    try (CellProgress progress = progress(1)) {
      progress.step();
    }
    assertEquals("work: done, 1 of 1", lines.getLast());
  }

  @Test
  void impossibleStepsAreErrors() {
    assertThrows(IllegalArgumentException.class, () -> progress(0));
    try (CellProgress progress = progress(2)) {
      assertThrows(IllegalArgumentException.class, () -> progress.at(3));
      assertThrows(IllegalArgumentException.class, () -> progress.at(-1));
    }
  }
}
