package seminar.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

class BucketsTest {
  @Test
  void aBoundBelongsToTheBucketAboveIt() {
    Buckets buckets = Buckets.at(10, 20);
    assertEquals(3, buckets.size());
    assertEquals(0, buckets.of(9.99));
    assertEquals(1, buckets.of(10));
    assertEquals(2, buckets.of(20));
    assertEquals("below 10", buckets.label(0));
    assertEquals("10 to below 20", buckets.label(1));
    assertEquals("20 and more", buckets.label(2));
    assertEquals("below 0.2500", Buckets.at(0.25).label(0));
    assertEquals("all", Buckets.at().label(0));
  }

  @Test
  void eachBucketHasTheMeanOfItsUsersWithInterval() {
    UserValues lengths = values(5, 12, 30, 14);
    UserValues measure = values(1, 0.5, 0, 0.7);
    List<Buckets.Row> rows = Buckets.at(10, 20, 100).summary(lengths, measure);
    assertEquals(
        new Buckets.Row("below 10", 1, OptionalDouble.of(1), OptionalDouble.empty()), rows.get(0));
    assertEquals(0.6, rows.get(1).mean().orElseThrow(), 1e-15);
    assertEquals(
        MeanInterval.of(new double[] {0.5, 0.7}).halfWidth(),
        rows.get(1).halfWidth().orElseThrow());
    assertEquals(
        new Buckets.Row("100 and more", 0, OptionalDouble.empty(), OptionalDouble.empty()),
        rows.get(3));
  }

  @Test
  void quantilesShareUsersEvenlyAndKeepEqualNumbersTogether() {
    SplittableRandom rng = Rng.stream("test/buckets", 1);
    double[] numbers = IntStream.range(0, 1000).mapToDouble(i -> rng.nextDouble()).toArray();
    UserValues distinct = values(numbers);
    for (Buckets.Row row : Buckets.quantiles(distinct, 4).summary(distinct, distinct)) {
      assertEquals(250, row.users());
    }
    UserValues tied = values(1, 1, 1, 1, 1, 2, 3);
    List<Buckets.Row> rows = Buckets.quantiles(tied, 3).summary(tied, tied);
    assertEquals(List.of(5, 2), rows.stream().map(Buckets.Row::users).toList());
    assertEquals(List.of(), Buckets.quantiles(values(4, 4), 5).bounds());
  }

  @Test
  void theBucketsTogetherAreTheWhole() {
    SplittableRandom rng = Rng.stream("test/buckets", 2);
    UserValues lengths = values(IntStream.range(0, 97).mapToDouble(i -> rng.nextInt(20)).toArray());
    UserValues measure =
        values(IntStream.range(0, 97).mapToDouble(i -> rng.nextDouble()).toArray());
    List<Buckets.Row> rows = Buckets.quantiles(lengths, 5).summary(lengths, measure);
    double sum = rows.stream().mapToDouble(r -> r.users() * r.mean().orElseThrow()).sum();
    assertEquals(measure.mean(), sum / 97, 1e-12);
  }

  @Test
  void refusesOtherUsersAndFallingBounds() {
    assertThrows(
        IllegalArgumentException.class, () -> Buckets.at(1).summary(values(1, 2), values(1)));
    assertThrows(IllegalArgumentException.class, () -> Buckets.at(2, 2));
    assertThrows(IllegalArgumentException.class, () -> Buckets.at(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Buckets.quantiles(values(1), 0));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Buckets.at(1)
                    .summary(values(1, 2), new UserValues(new int[] {0, 5}, new double[2])));
    assertTrue(e.getMessage().contains("user 5"), e.getMessage());
  }

  private static UserValues values(double... values) {
    int[] users = new int[values.length];
    Arrays.setAll(users, i -> i);
    return new UserValues(users, values);
  }
}
