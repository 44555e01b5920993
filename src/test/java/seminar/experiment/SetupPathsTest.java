package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import seminar.search.Method;

/** Options by their paths. */
class SetupPathsTest {
  private static final Setup BASE = Setup.laptop(1);

  @Test
  void everyOptionCanBeSetToWhatItIs() {
    assertTrue(SetupPaths.all(BASE).size() > 60);
    Setup same = SetupPaths.set(BASE, "training.epochs", BASE.training().epochs());
    assertEquals(BASE, same);
    assertEquals(Fidelity.AS_RELEASED.of(BASE), again(Fidelity.AS_RELEASED.of(BASE)));
  }

  /** Through text and back. */
  private static Setup again(Setup setup) {
    return SetupPaths.set(setup, "training.epochs", setup.training().epochs());
  }

  @Test
  void oneOptionChangesAndNothingElse() {
    assertEquals(
        BASE.with(BASE.model().with(BASE.model().channels().withQueryWeight(0.25))),
        SetupPaths.set(BASE, "model.channels.queryWeight", 0.25));
    assertEquals(Method.Kind.TWIN, SetupPaths.set(BASE, "method.kind", "twin").method().kind());
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
            List.of("method.kind", "netflix", "NETFLIX"))) {
      String path = (String) wrong.get(0);
      String message =
          assertThrows(
                  IllegalArgumentException.class, () -> SetupPaths.set(BASE, path, wrong.get(1)))
              .getMessage();
      assertTrue(message.contains(path) && message.contains((String) wrong.get(2)), message);
    }
  }
}
