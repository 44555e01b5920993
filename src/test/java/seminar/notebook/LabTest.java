package seminar.notebook;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LabTest {
  @Test
  void onlyQuickAndFullAreScales() {
    assertFalse(Lab.isFull(null));
    assertFalse(Lab.isFull(""));
    assertFalse(Lab.isFull("quick"));
    assertTrue(Lab.isFull("FULL"));
    assertThrows(IllegalArgumentException.class, () -> Lab.isFull("huge"));
  }
}
