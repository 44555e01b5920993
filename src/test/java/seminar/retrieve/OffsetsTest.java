package seminar.retrieve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

/** What is added to scores by position. */
class OffsetsTest {
  @Test
  void everyEventGetsTheValueOfItsRange() {
    SplittableRandom rng = Rng.stream("test/offsets", 1);
    for (int round = 0; round < 200; round++) {
      int ranges = rng.nextInt(6);
      int[] ends = new int[ranges];
      float[] values = new float[ranges];
      for (int i = 0; i < ranges; i++) {
        ends[i] = (i == 0 ? 0 : ends[i - 1]) + 1 + rng.nextInt(8);
        values[i] = rng.nextInt(-9, 9);
      }
      Offsets offsets = new Offsets(ends, values);
      float[] expected = new float[50];
      for (int event = 0; event < expected.length; event++) {
        for (int i = ranges - 1; i >= 0; i--) {
          expected[event] = event < ends[i] ? values[i] : expected[event];
        }
        assertEquals(expected[event], offsets.at(event));
      }
      for (int from = 0; from <= 50; from++) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int to = from; to <= 50; to++) {
          assertEquals(largest, offsets.largest(from, to));
          largest = to < 50 ? Math.max(largest, expected[to]) : largest;
        }
      }
      Offsets.Walk walk = new Offsets.Walk();
      for (int again = 0; again < 2; again++) {
        walk.reset(offsets);
        for (int first = 0; first < 50; ) {
          int count = Math.min(50 - first, 1 + rng.nextInt(12));
          assertEquals(offsets.largest(first, first + count), walk.largest(first, count));
          float[] block = new float[64];
          walk.add(block, count, first);
          for (int i = 0; i < block.length; i++) {
            assertEquals(i < count ? expected[first + i] : 0, block[i]);
          }
          first += count;
        }
      }
    }
  }

  @Test
  void offsetsAreCopiedAndCompareByTheirNumbers() {
    int[] ends = {3, 9};
    float[] values = {1, -2};
    Offsets offsets = new Offsets(ends, values);
    ends[0] = 5;
    values[1] = 7;
    offsets.ends()[1] = 4;
    offsets.values()[0] = 8;
    assertArrayEquals(new int[] {3, 9}, offsets.ends());
    assertArrayEquals(new float[] {1, -2}, offsets.values());
    assertEquals(new Offsets(new int[] {3, 9}, new float[] {1, -2}), offsets);
    assertEquals(new Offsets(new int[] {3, 9}, new float[] {1, -2}).hashCode(), offsets.hashCode());
    assertNotEquals(Offsets.NONE, offsets);
    assertTrue(offsets.toString().contains("9"), offsets.toString());
    assertTrue(Offsets.NONE.isNone());
    assertEquals(0, Offsets.NONE.at(4));
    assertEquals(Offsets.NONE, Subset.window(2, 5).offsets());
  }

  @Test
  void whatCannotBeAddedIsRefused() {
    refused("2", () -> new Offsets(new int[] {1, 2}, new float[] {1}));
    refused("rise", () -> new Offsets(new int[] {4, 4}, new float[] {1, 2}));
    refused("rise", () -> new Offsets(new int[] {0}, new float[] {1}));
    refused("finite", () -> new Offsets(new int[] {3}, new float[] {Float.NaN}));
    refused("finite", () -> new Offsets(new int[] {3}, new float[] {Float.NEGATIVE_INFINITY}));
    Offsets one = new Offsets(new int[] {3}, new float[] {1});
    refused("already", () -> Subset.all().plus(one).plus(one));
  }

  private static void refused(String named, org.junit.jupiter.api.function.Executable making) {
    String message = assertThrows(IllegalArgumentException.class, making).getMessage();
    assertTrue(message.contains(named), message);
  }
}
