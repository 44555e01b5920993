package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import seminar.options.OptionPaths;
import seminar.search.Method;

/** Every option of a setup is read, set and described by its path. */
class SetupOptionsByPathTest {
  private static final Setup BASE = Setup.laptop(1);

  @Test
  void everyOptionCanBeSetToWhatItIs() {
    assertTrue(OptionPaths.paths(BASE).size() > 60);
    Setup same = OptionPaths.set(BASE, "training.epochs", BASE.training().epochs());
    assertEquals(BASE, same);
    assertEquals(Fidelity.AS_RELEASED.of(BASE), again(Fidelity.AS_RELEASED.of(BASE)));
  }

  /** Through text and back. */
  private static Setup again(Setup setup) {
    return OptionPaths.set(setup, "training.epochs", setup.training().epochs());
  }

  @Test
  void oneOptionChangesAndNothingElse() {
    assertEquals(
        BASE.withModel(BASE.model().withChannels(BASE.model().channels().withQueryWeight(0.25))),
        OptionPaths.set(BASE, "model.channels.queryWeight", 0.25));
    assertEquals(new Method.Twin(), OptionPaths.set(BASE, "method", "twin").method());
    assertEquals(new Method.Twin(), OptionPaths.set(BASE, "method.kind", "twin").method());
  }

  @Test
  void aMethodIsChosenWithItsOwnOptions() {
    assertEquals(
        new Method.Eta().withHashBits(64),
        OptionPaths.set(BASE, Map.of("method.hashBits", "64", "method", "eta")).method());
    for (Method.Kind kind : Method.Kind.values()) {
      Setup chosen = OptionPaths.set(BASE, "method", kind);
      assertEquals(Method.of(kind), chosen.method());
      assertEquals(kind.name(), OptionPaths.describe(chosen).get("method"));
    }
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> OptionPaths.set(BASE, "method.hashBits", 64))
            .getMessage();
    assertEquals(
        "'method.hashBits' is an option of ETA, and method is SEMINAR: set method to ETA too",
        message);
  }

  @Test
  void whatCannotBeIsSaidWithPathAndBothValues() {
    for (List<Object> wrong :
        List.<List<Object>>of(
            List.of("training.epoch", 3, "training.epochs"),
            List.of("queryWeight", 0.3, "model.channels.queryWeight"),
            List.of("training.epochs", "many", "14"),
            List.of("training.epochs", 2.5, "14"),
            List.of("model.channels.queryWeight", 2.0, "queryWeight λ"),
            List.of("method.kind", "netflix", "must be one of SEMINAR"))) {
      String path = (String) wrong.get(0);
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> OptionPaths.set(BASE, path, wrong.get(1)))
              .getMessage();
      assertTrue(message.contains(path) && message.contains((String) wrong.get(2)), message);
    }
  }
}
