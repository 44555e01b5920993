package seminar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import seminar.data.ClickSplit.Stage;

class ClickSplitTest {
  @Test
  void everyExposureBelongsToTheStageOfItsTime() {
    Exposures shown = RandomHistories.corpus(2, 40, 9).exposures().orElseThrow();
    for (long[] cut : new long[][] {{6, 14}, {0, 0}, {8, 8}, {99, 99}, {-1, 4}}) {
      ClickSplit split = ClickSplit.byTime(shown, cut[0], cut[1]);
      long[] counts = new long[3];
      long[] clicks = new long[3];
      for (int user = 0; user < shown.users(); user++) {
        for (long e = shown.start(user); e < shown.start(user + 1); e++) {
          int stage = shown.time(e) < cut[0] ? 0 : shown.time(e) < cut[1] ? 1 : 2;
          for (Stage other : Stage.values()) {
            boolean in = e >= split.start(other, user) && e < split.end(other, user);
            assertEquals(other.ordinal() == stage, in);
          }
          counts[stage]++;
          clicks[stage] += shown.clicked(e) ? 1 : 0;
        }
      }
      for (Stage stage : Stage.values()) {
        assertEquals(counts[stage.ordinal()], split.exposures(stage));
        assertEquals(clicks[stage.ordinal()], split.clicks(stage));
      }
    }
  }

  @Test
  void timesAreNeededAndStandInOrder() {
    Exposures timeless = new Exposures.Builder(false).user().add(1, 0, true, 0, 0).build();
    assertThrows(IllegalArgumentException.class, () -> ClickSplit.byTime(timeless, 1, 2));
    Exposures shown = RandomHistories.corpus(2, 4, 9).exposures().orElseThrow();
    assertThrows(IllegalArgumentException.class, () -> ClickSplit.byTime(shown, 2, 1));
  }
}
