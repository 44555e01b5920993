package seminar.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExposuresTest {
  private static Exposures.Builder two() {
    return new Exposures.Builder(true)
        .user()
        .add(1, 0, true, 0, 10)
        .add(3, 2, false, 1, 10)
        .user()
        .user()
        .add(2, 1, false, 2, 5);
  }

  private static Corpus with(Exposures shown) {
    Corpus tiny = RandomHistories.tiny();
    return new Corpus(
        tiny.manifest(),
        tiny.catalog(),
        tiny.queries(),
        tiny.histories(),
        Optional.of(shown),
        Optional.empty(),
        FeatureFiles.none());
  }

  @Test
  void eachUserHasTheExposuresThatWereAdded() {
    Exposures shown = two().build();
    assertEquals(3, shown.users());
    assertEquals(3, shown.size());
    assertEquals(2, shown.start(1));
    assertEquals(2, shown.start(2));
    assertEquals(3, shown.item(1));
    assertEquals(2, shown.query(1));
    assertEquals(1, shown.position(1));
    assertEquals(10, shown.time(1));
    assertTrue(shown.clicked(0));
    assertFalse(shown.clicked(2));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new Exposures.Builder(true).add(1, 0, true, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> two().add(1, 0, true, 0, 4));
    assertThrows(IllegalArgumentException.class, () -> two().add(0, 0, true, 0, 9));
    assertThrows(
        IllegalArgumentException.class, () -> new Exposures.Builder(false).build().time(0));
  }

  @Test
  void exposuresMustFitTheHistories() {
    int users = RandomHistories.tiny().histories().users();
    Exposures.Builder good = new Exposures.Builder(false);
    Exposures.Builder late = new Exposures.Builder(false);
    Exposures.Builder strange = new Exposures.Builder(false);
    for (int user = 0; user < users; user++) {
      int length = RandomHistories.tiny().histories().length(user);
      good.user().add(1, 0, true, length, 0);
      late.user().add(1, 0, true, length + 1, 0);
      strange.user().add(99, 0, true, 0, 0);
    }
    assertEquals(users, with(good.build()).exposures().orElseThrow().size());
    assertThrows(IllegalArgumentException.class, () -> with(late.build()));
    assertThrows(IllegalArgumentException.class, () -> with(strange.build()));
    assertThrows(IllegalArgumentException.class, () -> with(new Exposures.Builder(false).build()));
  }
}
