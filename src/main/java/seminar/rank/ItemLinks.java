package seminar.rank;

import java.util.Arrays;
import seminar.math.TopK;
import seminar.math.Workers;

/**
 * A sparse matrix from item to item that keeps the largest weights of each row; of equal ones those
 * of the lower item numbers.
 *
 * <p>Shapes: rows[items + 1][at most {@code most}]; row 0 is empty.
 */
final class ItemLinks {
  private final int[][] items;
  private final float[][] weights;

  private ItemLinks(int items) {
    this.items = new int[items + 1][0];
    this.weights = new float[items + 1][0];
  }

  /** Adds up the weights of one row; it is used by one thread and may own scratch. */
  interface Row {
    void fill(int item, SparseSums sums);
  }

  /** Makes what fills a run of rows. */
  interface Rows {
    Row make();
  }

  /** Fills all rows, on all threads; which of them fills a row does not matter. */
  static ItemLinks of(int items, int most, Rows rows) {
    ItemLinks links = new ItemLinks(items);
    Workers.common()
        .forEach(
            items,
            (shard, from, to) -> {
              Row row = rows.make();
              SparseSums sums = new SparseSums(items);
              for (int item = from + 1; item <= to; item++) {
                row.fill(item, sums);
                links.keep(item, sums, most);
                sums.clear();
              }
            });
    return links;
  }

  private void keep(int item, SparseSums sums, int most) {
    int[] others = sums.items();
    float[] values = new float[others.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = sums.of(others[i]);
    }
    TopK best = TopK.of(values, most);
    items[item] = Arrays.stream(best.indices()).map(i -> others[i]).toArray();
    weights[item] = best.scores();
  }

  /** Adds {@code scale} times the row of an item. */
  void add(int item, float scale, SparseSums sums) {
    int[] others = items[item];
    for (int i = 0; i < others.length; i++) {
      sums.add(others[i], scale * weights[item][i]);
    }
  }

  /** The items that an item is linked to, the heaviest first. */
  int[] items(int item) {
    return items[item];
  }

  /** Their weights. */
  float[] weights(int item) {
    return weights[item];
  }
}
