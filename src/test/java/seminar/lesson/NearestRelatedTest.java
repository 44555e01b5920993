package seminar.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Whether vectors know what belongs together. */
class NearestRelatedTest {
  @Test
  void neighboursAreCountedAmongItemsThatHaveAVector() {
    float[] vectors = {1, 0, 0, 1, 2, 0.1f, 0, 0, 0.1f, 3}; // 1 and 3 point alike, so do 2 and 5
    NearestRelated related = NearestRelated.of(vectors, 2, 1, (a, b) -> a % 2 == b % 2);
    assertEquals(4, related.items());
    assertEquals(0.5, related.share(), 1e-12, "1 and 3 are both odd, 2 and 5 are not");
    assertEquals((2 + 0 + 2 + 2) / 3.0 / 4, related.chance(), 1e-12);
    assertThrows(
        IllegalArgumentException.class, () -> NearestRelated.of(vectors, 2, 4, (a, b) -> true));
  }
}
