package seminar.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SplitTest {
  private final Histories histories = Lives.random(9, 0, 1, 2, 3, 4, 10);

  @Test
  void everyPositionFromOneOnIsATargetOfExactlyOneStage() {
    Split split = Split.leaveOneOut(histories);
    for (int user = 0; user < histories.users(); user++) {
      int length = histories.length(user);
      int[] stages = new int[length];
      for (int p = split.trainStart(user); p < split.trainEnd(user); p++) {
        stages[p]++;
      }
      if (length >= 3) {
        stages[split.validationPosition(user)]++;
        stages[split.testPosition(user)]++;
      }
      for (int p = 0; p < length; p++) {
        assertEquals(p == 0 ? 0 : 1, stages[p], "user " + user + " position " + p);
      }
    }
  }

  @Test
  void theLastEventIsTestedAndTheOneBeforeItValidates() {
    Split split = Split.leaveOneOut(histories);
    assertArrayEquals(new int[] {3, 4, 5}, split.testUsers());
    assertArrayEquals(new int[] {3, 4, 5}, split.validationUsers());
    assertEquals(9, split.testPosition(5));
    assertEquals(8, split.validationPosition(5));
    assertEquals(8, split.trainEnd(5));
    assertEquals(1 + 1 + 7, split.trainTargets());
  }

  @Test
  void shortLivesAreForTrainingOnly() {
    Split split = Split.leaveOneOut(histories);
    assertEquals(2, split.trainEnd(2));
    Exception e = assertThrows(IllegalArgumentException.class, () -> split.testPosition(2));
    assertEquals("user 2 has no test target", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> split.validationPosition(0));
  }

  @Test
  void lastOnlyKeepsOneTrainingTargetPerUser() {
    Split split = Split.lastOnly(histories);
    assertEquals(7, split.trainStart(5));
    assertEquals(8, split.trainEnd(5));
    assertEquals(9, split.testPosition(5));
    assertEquals(3, split.trainTargets());
  }
}
