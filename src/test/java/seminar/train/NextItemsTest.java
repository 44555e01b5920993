package seminar.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seminar.compute.Groups;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Split;
import seminar.loss.NextItemOptions;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Which item came next after each event of a step, and which did not. */
class NextItemsTest {
  private static final int LENGTH = 15;
  private static final Corpus CORPUS = World.of(WorldOptions.small().withUsers(6)).corpus();
  private static final Histories HISTORIES = CORPUS.histories();
  private static final int ITEMS = CORPUS.catalog().size();

  private static LabelledBatch batch(Split split, int epoch, int targets, NextItemOptions learned) {
    TrainOptions options =
        new TrainOptions(1, 3, targets, 1, Adam.Options.withRate(5e-3), 7).withNextItem(learned);
    TrainingBatches batches = new TrainingBatches(CORPUS, split, LENGTH, options);
    return batches.batch(epoch, 0, new int[] {4, 1, 2});
  }

  @ParameterizedTest
  @EnumSource(NextItemOptions.Window.class)
  void everyEventOfAWindowIsFollowedByTheNextOfItsHistory(NextItemOptions.Window window) {
    Split split = Split.leaveOneOut(HISTORIES);
    NextItemOptions learned = NextItemOptions.gSasRec().withNegatives(4).withWindow(window);
    BitSet ends = new BitSet();
    for (int epoch = 1; epoch <= 200; epoch++) {
      LabelledBatch labelled = batch(split, epoch, 1 + epoch % 4, learned);
      NextItems items = labelled.nextItems().orElseThrow();
      Groups groups = labelled.batch().groups();
      int[] users = {4, 1, 2};
      assertEquals(3, items.negatives().size());
      for (int b = 0; b < 3; b++) {
        int user = users[b];
        int count = items.blocks()[b + 1] - items.blocks()[b];
        int lastGroup = groups.histories()[b + 1] - 1;
        int end = groups.keyTo()[lastGroup];
        assertEquals(Math.min(LENGTH, end(user, labelled, b)), count, "events of a window");
        int position = end(user, labelled, b) - count; // of the first event of the window
        for (int i = 0; i < count; i++) {
          int event = items.events()[items.blocks()[b] + i];
          assertEquals(end - count + i, event);
          assertEquals(item(user, position + i), labelled.batch().items()[event]);
          assertEquals(item(user, position + i + 1), items.items()[items.blocks()[b] + i]);
        }
        assertTrue(end(user, labelled, b) < split.trainEnd(user), "nothing later is known");
        if (b == 0) {
          ends.set(end(user, labelled, b));
        }
      }
    }
    int last = split.trainEnd(4) - 1;
    boolean latest = window == NextItemOptions.Window.LATEST;
    assertEquals(latest ? 1 : last - LENGTH + 1, ends.cardinality(), "windows end at " + ends);
    assertEquals(last, ends.length() - 1);
  }

  private static int item(int user, int position) {
    return HISTORIES.item(HISTORIES.start(user) + position);
  }

  /** The position of the request at which the window of history b ends, by its positive's place. */
  private static int end(int user, LabelledBatch labelled, int b) {
    Groups groups = labelled.batch().groups();
    int[] events = labelled.batch().items();
    int last = groups.histories()[b + 1] - 1;
    int seen = groups.events(last);
    int positive = labelled.batch().candidateItems()[groups.candidates()[last]];
    for (int p = seen; p < HISTORIES.length(user); p++) {
      int[] before = new int[seen];
      for (int i = 0; i < seen; i++) {
        before[i] = item(user, p - seen + i);
      }
      int[] keys = Arrays.copyOfRange(events, groups.keyFrom()[last], groups.keyTo()[last]);
      if (item(user, p) == positive && Arrays.equals(before, keys)) {
        return p;
      }
    }
    throw new AssertionError("no such request");
  }

  @Test
  void whereTargetsAreFewNoOtherEventIsFollowed() {
    Split split = Split.lastTargets(HISTORIES, 3);
    NextItems items = batch(split, 1, 1, NextItemOptions.softmax()).nextItems().orElseThrow();
    assertEquals(9, items.events().length);
    assertEquals(ITEMS, items.negatives().getFirst().length);
    assertArrayEquals(new int[] {0, 9}, items.blocks());
  }

  @ParameterizedTest
  @EnumSource(NextItemOptions.Shared.class)
  void negativesAreAsManyAsWereAskedFor(NextItemOptions.Shared shared) {
    Split split = Split.leaveOneOut(HISTORIES);
    NextItemOptions learned = NextItemOptions.sasRec().withNegatives(5).withShared(shared);
    NextItems items = batch(split, 3, 2, learned).nextItems().orElseThrow();
    boolean own = shared == NextItemOptions.Shared.EVENT;
    assertEquals(own, items.own());
    for (int b = 0; b < items.negatives().size(); b++) {
      int[] drawn = items.negatives().get(b);
      int events = items.blocks()[b + 1] - items.blocks()[b];
      assertEquals(own ? 5 * events : 5, drawn.length);
      assertTrue(Arrays.stream(drawn).allMatch(item -> item >= 1 && item <= ITEMS));
      if (own) {
        int user = new int[] {4, 1, 2}[b];
        BitSet known = new BitSet();
        for (int p = 0; p < split.trainEnd(user); p++) {
          known.set(item(user, p));
        }
        assertFalse(Arrays.stream(drawn).anyMatch(known::get), "none is known of the user");
      } else {
        assertEquals(5, Arrays.stream(drawn).distinct().count());
      }
    }
    assertEquals(
        items.items().length + items.negatives().stream().mapToInt(list -> list.length).sum(),
        items.named().length);
  }
}
