package seminar.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class UserValuesTest {
  @Test
  void averagesTheValuesOfAUserInAnyOrder() {
    UserValues values = UserValues.of(new int[] {7, 2, 7, 5}, new double[] {1, 4, 3, 6});
    assertEquals(new UserValues(new int[] {2, 5, 7}, new double[] {4, 6, 2}), values);
    assertEquals(4, values.mean());
    assertEquals(3, values.size());
  }

  @Test
  void theMeanOfRunsIsTakenUserByUser() {
    UserValues a = new UserValues(new int[] {1, 3}, new double[] {1, 2});
    UserValues b = new UserValues(new int[] {1, 3}, new double[] {3, 6});
    assertEquals(
        new UserValues(new int[] {1, 3}, new double[] {2, 4}), UserValues.mean(List.of(a, b)));
  }

  @Test
  void whatLeavesOrEntersIsACopy() {
    double[] numbers = {1, 2};
    UserValues values = new UserValues(new int[] {1, 2}, numbers);
    numbers[0] = 9;
    values.values()[1] = 9;
    values.users()[0] = 9;
    assertEquals(new UserValues(new int[] {1, 2}, new double[] {1, 2}), values);
  }

  @Test
  void refusesNobodyDisorderAndNotANumber() {
    assertThrows(IllegalArgumentException.class, () -> values(new int[0]));
    assertThrows(IllegalArgumentException.class, () -> values(new int[] {1}, 1, 2));
    assertThrows(IllegalArgumentException.class, () -> values(new int[] {2, 2}, 1, 2));
    assertThrows(IllegalArgumentException.class, () -> values(new int[] {1}, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> UserValues.mean(List.of()));
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                UserValues.mean(
                    List.of(values(new int[] {1, 4}, 1, 2), values(new int[] {1, 5}, 1, 2))));
    assertTrue(e.getMessage().contains("user 5") && e.getMessage().contains("user 4"));
  }

  private static UserValues values(int[] users, double... values) {
    return new UserValues(users, values);
  }
}
