package seminar.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SplitTest {
  private final Histories histories = RandomHistories.random(9, 0, 1, 2, 3, 4, 10);

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
  void shortHistoriesAreForTrainingOnly() {
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

  @Test
  void theLastTargetsOfEachUserAreTheEndOfItsTrainingTargets() {
    Split all = Split.leaveOneOut(histories);
    Split last = Split.lastTargets(histories, 3);
    for (int user = 0; user < histories.users(); user++) {
      assertEquals(all.trainEnd(user), last.trainEnd(user));
      int targets = all.trainEnd(user) - all.trainStart(user);
      assertEquals(Math.min(3, targets), last.trainEnd(user) - last.trainStart(user));
    }
    assertThrows(IllegalArgumentException.class, () -> Split.lastTargets(histories, 0));
  }

  @Test
  void rangesOfLeaveOneOutAreItsPositions() {
    Split split = Split.leaveOneOut(histories);
    for (int user = 0; user < histories.users(); user++) {
      boolean evaluated = histories.length(user) >= 3;
      assertEquals(evaluated ? 1 : 0, split.testEnd(user) - split.testStart(user));
      assertEquals(evaluated ? 1 : 0, split.validationEnd(user) - split.validationStart(user));
    }
    assertArrayEquals(new int[] {3, 4, 5}, split.testTargets().users());
    assertArrayEquals(new int[] {2, 3, 9}, split.testTargets().positions());
    assertArrayEquals(new int[] {1, 2, 8}, split.validationTargets().positions());
  }

  @Test
  void byTimeEveryPositionFromOneOnIsATargetOfTheStageOfItsTime() {
    Histories timed = RandomHistories.corpus(1, 60, 9).histories();
    for (long[] cut : new long[][] {{7, 14}, {0, 0}, {-5, 3}, {10, 10}, {30, 40}, {5, 99}}) {
      Split split = Split.byTime(timed, cut[0], cut[1]);
      int tested = 0;
      for (int user = 0; user < timed.users(); user++) {
        for (int p = 0; p < timed.length(user); p++) {
          long time = timed.time(timed.start(user) + p);
          boolean target = p > 0;
          boolean test = target && time >= cut[1];
          boolean validation = target && time >= cut[0] && time < cut[1];
          assertEquals(
              target && time < cut[0], p >= split.trainStart(user) && p < split.trainEnd(user));
          assertEquals(
              validation, p >= split.validationStart(user) && p < split.validationEnd(user));
          assertEquals(test, p >= split.testStart(user) && p < split.testEnd(user));
          assertEquals(time < cut[0], p < split.trainEnd(user), "what training may know");
          tested += test ? 1 : 0;
        }
      }
      assertEquals(tested, split.testTargets().size());
    }
  }

  @Test
  void severalTargetsHaveNoSinglePosition() {
    Histories one =
        new Histories.Builder(true, false)
            .user("u")
            .add(1, 0, 1, Histories.BROWSE)
            .add(2, 0, 5, Histories.BROWSE)
            .add(3, 0, 6, Histories.BROWSE)
            .build();
    Split split = Split.byTime(one, 5, 5);
    Exception e = assertThrows(IllegalArgumentException.class, () -> split.testPosition(0));
    assertEquals("user 0 has 2 test targets: ask for their range", e.getMessage());
    assertArrayEquals(new int[] {1, 2}, split.testTargets().positions());
    assertArrayEquals(new int[] {0}, split.testUsers());
    assertArrayEquals(new int[0], split.validationUsers());
  }

  @Test
  void timesAreNeededAndStandInOrder() {
    assertThrows(IllegalArgumentException.class, () -> Split.byTime(histories, 1, 2));
    Histories timed = RandomHistories.tiny().histories();
    Exception e = assertThrows(IllegalArgumentException.class, () -> Split.byTime(timed, 2, 1));
    assertEquals("testFrom 1 is before validationFrom 2", e.getMessage());
  }

  @Test
  void oneEarlierKnowsNothingOfAHistoryWithoutTraining() {
    Histories.Builder histories = new Histories.Builder(true, false);
    histories.user("nobody");
    histories.user("late").add(1, 0, 500, Histories.BROWSE).add(2, 0, 600, Histories.BROWSE);
    histories.user("early").add(1, 0, 1, Histories.BROWSE).add(2, 0, 2, Histories.BROWSE);
    Split earlier = Split.byTime(histories.build(), 400, 550).oneEarlier();
    for (int user = 0; user < 2; user++) {
      assertEquals(0, earlier.trainStart(user));
      assertEquals(0, earlier.trainEnd(user));
    }
    assertEquals(1, earlier.trainEnd(2));
  }
}
