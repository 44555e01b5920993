package seminar.model;

import java.util.Arrays;
import seminar.compute.Ragged;

/**
 * The distinct ids of a batch, and where each occurrence finds its row: what depends on an item
 * alone is computed once per item.
 *
 * @param ids distinct ids in the order of first occurrence
 */
record Distinct(int[] ids) {
  /** Numbers ids; reusable, so that a table of the vocabulary's size is made once. */
  static final class Index {
    private final int[] row;
    private int[] ids = new int[16];
    private int size;

    /** For ids {@code 0 .. vocabulary}. */
    Index(int vocabulary) {
      row = new int[vocabulary + 1];
      Arrays.fill(row, -1);
    }

    /** The row of this id, a new one at its first occurrence. */
    int rowOf(int id) {
      if (row[id] < 0) {
        if (size == ids.length) {
          ids = Arrays.copyOf(ids, 2 * size);
        }
        ids[size] = id;
        row[id] = size++;
      }
      return row[id];
    }

    /** What was numbered since the last call; forgets it. */
    Distinct take() {
      int[] distinct = Arrays.copyOf(ids, size);
      for (int id : distinct) {
        row[id] = -1;
      }
      size = 0;
      return new Distinct(distinct);
    }
  }

  /** The ids of a list that belongs to an owner. */
  @FunctionalInterface
  interface ListOf {
    int[] ids(int owner);
  }

  /** The lists of all owners as rows of distinct ids, which the index numbers. */
  static Ragged lists(int[] owners, ListOf list, Index index) {
    int[] offsets = new int[owners.length + 1];
    int[] rows = new int[4 * owners.length];
    for (int i = 0; i < owners.length; i++) {
      int[] ids = list.ids(owners[i]);
      offsets[i + 1] = offsets[i] + ids.length;
      if (offsets[i + 1] > rows.length) {
        rows = Arrays.copyOf(rows, 2 * offsets[i + 1]);
      }
      for (int j = 0; j < ids.length; j++) {
        rows[offsets[i] + j] = index.rowOf(ids[j]);
      }
    }
    return new Ragged(offsets, Arrays.copyOf(rows, offsets[owners.length]));
  }

  int size() {
    return ids.length;
  }
}
