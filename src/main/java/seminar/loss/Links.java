package seminar.loss;

/**
 * The links between queries and items that {@link RelevanceLoss} compares, those of a position one
 * after the other, its matching item first. Positions without a real query, or whose query or item
 * has no direction, have none and are not counted; other items without direction are left out.
 *
 * <p>Thread safety: none; its memory is used again by every list.
 */
final class Links {
  private int[] starts = {};
  private int[] queries = {};
  private int[] items = {};
  private float[] weights = {};
  private int positions;
  private int count;
  private int most;

  /** Lists the links of these pairs. */
  void list(RelevancePairs pairs, UnitRows queryUnits, UnitRows itemUnits) {
    reserve(pairs.itemRows().length, pairs.negatives().ids().length);
    positions = 0;
    count = 0;
    most = 0;
    int[] offsets = pairs.negatives().offsets();
    for (int i = 0; i < pairs.itemRows().length; i++) {
      int query = pairs.queryRows()[i];
      int item = pairs.itemRows()[i];
      if (query < 0 || queryUnits.isZero(query) || itemUnits.isZero(item)) {
        continue;
      }
      int start = count;
      add(query, item);
      for (int at = offsets[i]; at < offsets[i + 1]; at++) {
        int other = pairs.negatives().ids()[at];
        if (!itemUnits.isZero(other)) {
          add(query, other);
        }
      }
      starts[++positions] = count;
      most = Math.max(most, count - start);
    }
  }

  private void add(int query, int item) {
    queries[count] = query;
    items[count++] = item;
  }

  private void reserve(int positions, int negatives) {
    if (starts.length <= positions) {
      starts = new int[positions + 1];
    }
    if (queries.length < positions + negatives) {
      queries = new int[Math.addExact(positions, negatives)];
      items = new int[queries.length];
      weights = new float[queries.length];
    }
  }

  /** How many positions have links. */
  int positions() {
    return positions;
  }

  /** The first link of a position. */
  int from(int position) {
    return starts[position];
  }

  /** The link after the last one of a position. */
  int to(int position) {
    return starts[position + 1];
  }

  /** How many links there are. */
  int count() {
    return count;
  }

  /** The most links of a position. */
  int most() {
    return most;
  }

  /** The query of each link. */
  int[] queries() {
    return queries;
  }

  /** The item of each link. */
  int[] items() {
    return items;
  }

  /** A number for each link, to be set: the gradient of its cosine. */
  float[] weights() {
    return weights;
  }
}
