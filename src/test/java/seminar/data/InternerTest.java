package seminar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

class InternerTest {
  @Test
  void textsAreNumberedAsAMapWould() {
    SplittableRandom rng = Rng.stream("interner", 3);
    Interner interner = new Interner();
    Map<String, Integer> map = new HashMap<>(Map.of("", 0));
    for (int i = 0; i < 20_000; i++) {
      String text = "é" + rng.nextInt(6000);
      assertEquals(map.computeIfAbsent(text, t -> map.size()), interner.number(text));
    }
    assertEquals(map.size(), interner.size());
    Strings texts = interner.build("text");
    map.forEach((text, number) -> assertEquals(text, texts.get(number)));
  }

  @Test
  void textsOfOneHashAreStillDifferent() {
    Interner interner = new Interner();
    assertEquals("AaBB".hashCode(), "BBAa".hashCode());
    assertEquals(1, interner.number("AaBB"));
    assertEquals(2, interner.number("BBAa"));
    assertEquals(1, interner.number("AaBB"));
  }

  @Test
  void rareAttributesAreLeftOutOfACatalogue() {
    Catalog.Builder builder = new Catalog.Builder();
    builder.add("a", "", List.of("x", "rare", "y"), Catalog.ABSENT, Catalog.ABSENT);
    builder.add("b", "", List.of("y", "x", "x"), Catalog.ABSENT, Catalog.ABSENT);
    Catalog kept = builder.build(2);
    assertEquals(2, kept.attributeVocabulary());
    assertEquals("y", kept.attributeName(kept.attributes(2)[0]));
    assertEquals(2, kept.attributes(1).length);
    assertEquals(3, builder.build().attributeVocabulary());
    assertThrows(
        IllegalArgumentException.class,
        () -> builder.add("a", "", List.of(), Catalog.ABSENT, Catalog.ABSENT));
  }
}
