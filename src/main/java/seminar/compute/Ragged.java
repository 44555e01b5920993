package seminar.compute;

import seminar.math.Checks;

/**
 * Ragged lists of ids: list i is {@code ids[offsets[i] .. offsets[i + 1])}. Nothing is padded.
 *
 * @param offsets n + 1 rising positions, from 0 to {@code ids.length}
 * @param ids the ids of all lists, one list after the other
 */
public record Ragged(int[] offsets, int[] ids) {
  /** Checks that the offsets start at 0 and end at the number of ids. */
  public Ragged {
    Checks.atLeast(1, "offsets.length", offsets.length);
    Checks.sameLength("last offset", offsets[offsets.length - 1], "ids", ids.length);
  }

  /** How many lists there are. */
  public int size() {
    return offsets.length - 1;
  }

  /** How many ids list {@code i} has. */
  public int length(int i) {
    return offsets[i + 1] - offsets[i];
  }
}
