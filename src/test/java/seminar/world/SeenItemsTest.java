package seminar.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

class MetSetTest {
  @Test
  void itHoldsWhatASetOfIntegersHolds() {
    SeenItems seen = new SeenItems();
    Set<Integer> oracle = new HashSet<>();
    SplittableRandom rng = Rng.stream("seen", 1);
    for (int i = 0; i < 5000; i++) {
      int item = 1 + rng.nextInt(9000);
      assertEquals(oracle.contains(item), seen.contains(item));
      oracle.add(item);
      seen.add(item);
    }
    for (int item = 1; item <= 9000; item++) {
      assertEquals(oracle.contains(item), seen.contains(item));
    }
    seen.clear();
    for (int item = 1; item <= 9000; item++) {
      assertFalse(seen.contains(item));
    }
  }
}
