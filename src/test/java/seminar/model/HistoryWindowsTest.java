package seminar.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seminar.compute.Groups;
import seminar.math.Rng;

/** Windows against what each request may and must see. */
class HistoryWindowsTest {
  /** Histories of 0 to 30 events, each request of which sees at most {@code length}. */
  private static Groups groups(SplittableRandom rng, int length) {
    int histories = 1 + rng.nextInt(4);
    IntStream.Builder from = IntStream.builder();
    IntStream.Builder to = IntStream.builder();
    int[] ends = new int[histories + 1];
    int base = 0;
    int groups = 0;
    for (int b = 0; b < histories; b++) {
      int[] positions = rng.ints(rng.nextInt(5), 0, 30).sorted().toArray();
      int earliest = positions.length == 0 ? 0 : Math.max(0, positions[0] - length);
      for (int position : positions) {
        from.add(base + Math.max(0, position - length) - earliest);
        to.add(base + position - earliest);
      }
      groups += positions.length;
      ends[b + 1] = groups;
      base += positions.length == 0 ? 0 : positions[positions.length - 1] - earliest;
    }
    int[] candidates = IntStream.rangeClosed(0, groups).map(g -> 2 * g).toArray();
    return new Groups(from.build().toArray(), to.build().toArray(), candidates, ends);
  }

  @Test
  void aRequestSeesTheLatestEventsBeforeItAndNoneAfter() {
    SplittableRandom rng = Rng.stream("test/windows", 1);
    int shared = 0;
    for (int trial = 0; trial < 500; trial++) {
      int length = 1 + rng.nextInt(12);
      boolean sharing = trial % 2 == 0;
      Groups groups = groups(rng, length);
      HistoryWindows windows = HistoryWindows.of(groups, length, sharing);
      shared += sharing ? groups.groupCount() - windows.count() : 0;
      for (int w = 0; w < windows.count(); w++) {
        assertTrue(windows.starts()[w + 1] - windows.starts()[w] <= length, "no window beyond L");
      }
      for (int g = 0; g < groups.groupCount(); g++) {
        int most = Math.min(groups.events(g), length);
        int seen = windows.seen()[g];
        assertTrue(sharing ? seen >= Math.min(most, (length + 1) / 2) : seen == most, "enough");
        assertTrue(seen <= most, "no more than the request may see");
        assertEquals(most == 0, windows.last(g) < 0);
        for (int i = 0; i < seen; i++) {
          int event = windows.events()[windows.last(g) - i];
          assertEquals(groups.keyTo()[g] - 1 - i, event, "the latest");
        }
      }
    }
    assertTrue(shared > 100, "requests share windows");
  }

  @Test
  void someEventsAloneAreSeenByWhoSawThem() {
    SplittableRandom rng = Rng.stream("test/windows/only", 1);
    for (int trial = 0; trial < 200; trial++) {
      Groups groups = groups(rng, 9);
      HistoryWindows windows = HistoryWindows.of(groups, 9, true);
      HistoryWindows even = windows.only(event -> event % 2 == 0);
      Groups asGroups = even.groups(groups);
      for (int g = 0; g < groups.groupCount(); g++) {
        int to = windows.last(g) + 1;
        int[] naive =
            Arrays.stream(windows.events(), to - windows.seen()[g], to)
                .filter(event -> event % 2 == 0)
                .toArray();
        int[] got = Arrays.copyOfRange(even.events(), asGroups.keyFrom()[g], asGroups.keyTo()[g]);
        assertArrayEquals(naive, got);
      }
    }
  }
}
