package seminar.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

/** Which items are the negatives of a query. */
class RelevancePairsTest {
  private static final int ITEMS = 12;
  private final SplittableRandom rng = Rng.stream("test/relevance-pairs", 2);

  /** Query 1 leads to items 0, 3 and 5, query 2 to item 3, and query 3 to all but one. */
  private static final int[] QUERIES =
      IntStream.concat(IntStream.of(1, 1, 2, -1, 1), IntStream.generate(() -> 3).limit(11))
          .toArray();

  private static final int[] ITEM_ROWS =
      IntStream.concat(IntStream.of(0, 3, 3, 7, 5), IntStream.range(0, 11)).toArray();

  private static int[] of(RelevancePairs pairs, int position) {
    int[] offsets = pairs.negatives().offsets();
    return Arrays.copyOfRange(pairs.negatives().ids(), offsets[position], offsets[position + 1]);
  }

  @Test
  void noItemThatTheSameQueryLedToIsANegativeAndNoneRepeats() {
    int[] drawn = new int[ITEMS];
    for (int again = 0; again < 2000; again++) {
      RelevancePairs pairs = RelevancePairs.drawUnrelated(QUERIES, ITEM_ROWS, ITEMS, 4, rng);
      for (int i = 0; i < QUERIES.length; i++) {
        int[] negatives = of(pairs, i);
        assertEquals(negatives.length, Arrays.stream(negatives).distinct().count());
        for (int j = 0; j < QUERIES.length; j++) {
          int item = ITEM_ROWS[j];
          assertTrue(
              QUERIES[j] != QUERIES[i] || Arrays.stream(negatives).noneMatch(n -> n == item));
        }
        int most = QUERIES[i] == 3 ? 1 : QUERIES[i] < 0 ? 0 : 4;
        assertEquals(most, negatives.length, "position " + i);
      }
      Arrays.stream(of(pairs, 0)).forEach(item -> drawn[item]++);
      assertArrayEquals(new int[] {11}, of(pairs, 7), "the one that is left");
    }
    for (int item = 0; item < ITEMS; item++) {
      boolean related = item == 0 || item == 3 || item == 5;
      assertEquals(related ? 0 : 2000 * 4 / 9.0, drawn[item], related ? 0 : 120, "item " + item);
    }
  }

  @Test
  void theUsualDrawKnowsTheOwnItemAlone() {
    int related = 0;
    for (int again = 0; again < 200; again++) {
      RelevancePairs pairs = RelevancePairs.draw(QUERIES, ITEM_ROWS, ITEMS, 4, rng);
      related += (int) Arrays.stream(of(pairs, 0)).filter(n -> n == 3 || n == 5).count();
      assertTrue(Arrays.stream(of(pairs, 0)).noneMatch(n -> n == 0));
    }
    assertTrue(related > 0);
    assertThrows(
        IllegalArgumentException.class,
        () -> RelevancePairs.drawUnrelated(QUERIES, ITEM_ROWS, ITEMS, 0, rng));
  }
}
