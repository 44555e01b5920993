package seminar.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.feature.FeatureStore;
import seminar.math.Checks;
import seminar.math.Vectors;
import seminar.math.Workers;

/**
 * One modality's features by item, of unit length, where the backend can gather them.
 *
 * <p>A table [items that have the modality, dims] is made once, so that a batch copies rows and
 * normalises nothing. A table that would take more than {@link #RESIDENT_BYTES} is not made: rows
 * are then read from the store batch by batch.
 *
 * <p>Thread safety: one thread at a time.
 */
final class ItemFeatures {
  /** The largest table that is kept. */
  static final long RESIDENT_BYTES = 2L << 30;

  private static final int BLOCK = 1024;

  private final FeatureStore store;
  private final int[] rows; // of an item: in the table, or in the store where there is no table
  private final Matrix table;

  private ItemFeatures(FeatureStore store, int[] rows, Matrix table) {
    this.store = store;
    this.rows = rows;
    this.table = table;
  }

  /**
   * The features of items {@code 0 .. largest}.
   *
   * @param rowOf row of an item in the store, negative where it has none
   */
  static ItemFeatures of(FeatureStore store, IntUnaryOperator rowOf, int size, int largest) {
    return of(store, rowOf, size, largest, RESIDENT_BYTES);
  }

  static ItemFeatures of(
      FeatureStore store, IntUnaryOperator rowOf, int size, int largest, long residentBytes) {
    int[] rows = new int[largest + 1];
    Arrays.fill(rows, -1);
    int[] items = new int[size];
    int count = 0;
    for (int item = 1; item <= size; item++) {
      rows[item] = rowOf.applyAsInt(item);
      if (rows[item] >= 0) {
        items[count++] = item;
      }
    }
    items = Arrays.copyOf(items, count);
    if ((long) count * store.dims() * Float.BYTES > residentBytes) {
      return new ItemFeatures(store, rows, null);
    }
    Matrix table = Matrix.zeros(count, store.dims());
    for (int from = 0; from < count; from += BLOCK) {
      int to = Math.min(count, from + BLOCK);
      int[] block = Arrays.copyOfRange(items, from, to);
      boolean[] present = new boolean[block.length];
      table.rows(from, to).set(read(store, rows, block, present));
      for (int i = 0; i < block.length; i++) {
        rows[block[i]] = present[i] ? from + i : -1;
      }
    }
    return new ItemFeatures(store, rows, table);
  }

  /** A table that is there already, one row for each item {@code 0 .. rows − 1}. */
  static ItemFeatures of(Matrix table) {
    int[] rows = new int[table.rows()];
    Arrays.setAll(rows, item -> item);
    return new ItemFeatures(FeatureStore.empty(table.cols()), rows, table);
  }

  int dims() {
    return store.dims();
  }

  /** The items that have the modality, rising. */
  int[] items() {
    return IntStream.range(0, rows.length).filter(item -> rows[item] >= 0).toArray();
  }

  /**
   * Copies the rows of items.
   *
   * @param present receives whether each item has the modality
   * @param out receives [n, dims], zeros where absent
   */
  void gather(Backend backend, int[] items, boolean[] present, Matrix out) {
    if (table == null) {
      out.set(read(store, rows, items, present));
      return;
    }
    int[] wanted = new int[items.length];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = rows[items[i]];
      present[i] = wanted[i] >= 0;
    }
    backend.lookup().gather(table, wanted, out);
  }

  /**
   * The features of items that are in no catalogue, of unit length like the others.
   *
   * @param name what the features are of
   * @param present receives whether each item has the modality
   * @return [n, dims], zeros where absent
   * @throws IllegalArgumentException if features have another length than those of the catalogue
   */
  float[] given(
      String name,
      List<GivenItem> items,
      Function<GivenItem, Optional<float[]>> of,
      boolean[] present) {
    int dims = dims();
    float[] values = new float[items.size() * dims];
    for (int i = 0; i < present.length; i++) {
      Optional<float[]> row = of.apply(items.get(i));
      if (row.isPresent()) {
        int length = row.get().length;
        Checks.sameLength(name + " features", length, "features of the catalogue", dims);
        System.arraycopy(row.get(), 0, values, i * dims, dims);
        present[i] = Vectors.normalize(values, i * dims, dims) > 0;
      }
    }
    return values;
  }

  private static float[] read(FeatureStore store, int[] rows, int[] items, boolean[] present) {
    int dims = store.dims();
    float[] values = new float[Math.multiplyExact(items.length, dims)];
    Workers.common()
        .forEach(
            items.length,
            (shard, from, to) -> {
              for (int i = from; i < to; i++) {
                int row = rows[items[i]];
                if (row >= 0) {
                  store.copyRow(row, values, i * dims);
                  present[i] = Vectors.normalize(values, i * dims, dims) > 0;
                }
              }
            });
    return values;
  }
}
