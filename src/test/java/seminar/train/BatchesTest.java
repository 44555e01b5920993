package seminar.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchesTest {
  private static final int[] USERS = IntStream.range(10, 31).toArray();

  private static Batches batches(int usersPerBatch) {
    TrainOptions options = new TrainOptions(1, usersPerBatch, 1, 1, Adam.Options.paper(), 3);
    return new Batches(USERS, options) {
      @Override
      public LabelledBatch batch(int epoch, int number, int[] order) {
        throw new AssertionError("no batch is asked for here");
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 7, 20, 21, 22, Integer.MAX_VALUE - 5, Integer.MAX_VALUE})
  void everyUserIsInOneBatchOfTheEpoch(int usersPerBatch) {
    Batches batches = batches(usersPerBatch);
    int[] epoch = batches.order(2);
    int[] visited =
        IntStream.range(0, batches.perEpoch())
            .flatMap(number -> Arrays.stream(batches.users(number, epoch)))
            .toArray();
    assertArrayEquals(epoch, visited);
    Arrays.sort(visited);
    assertArrayEquals(USERS, visited);
  }

  @Test
  void theLastBatchHasTheRest() {
    assertEquals(6, batches(4).perEpoch());
    assertEquals(1, batches(4).users(5, batches(4).order(1)).length);
  }
}
