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
    MetSet met = new MetSet();
    Set<Integer> oracle = new HashSet<>();
    SplittableRandom rng = Rng.stream("met", 1);
    for (int i = 0; i < 5000; i++) {
      int item = 1 + rng.nextInt(9000);
      assertEquals(oracle.contains(item), met.contains(item));
      oracle.add(item);
      met.add(item);
    }
    for (int item = 1; item <= 9000; item++) {
      assertEquals(oracle.contains(item), met.contains(item));
    }
    met.clear();
    for (int item = 1; item <= 9000; item++) {
      assertFalse(met.contains(item));
    }
  }
}
