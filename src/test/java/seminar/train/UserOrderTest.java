package seminar.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserOrderTest {
  private static final int[] USERS = IntStream.range(10, 31).toArray();

  private static UserOrder order(int usersPerBatch) {
    TrainOptions options = new TrainOptions(1, usersPerBatch, 1, 1, Adam.Options.paper(), 3);
    return new UserOrder(USERS, options);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7, 20, 21, 22, Integer.MAX_VALUE - 5, Integer.MAX_VALUE})
  void everyUserIsInOneBatchOfTheEpoch(int usersPerBatch) {
    UserOrder order = order(usersPerBatch);
    int[] epoch = order.of(2);
    int[] visited =
        IntStream.range(0, order.perEpoch())
            .flatMap(number -> Arrays.stream(order.batch(number, epoch)))
            .toArray();
    assertArrayEquals(epoch, visited);
    Arrays.sort(visited);
    assertArrayEquals(USERS, visited);
  }

  @Test
  void theLastBatchHasTheRest() {
    assertEquals(6, order(4).perEpoch());
    assertEquals(1, order(4).batch(5, order(4).of(1)).length);
  }
}
