package seminar.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

class AucBootstrapTest {
  private static final PairedBootstrap.Options OPTIONS = new PairedBootstrap.Options(400, 0.95, 1);
  private static final int USERS = 60;
  private static final int EACH = 8;
  private final SplittableRandom rng = Rng.stream("test/auc-bootstrap", 4);

  private final int[] users = new int[USERS * EACH];
  private final boolean[] clicked = new boolean[users.length];

  AucBootstrapTest() {
    for (int i = 0; i < users.length; i++) {
      users[i] = 7 + 3 * (i % USERS); // numbers with gaps, users not beside each other
      clicked[i] = rng.nextInt(3) == 0;
    }
  }

  /** Scores that know the answer so well; rounded, so that some are equal. */
  private float[] scores(double knowing) {
    float[] scores = new float[users.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.round(20 * (knowing * (clicked[i] ? 1 : 0) + rng.nextDouble())) / 20f;
    }
    return scores;
  }

  private PairedBootstrap of(List<float[]> first, List<float[]> second) {
    return AucBootstrap.of(users, clicked, first, second, OPTIONS);
  }

  @Test
  void theDifferenceIsThatOfTheAreasAndTheIntervalHoldsIt() {
    float[] good = scores(0.6);
    float[] poor = scores(0.1);
    PairedBootstrap of = of(List.of(good), List.of(poor));
    assertEquals(Auc.of(good, clicked) - Auc.of(poor, clicked), of.difference(), 1e-12);
    assertTrue(0 < of.low() && of.low() < of.difference() && of.difference() < of.high());
    assertEquals(USERS, of.users());
    PairedBootstrap turned = of(List.of(poor), List.of(good));
    assertEquals(-of.low(), turned.high(), 1e-12, "both on the same draws");
    PairedBootstrap same = of(List.of(good), List.of(good.clone()));
    assertEquals(0, same.high() - same.low(), 1e-12);
    assertTrue(Math.abs(of(List.of(scores(0.3)), List.of(scores(0.3))).difference()) < 0.1);
  }

  /** Repeating the exposures of a user is what drawing this user again does. */
  @Test
  void aDrawIsTheAreaOverTheExposuresOfTheDrawnUsers() {
    float[] scores = scores(0.4);
    float[] constant = new float[scores.length]; // its area is one half in every draw
    PairedBootstrap.Options one = new PairedBootstrap.Options(100, 0.9, 3);
    PairedBootstrap of = AucBootstrap.of(users, clicked, List.of(scores), List.of(constant), one);
    double[] expected = new double[100];
    for (int draw = 0; draw < expected.length; draw++) {
      SplittableRandom own = Rng.stream("bootstrap/auc/" + draw, 3);
      float[] many = new float[users.length * USERS];
      boolean[] labels = new boolean[many.length];
      int n = 0;
      for (int i = 0; i < USERS; i++) {
        int user = 7 + 3 * own.nextInt(USERS);
        for (int e = 0; e < users.length; e++) {
          if (users[e] == user) {
            many[n] = scores[e];
            labels[n++] = clicked[e];
          }
        }
      }
      expected[draw] = Auc.of(Arrays.copyOf(many, n), Arrays.copyOf(labels, n)) - 0.5;
    }
    Arrays.sort(expected);
    assertTrue(of.low() >= expected[4] - 1e-12 && of.low() <= expected[5] + 1e-12);
    assertTrue(of.high() >= expected[94] - 1e-12 && of.high() <= expected[95] + 1e-12);
  }

  @Test
  void seedsThatDifferMakeTheIntervalWider() {
    List<float[]> apart = List.of(scores(0.2), scores(0.8));
    List<float[]> other = List.of(scores(0.5));
    PairedBootstrap both = of(apart, other);
    PairedBootstrap alone = of(apart.subList(0, 1), other);
    assertTrue(both.high() - both.low() > alone.high() - alone.low() + 0.1);
    assertThrows(IllegalArgumentException.class, () -> of(List.of(), other));
    assertThrows(IllegalArgumentException.class, () -> of(List.of(new float[3]), other));
  }
}
