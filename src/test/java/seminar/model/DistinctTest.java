package seminar.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import seminar.compute.Ragged;

class DistinctTest {
  private final Distinct distinct = new Distinct(9);

  @Test
  void rowsFollowRisingIdsAndNothingIsLast() {
    assertArrayEquals(
        new int[] {2, 5, 7, 0}, distinct.number(new int[] {7, 0, 2}, new int[] {5, -1, 7}));
    assertArrayEquals(new int[] {2, 3, -1, 1, 0}, distinct.rows(new int[] {7, 0, -1, 5, 2}));
  }

  @Test
  void whatWasNumberedBeforeIsForgotten() {
    distinct.number(new int[] {1, 2, 3});
    assertArrayEquals(new int[] {3}, distinct.number(new int[] {3, 3}));
    assertArrayEquals(new int[] {0, -1}, distinct.rows(new int[] {3, 2}));
    assertArrayEquals(new int[0], distinct.number());
  }

  @Test
  void listsKeepTheirOrderAndMayBeEmpty() {
    int[][] of = {{8, 4}, {}, {4, 4, 9, 1, 8, 4, 4, 4, 4, 4, 4, 4, 4}};
    Ragged lists = distinct.lists(new int[] {0, 1, 2}, owner -> of[owner]);
    assertArrayEquals(new int[] {1, 4, 8, 9}, distinct.ids());
    assertArrayEquals(new int[] {0, 2, 2, 15}, lists.offsets());
    assertArrayEquals(new int[] {2, 1, 1, 1, 3, 0, 2, 1, 1, 1, 1, 1, 1, 1, 1}, lists.ids());
  }
}
