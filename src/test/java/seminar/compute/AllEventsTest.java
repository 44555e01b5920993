package seminar.compute;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static seminar.compute.Contract.assertClose;
import static seminar.compute.Contract.assertGradient;
import static seminar.compute.Contract.ones;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.Naive.Table;
import seminar.math.Rng;

/** Attention over all events on every backend. */
class AllEventsTest {
  private final SplittableRandom rng = Rng.stream("test/backend/all", 7);

  @BeforeAll
  static void assumeDevice() {
    Contract.assumeDevice();
  }

  static Stream<Backend> backends() {
    return Contract.backends();
  }

  private Matrix random(int rows, int cols) {
    return Contract.random(rng, rows, cols);
  }

  /** Histories of 0, 1, 7 and 20 events; prefixes of the last; no, one, three and 30 candidates. */
  private static Groups groups() {
    return new Groups(
        new int[] {0, 0, 1, 8, 8, 8},
        new int[] {0, 1, 8, 9, 20, 28},
        new int[] {0, 1, 2, 5, 5, 35, 36},
        new int[] {0, 1, 2, 3, 6});
  }

  private AllEvents input(int heads, int d, int buckets) {
    Groups groups = groups();
    int candidates = groups.candidateCount();
    return new AllEvents(
        random(28, d), random(candidates, heads * d), random(heads, buckets), groups);
  }

  private static AttentionInput withEveryPlace(AllEvents input) {
    int most = Math.max(1, input.groups().mostEvents());
    return new AttentionInput(input.keys(), input.folded(), input.bias(), input.groups(), most);
  }

  private void check(Backend backend, AllEvents input) {
    NaiveAttention naive = NaiveAttention.of(withEveryPlace(input));
    List<int[]> all = naive.chosen();
    Matrix pooled = random(input.folded().rows(), input.folded().cols());
    backend.attention().attendAll(input, pooled);
    assertClose(naive.pool(all), pooled);

    Matrix dPooled = random(pooled.rows(), pooled.cols());
    Matrix dKeys = ones(input.keys().rows(), input.dims());
    Matrix dFolded = ones(pooled.rows(), pooled.cols());
    Matrix dBias = ones(input.heads(), input.buckets());
    backend
        .attention()
        .attendAllBackward(
            input, pooled, dPooled, new AttentionInput.Gradient(dKeys, dFolded, dBias));
    Supplier<Table> forward = () -> naive.pool(all);
    assertGradient(forward, dPooled, naive.keys(), dKeys);
    assertGradient(forward, dPooled, naive.folded(), dFolded);
    assertGradient(forward, dPooled, naive.bias(), dBias);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void agreesWithLoopsAndDifferences(Backend backend) {
    for (int buckets : new int[] {0, 1, 3, 9}) {
      check(backend, input(3, 5, buckets)); // 90 rows of one group: more than a block
    }
    check(backend, input(1, 12, 2));
  }

  /**
   * Requests of one history that see nearly the same, one that sees nothing, and another history.
   */
  private static Groups neighbours() {
    return new Groups(
        new int[] {0, 0, 2, 3, 3, 14},
        new int[] {10, 11, 12, 12, 3, 16},
        new int[] {0, 2, 5, 7, 9, 10, 12},
        new int[] {0, 5, 6});
  }

  @ParameterizedTest
  @MethodSource("backends")
  void requestsThatSeeNearlyTheSameShareABlock(Backend backend) {
    Groups groups = neighbours();
    for (int buckets : new int[] {0, 3}) {
      AllEvents input = new AllEvents(random(16, 5), random(12, 3 * 5), random(3, buckets), groups);
      check(backend, input);
      List<RowBlock> blocks = RowBlock.of(input, 0, 6);
      assertEquals(List.of(new RowBlock(0, 0, 30, 0, 12), new RowBlock(5, 30, 6, 14, 16)), blocks);
    }
  }

  @Test
  void aBlockHasSoManyRowsAtMost() {
    List<RowBlock> blocks = RowBlock.of(input(3, 4, 0), 0, 6);
    assertEquals(36 * 3, blocks.stream().mapToInt(RowBlock::rows).sum());
    assertEquals(AllEvents.ROWS, blocks.stream().mapToInt(RowBlock::rows).max().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void isTargetAttentionThatKeepsEverything(Backend backend) {
    AllEvents input = input(4, 40, 4);
    Matrix dPooled = random(input.folded().rows(), input.folded().cols());
    Matrix pooled = Matrix.zeros(dPooled.rows(), dPooled.cols());
    AttentionInput chosen = withEveryPlace(input);
    Attended attended = backend.attention().attend(chosen, pooled);
    AttentionInput.Gradient expected = gradient(input);
    backend.attention().attendBackward(chosen, attended, dPooled, expected);

    float[][] actual = results(backend, input, dPooled);
    assertArrayEquals(pooled.toArray(), actual[0], 1e-5f);
    assertArrayEquals(expected.keys().toArray(), actual[1], 2e-4f);
    assertArrayEquals(expected.folded().toArray(), actual[2], 2e-4f);
    assertArrayEquals(expected.bias().toArray(), actual[3], 2e-4f);
  }

  private static AttentionInput.Gradient gradient(AllEvents input) {
    return new AttentionInput.Gradient(
        ones(input.keys().rows(), input.dims()),
        ones(input.folded().rows(), input.folded().cols()),
        ones(input.heads(), input.buckets()));
  }

  private static float[][] results(Backend backend, AllEvents input, Matrix dPooled) {
    Matrix pooled = Matrix.zeros(dPooled.rows(), dPooled.cols());
    AttentionInput.Gradient gradient = gradient(input);
    backend.attention().attendAll(input, pooled);
    backend.attention().attendAllBackward(input, pooled, dPooled, gradient);
    return new float[][] {
      pooled.toArray(),
      gradient.keys().toArray(),
      gradient.folded().toArray(),
      gradient.bias().toArray()
    };
  }

  @ParameterizedTest
  @MethodSource("backends")
  void manyHistoriesOnAllBackendsAlike(Backend backend) {
    int users = 40;
    int events = 300;
    int d = 64;
    int[] from = IntStream.range(0, users).map(b -> b * events).toArray();
    int[] to = IntStream.range(0, users).map(b -> b * events + 231 + b).toArray();
    int[] candidates = IntStream.rangeClosed(0, users).map(b -> 5 * b).toArray();
    Groups groups = new Groups(from, to, candidates, IntStream.rangeClosed(0, users).toArray());
    AllEvents input =
        new AllEvents(random(users * events, d), random(5 * users, 4 * d), random(4, 6), groups);
    Matrix dPooled = random(5 * users, 4 * d);
    float[][] expected = results(Contract.reference(), input, dPooled);
    float[][] actual = results(backend, input, dPooled);
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i], Contract.isCpu(backend) ? 0 : 2e-3f);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void scoresFarApartAndNothingAtAll(Backend backend) {
    Groups one = new Groups(new int[] {0}, new int[] {3}, new int[] {0, 1}, new int[] {0, 1});
    Matrix keys = Matrix.of(3, 1, -1e4f, 1e4f, 0f);
    Matrix pooled = Matrix.zeros(1, 1);
    AllEvents far = new AllEvents(keys, ones(1, 1), Matrix.zeros(1, 0), one);
    backend.attention().attendAll(far, pooled);
    assertArrayEquals(new float[] {1e4f}, pooled.toArray());

    Groups none = new Groups(new int[0], new int[0], new int[] {0}, new int[] {0});
    Matrix nothing = Matrix.zeros(0, 8);
    AllEvents empty = new AllEvents(random(3, 4), nothing, Matrix.zeros(2, 3), none);
    float[][] results = results(backend, empty, nothing);
    float[] untouched = new float[12];
    Arrays.fill(untouched, 1);
    assertArrayEquals(untouched, results[1]);
  }

  @Test
  void shapesThatDoNotBelongTogetherAreRefused() {
    AllEvents input = input(2, 4, 3);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new AllEvents(input.keys(), random(3, 8), input.bias(), input.groups()))
            .getMessage();
    assertTrue(message.contains("rows of folded") && message.contains("3"), message);
    assertThrows(
        IllegalArgumentException.class,
        () -> new AllEvents(input.keys(), input.folded(), random(3, 3), input.groups()));
  }
}
