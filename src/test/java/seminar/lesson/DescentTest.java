package seminar.lesson;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seminar.loss.AlignmentOptions;
import seminar.loss.AlignmentTarget;
import seminar.loss.RelevanceForm;

/** What losses do to vectors that follow them. */
class DescentTest {
  @ParameterizedTest
  @EnumSource(RelevanceForm.class)
  void onlyTheInvertedRelevanceDrivesAQueryFromItsItem(RelevanceForm form) {
    Descent descent = Descent.relevance(form, 300, 0.1, 1);
    assertTrue(descent.loss().getLast() < descent.loss().getFirst(), "a loss falls");
    double apart = descent.own().getLast() - descent.others().getLast();
    assertEquals(form != RelevanceForm.INVERTED, apart > 0, form + ": " + apart);
    assertTrue(Math.abs(apart) > 0.3, form + ": " + apart);
  }

  @Test
  void theReleasedTargetUndoesAnAlignment() {
    AlignmentOptions uniform = new AlignmentOptions(16, 0.05, AlignmentTarget.NEAR_UNIFORM);
    Descent released = Descent.alignment(uniform, 300, 0.5, 1);
    Descent paper = Descent.alignment(AlignmentOptions.paper(), 300, 0.5, 1);
    assertEquals(paper.own().getFirst(), released.own().getFirst());
    assertTrue(paper.own().getFirst() > 0.7);
    assertTrue(released.loss().getLast() < released.loss().getFirst());
    double apart = released.own().getLast() - released.others().getLast();
    assertTrue(apart < 0.1, "released: " + apart);
    assertTrue(paper.own().getLast() - paper.others().getLast() > 0.7);
  }

  @Test
  void theReleasedTargetIsNearlyUniform() {
    double[][] wanted =
        Descent.wanted(new AlignmentOptions(16, 0.05, AlignmentTarget.NEAR_UNIFORM), 8, 1);
    for (double[] row : wanted) {
      assertEquals(1, Arrays.stream(row).sum(), 1e-6);
      assertTrue(Arrays.stream(row).allMatch(share -> Math.abs(share - 0.125) < 0.01));
    }
    assertThrows(
        IllegalArgumentException.class, () -> Descent.wanted(AlignmentOptions.paper(), 17, 1));
    assertThrows(
        IllegalArgumentException.class, () -> Descent.relevance(RelevanceForm.BINARY, 0, 1, 1));
  }
}
