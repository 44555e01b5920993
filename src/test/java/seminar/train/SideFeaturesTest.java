package seminar.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Split;
import seminar.model.Batch;
import seminar.world.World;
import seminar.world.WorldOptions;

class SideFeaturesTest {
  private static final Corpus CORPUS = World.of(WorldOptions.small().withUsers(20)).corpus();
  private static final Histories HISTORIES = CORPUS.histories();
  private static final int LENGTH = 20;
  private final SideFeatures side = new SideFeatures(CORPUS, Split.leaveOneOut(HISTORIES), LENGTH);

  private float[] of(int user, int position, int item) {
    float[] features = new float[SideFeatures.COUNT];
    side.write(user, position, item, features, 0);
    return features;
  }

  @Test
  void whatAUserHadIsCountedWithHowLately() {
    int last = HISTORIES.item(HISTORIES.start(3) + 9);
    float[] seen = of(3, 10, last);
    assertTrue(seen[3] > 0);
    assertEquals(1, seen[4], 1e-6, "the event just before");
    int never = CORPUS.catalog().eos();
    assertEquals(0, of(3, 10, never)[3]);
    assertEquals(0, of(3, 10, never)[4]);
    assertEquals(0, of(3, 10, never)[2], "nobody clicks the end of a sequence");
  }

  @Test
  void nothingLaterThanTheMomentIsRead() {
    for (int item = 1; item <= 30; item++) {
      float[] first = of(2, 5, item);
      int times = 0;
      for (int p = 0; p < 5; p++) {
        times += HISTORIES.item(HISTORIES.start(2) + p) == item ? 1 : 0;
      }
      assertEquals(Math.log1p(times) / 2, first[3], 1e-6);
      assertEquals(Math.log1p(5) / 8, first[0], 1e-6);
    }
    assertEquals(0, of(2, 0, 1)[1], "before the first event there are no searches");
  }

  @Test
  void aTargetDoesNotCountItsOwnClick() {
    int item = HISTORIES.item(HISTORIES.start(4) + 6);
    double other = Math.expm1(8 * of(4, 5, item)[2]);
    int asked = HISTORIES.item(HISTORIES.start(4) + 5) == item ? 1 : 0;
    assertEquals(other + asked - 1, Math.expm1(8 * of(4, 6, item)[2]), 1e-3);
    int end = HISTORIES.length(4) - 1; // the test target, which no count has
    int last = HISTORIES.item(HISTORIES.start(4) + end);
    assertEquals(of(4, end + 1, last)[2], of(4, end, last)[2]);
  }

  @Test
  void theHourIsAPointOnACircle() {
    float[] features = of(1, 7, 3);
    assertEquals(1, Math.hypot(features[6], features[7]), 1e-6);
  }

  @Test
  void aBatchBringsThemForEveryCandidate() {
    BatchMaker maker = new BatchMaker(HISTORIES, LENGTH, Optional.of(side));
    int[][] candidates = {{4, 5}, {6, 7, 8}};
    maker.add(0, new int[] {3, 6}, candidates);
    maker.add(1, new int[] {9}, new int[][] {{9}});
    Batch batch = maker.take();
    assertEquals(6 * SideFeatures.COUNT, batch.side().length);
    float[] fourth = new float[SideFeatures.COUNT];
    System.arraycopy(batch.side(), 3 * SideFeatures.COUNT, fourth, 0, SideFeatures.COUNT);
    assertArrayEquals(of(0, 6, 7), fourth);
    BatchMaker plain = new BatchMaker(HISTORIES, LENGTH);
    plain.add(0, new int[] {3}, new int[][] {{4}});
    assertEquals(0, plain.take().side().length);
  }

  @Test
  void momentsMustRiseAndLieInTheHistory() {
    BatchMaker maker = new BatchMaker(HISTORIES, LENGTH);
    int beyond = HISTORIES.length(0) + 1;
    for (int[] wrong : new int[][] {{}, {5, 3}, {-1}, {beyond}}) {
      int[][] candidates = new int[wrong.length][1];
      assertThrows(IllegalArgumentException.class, () -> maker.add(0, wrong, candidates));
    }
  }
}
