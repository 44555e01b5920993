package seminar.compute;

import java.util.ArrayList;
import java.util.List;

/**
 * Neighbouring (candidate, head) rows that attention over all events works on together: a dense
 * product of a few rows costs nearly as much as one of many, since its keys must be packed first.
 *
 * <p>Rows of several groups share a block where at least two thirds of its cells are seen, as those
 * of requests that are near each other in one history.
 *
 * @param group of the first row
 * @param first the first row
 * @param rows how many rows; at most {@link AllEvents#ROWS}
 * @param keyFrom the first key that any of them sees
 * @param keyTo the end of these keys; {@code keyFrom} where they see none
 */
record RowBlock(int group, int first, int rows, int keyFrom, int keyTo) {
  private static final double CELLS_PER_SEEN = 1.5;

  /** The blocks of the groups {@code [fromGroup, toGroup)}; they depend on these groups alone. */
  static List<RowBlock> of(AllEvents input, int fromGroup, int toGroup) {
    List<RowBlock> blocks = new ArrayList<>();
    RowBlock open = null;
    long seen = 0;
    for (int g = fromGroup; g < toGroup; g++) {
      for (RowBlock part : ofGroup(input, g)) {
        RowBlock both = open == null ? part : open.and(part);
        if (both.rows > AllEvents.ROWS || both.cells() > CELLS_PER_SEEN * (seen + part.cells())) {
          blocks.add(open);
          both = part;
          seen = 0;
        }
        open = both;
        seen += part.cells();
      }
    }
    if (open != null) {
      blocks.add(open);
    }
    return blocks;
  }

  /** The rows of one group; all blocks but the last are full. */
  static List<RowBlock> ofGroup(AllEvents input, int g) {
    Groups groups = input.groups();
    int end = groups.candidates()[g + 1] * input.heads();
    List<RowBlock> blocks = new ArrayList<>();
    for (int row = groups.candidates()[g] * input.heads(); row < end; row += AllEvents.ROWS) {
      int rows = Math.min(AllEvents.ROWS, end - row);
      blocks.add(new RowBlock(g, row, rows, groups.keyFrom()[g], groups.keyTo()[g]));
    }
    return blocks;
  }

  private RowBlock and(RowBlock next) {
    boolean none = keys() == 0;
    boolean noneNext = next.keys() == 0;
    int from = none ? next.keyFrom : noneNext ? keyFrom : Math.min(keyFrom, next.keyFrom);
    int to = none ? next.keyTo : noneNext ? keyTo : Math.max(keyTo, next.keyTo);
    return new RowBlock(group, first, rows + next.rows, from, to);
  }

  /** How many keys its rows see together. */
  int keys() {
    return keyTo - keyFrom;
  }

  /** Rows times keys. */
  long cells() {
    return (long) rows * keys();
  }
}
