package seminar.train;

import java.util.Arrays;
import java.util.List;
import seminar.math.Checks;

/**
 * Which item came next after the events of a batch, and which did not.
 *
 * @param events rows of the batch's events, rising [n]
 * @param items what came next after each of them [n]
 * @param blocks B + 1 positions: events {@code [blocks[b], blocks[b + 1])} of the n share negatives
 * @param negatives those of each block, distinct; or, with {@code own}, those of all its events, k
 *     for the first, k for the second …
 * @param own whether each event has its own
 */
public record NextItems(
    int[] events, int[] items, int[] blocks, List<int[]> negatives, boolean own) {
  /** Checks that the lists belong together. */
  public NextItems {
    Checks.sameLength("events", events.length, "items", items.length);
    Checks.sameLength("negatives", negatives.size(), "blocks", blocks.length - 1);
    Checks.sameLength("last of blocks", blocks[blocks.length - 1], "events", events.length);
    negatives = List.copyOf(negatives);
  }

  /** Every item that is named: all that came next, and all that did not. */
  public int[] named() {
    int count = items.length + negatives.stream().mapToInt(list -> list.length).sum();
    int[] all = Arrays.copyOf(items, count);
    int at = items.length;
    for (int[] list : negatives) {
      System.arraycopy(list, 0, all, at, list.length);
      at += list.length;
    }
    return all;
  }
}
