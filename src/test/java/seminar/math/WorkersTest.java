package seminar.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WorkersTest {
  @Test
  void everyElementIsVisitedOnceWhateverTheNumberOfThreads() {
    for (int threads : new int[] {1, 2, 5}) {
      try (Workers workers = Workers.of(threads)) {
        for (int n : new int[] {0, 1, 31, 32, 33, 1000}) {
          int[] visits = new int[n];
          workers.forEach(
              n,
              (shard, from, to) -> {
                for (int i = from; i < to; i++) {
                  visits[i]++;
                }
              });
          for (int visit : visits) {
            assertEquals(1, visit);
          }
        }
      }
    }
  }

  @Test
  void sumsInShardOrderAreTheSameBitsForAnyNumberOfThreads() {
    float[] values = new float[10_007];
    Rng.gaussian(Rng.stream("test/workers", 3), values, 1);
    float one = sum(values, 1);
    assertEquals(one, sum(values, 2));
    assertEquals(one, sum(values, 7));
  }

  private static float sum(float[] values, int threads) {
    float[] partial = new float[Workers.shards(values.length)];
    try (Workers workers = Workers.of(threads)) {
      workers.forEach(
          values.length,
          (shard, from, to) -> {
            for (int i = from; i < to; i++) {
              partial[shard] += values[i];
            }
          });
    }
    float total = 0;
    for (float p : partial) {
      total += p;
    }
    return total;
  }

  @Test
  void aCallFromInsideAShardRunsInPlace() {
    int[] count = new int[64];
    try (Workers workers = Workers.of(3)) {
      workers.forEach(64, (s, from, to) -> workers.forEach(to - from, (t, a, b) -> count[from]++));
    }
    int total = 0;
    for (int c : count) {
      total += c;
    }
    assertEquals(64, total);
  }

  @Test
  void theFailureOfTheLowestShardIsThrown() {
    try (Workers workers = Workers.of(2)) {
      RuntimeException e =
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.forEach(
                      100,
                      (shard, from, to) -> {
                        throw new IllegalStateException("shard " + shard);
                      }));
      assertEquals("shard 0", e.getMessage());
    }
  }

  @Test
  void namedStreamsAreIndependentAndRepeatable() {
    SplittableRandom a = Rng.stream("a", 1);
    assertEquals(a.nextLong(), Rng.stream("a", 1).nextLong());
    assertTrue(Rng.stream("a", 1).nextLong() != Rng.stream("b", 1).nextLong());
    assertTrue(Rng.stream("a", 1).nextLong() != Rng.stream("a", 2).nextLong());
  }

  @Test
  void closedWorkersSaySo() {
    Workers workers = Workers.of(2);
    workers.close();
    String message =
        assertThrows(IllegalStateException.class, () -> workers.forEach(5, (shard, from, to) -> {}))
            .getMessage();
    assertTrue(message.contains("closed"), message);
  }
}
