package seminar.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.data.Histories;

class BatchesTest {
  private static final int[] USERS = IntStream.range(10, 31).toArray();
  private static final Histories HISTORIES = histories();

  /** Event l of user b is of item 10 b + l + 1, and of query 1000 + item. */
  private static Histories histories() {
    Histories.Builder builder = new Histories.Builder(false, false);
    for (int user = 0; user <= 31; user++) {
      builder.user("" + user);
      for (int l = 0; l < 4; l++) {
        builder.add(10 * user + l + 1, 1000 + 10 * user + l + 1);
      }
    }
    return builder.build();
  }

  private static Batches batches(int usersPerBatch) {
    TrainOptions options = new TrainOptions(1, usersPerBatch, 1, 1, Adam.Options.paper(), 3);
    return new Batches(USERS, HISTORIES, options) {
      @Override
      int known(int user) {
        return user % 3;
      }

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
  void theKnownEventsOfTheUsersAreAllThereWhereTheyAreFew() {
    int[] known =
        Arrays.stream(USERS)
            .flatMap(user -> IntStream.range(0, user % 3).map(l -> 10 * user + l + 1))
            .toArray();
    Batches.Events events = batches(4).events("test", known.length);
    assertArrayEquals(known, events.items());
    assertArrayEquals(Arrays.stream(known).map(item -> 1000 + item).toArray(), events.queries());
  }

  @Test
  void ofManyKnownEventsEachIsAsLikely() {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int i = 0; i < 400; i++) {
      for (int item : batches(4).events("test/" + i, 10).items()) {
        counts.merge(item, 1, Integer::sum);
      }
    }
    int[] known = batches(4).events("all", 1000).items();
    assertEquals(Arrays.stream(known).boxed().toList(), List.copyOf(counts.keySet()));
    double expected = 4000.0 / known.length;
    counts.forEach((item, count) -> assertEquals(expected, count, 5 * Math.sqrt(expected)));
  }

  @Test
  void theSameNameDrawsTheSameEvents() {
    int[] once = batches(4).events("a", 10).items();
    assertArrayEquals(once, batches(7).events("a", 10).items());
    assertFalse(Arrays.equals(once, batches(4).events("b", 10).items()));
  }

  @Test
  void theLastBatchHasTheRest() {
    assertEquals(6, batches(4).perEpoch());
    assertEquals(1, batches(4).users(5, batches(4).order(1)).length);
  }
}
