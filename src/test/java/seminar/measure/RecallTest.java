package seminar.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class RecallTest {
  @Test
  void isTheShareOfTheTruthThatWasFound() {
    assertEquals(0.5, Recall.of(new int[] {7, 2, 9, 4}, new int[] {4, 3, 2, 1}));
    assertEquals(1, Recall.of(new int[] {2, 1}, new int[] {1, 2}));
    assertEquals(0, Recall.of(new int[] {}, new int[] {1, 2}));
  }

  @Test
  void countsDistinctEventsOfANonEmptyTruth() {
    assertThrows(IllegalArgumentException.class, () -> Recall.of(new int[] {1}, new int[] {}));
    assertThrows(
        IllegalArgumentException.class, () -> Recall.of(new int[] {1, 1}, new int[] {1, 2}));
    assertThrows(IllegalArgumentException.class, () -> Recall.of(new int[] {1}, new int[] {2, 2}));
  }
}
