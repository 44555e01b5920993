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
import seminar.math.Workers;

/** Target attention and its options on every backend. */
class BackendAttentionTest {
  private static final int HEADS = 2;
  private final SplittableRandom rng = Rng.stream("test/backend/attention", 7);

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

  /**
   * Histories of lengths 0, 1, K, K + 1 and 2 K + 3; prefixes of one history; none, one and three
   * candidates.
   */
  private static Groups groups(int k) {
    return new Groups(
        new int[] {0, 0, 1, 1 + k, 2 + 2 * k, 2 + 2 * k, 2 + 2 * k, 4 + 2 * k},
        new int[] {0, 1, 1 + k, 2 + 2 * k, 5 + 4 * k, 2 + 2 * k, 3 + 3 * k, 5 + 4 * k},
        new int[] {0, 1, 2, 5, 6, 9, 9, 10, 12},
        new int[] {0, 1, 2, 3, 4, 8});
  }

  /** The row after all events, which {@code withEnd} takes. */
  private static int afterEvents(int k) {
    return 5 + 4 * k;
  }

  private AttentionInput input(int k, int d, int buckets) {
    Groups groups = groups(k);
    int candidates = groups.candidateCount();
    Matrix keys = random(afterEvents(k) + 1, d);
    return new AttentionInput(
        keys, random(candidates, HEADS * d), random(HEADS, buckets), groups, k);
  }

  private AttentionInput searched(AttentionInput input, int buckets) {
    Matrix choosing = random(input.folded().rows(), input.folded().cols());
    return input.searchedBy(choosing, random(HEADS, buckets));
  }

  private AttentionInput inOthers(AttentionInput input) {
    return input.searchedIn(random(input.keys().rows(), input.dims()));
  }

  private AttentionInput padded(AttentionInput input, int length) {
    return input.paddedTo(length, random(input.folded().rows(), HEADS));
  }

  /** Whole numbers, so that a product is the same however it is cut into blocks. */
  private Matrix whole(int rows, int cols) {
    float[] values = new float[rows * cols];
    for (int i = 0; i < values.length; i++) {
      values[i] = rng.nextInt(7) - 3;
    }
    return Matrix.of(rows, cols, values);
  }

  @Test
  void manyCandidatesOfALongHistoryAreScoredInBlocks() {
    int events = 10_000;
    int half = 3_400;
    int d = 4;
    Matrix keys = whole(events, d);
    Matrix folded = whole(2 * half, d);
    Matrix bias = random(1, 12);
    int[] from = {0, 0};
    int[] to = {events, events};
    Groups apart = new Groups(from, to, new int[] {0, half, 2 * half}, new int[] {0, 2});
    Groups one =
        new Groups(new int[] {0}, new int[] {events}, new int[] {0, 2 * half}, new int[] {0, 1});
    Backend.Attention attention = Backends.cpu().on(Workers.common()).attention();
    Matrix expected = random(2 * half, d);
    Matrix pooled = random(2 * half, d);
    Attended ofHalves =
        attention.attend(new AttentionInput(keys, folded, bias, apart, 50), expected);
    Attended ofAll = attention.attend(new AttentionInput(keys, folded, bias, one, 50), pooled);
    assertArrayEquals(ofHalves.selected(), ofAll.selected());
    assertArrayEquals(expected.toArray(), pooled.toArray());
  }

  /** Choice, weights, sums and gradients against loops. */
  private void check(Backend backend, AttentionInput input) {
    NaiveAttention naive = NaiveAttention.of(input);
    Matrix pooled = random(input.folded().rows(), input.folded().cols());
    Attended attended = backend.attention().attend(input, pooled);

    List<int[]> chosen = naive.chosen();
    assertChosen(chosen, attended, input.weighing() == Weighing.SOFTMAX);
    assertClose(naive.pool(chosen), pooled);

    Matrix dPooled = random(pooled.rows(), pooled.cols());
    Matrix dKeys = ones(input.keys().rows(), input.dims());
    Matrix dFolded = ones(pooled.rows(), pooled.cols());
    Matrix dBias = ones(HEADS, input.buckets());
    backend
        .attention()
        .attendBackward(
            input, attended, dPooled, new AttentionInput.Gradient(dKeys, dFolded, dBias));
    Supplier<Table> forward = () -> naive.pool(chosen);
    assertGradient(forward, dPooled, naive.keys(), dKeys);
    assertGradient(forward, dPooled, naive.folded(), dFolded);
    assertGradient(forward, dPooled, naive.bias(), dBias);
  }

  private static void assertChosen(List<int[]> expected, Attended attended, boolean softmax) {
    for (int row = 0; row < expected.size(); row++) {
      int[] real = IntStream.of(expected.get(row)).filter(key -> key >= 0).toArray();
      assertEquals(real.length, attended.kept()[row], "kept of row " + row);
      int cell = row * attended.topK();
      int[] selected = Arrays.copyOfRange(attended.selected(), cell, cell + real.length);
      assertArrayEquals(real, selected, "selected of row " + row);
      double sum = 0;
      for (int i = 0; i < real.length; i++) {
        sum += attended.weights()[cell + i];
      }
      boolean pads = real.length < expected.get(row).length;
      if (softmax) {
        assertTrue(pads || real.length == 0 ? sum < 1 : Math.abs(sum - 1) < 1e-6, "sum " + sum);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void raggedTargetAttention(Backend backend) {
    for (int buckets : new int[] {0, 3}) {
      check(backend, input(3, 9, buckets));
      check(backend, input(1, 32, buckets));
      check(backend, input(4, 40, buckets));
    }
    check(backend, input(40, 9, 1));
    check(backend, input(40, 9, 12)); // more buckets than any distance needs
  }

  @ParameterizedTest
  @MethodSource("backends")
  void othersChooseThanWeigh(Backend backend) {
    check(backend, searched(input(3, 9, 0), 0));
    check(backend, searched(input(3, 9, 3), 3));
    check(backend, searched(input(3, 9, 3), 0));
    check(backend, searched(input(3, 9, 2), 4));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void everyCandidateSeesTheEnd(Backend backend) {
    for (int buckets : new int[] {0, 3}) {
      check(backend, input(3, 9, buckets).withEnd(afterEvents(3)));
      check(backend, searched(input(3, 9, buckets), 3).withEnd(afterEvents(3)));
      check(backend, input(1, 9, buckets).withEnd(afterEvents(1)));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theLatestAreKeptAndTheBestOfTheOlder(Backend backend) {
    for (int latest : new int[] {0, 1, 2, 3}) {
      for (int buckets : new int[] {0, 3}) {
        check(backend, input(3, 9, buckets).keeping(latest));
        check(backend, input(3, 9, buckets).keeping(latest).withEnd(afterEvents(3)));
        check(backend, searched(input(3, 9, buckets), 3).keeping(latest));
      }
      check(backend, input(3, 9, 3).keeping(latest).withWeighing(Weighing.SCORES));
    }
    check(backend, input(11, 40, 3).keeping(5));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theEndIsOneOfTheLatest(Backend backend) {
    float[] keys = {0, 5, 4, 3, 2, 1}; // the end is row 0 and scores least
    AttentionInput input =
        new AttentionInput(Matrix.of(6, 1, keys), ones(1, 1), Matrix.zeros(1, 0), oneGroup(1, 6), 3)
            .withEnd(0);
    Matrix pooled = Matrix.zeros(1, 1);
    assertArrayEquals(new int[] {1, 2, 3}, attend(backend, input, pooled));
    assertArrayEquals(new int[] {1, 2, 0}, attend(backend, input.keeping(1), pooled));
    assertArrayEquals(new int[] {1, 5, 0}, attend(backend, input.keeping(2), pooled));
    assertArrayEquals(new int[] {4, 5, 0}, attend(backend, input.keeping(3), pooled));
  }

  private static int[] attend(Backend backend, AttentionInput input, Matrix pooled) {
    return backend.attention().attend(input, pooled).selected();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void eventsAreChosenByOtherKeysThanAreWeighed(Backend backend) {
    for (int buckets : new int[] {0, 3}) {
      check(backend, inOthers(input(3, 9, buckets)));
      check(backend, inOthers(input(3, 9, buckets).keeping(2)));
      check(backend, inOthers(input(3, 9, buckets).withEnd(afterEvents(3))));
      check(backend, inOthers(searched(input(3, 9, buckets), 2)));
    }
    check(backend, inOthers(input(11, 40, 3)));
    Groups many = new Groups(new int[] {2}, new int[] {30}, new int[] {0, 20}, new int[] {0, 1});
    check(
        backend,
        inOthers(new AttentionInput(random(33, 9), random(20, 18), random(2, 3), many, 5)));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theSameKeysInAnotherPlaceChooseTheSame(Backend backend) {
    AttentionInput input = input(3, 9, 3);
    Matrix copy = Matrix.of(input.keys().rows(), input.dims(), input.keys().toArray());
    Matrix pooled = Matrix.zeros(input.folded().rows(), input.folded().cols());
    assertArrayEquals(
        attend(backend, input, pooled), attend(backend, input.searchedIn(copy), pooled));
  }

  @Test
  void moreLatestThanPlacesAndLatestBesidePadsAreRefused() {
    AttentionInput input = input(3, 9, 0);
    for (int latest : new int[] {-1, 4}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> input.keeping(latest)).getMessage();
      assertTrue(message.contains("topK K") && message.contains("" + latest), message);
    }
    String message =
        assertThrows(IllegalArgumentException.class, () -> padded(input.keeping(2), 5))
            .getMessage();
    assertTrue(message.contains("latest 2") && message.contains("pads up to 5"), message);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void padsCompeteWithEvents(Backend backend) {
    for (int length : new int[] {1, 2, 4, 6, 50}) {
      check(backend, padded(input(3, 9, 0), length));
      check(backend, padded(input(3, 9, 3), length));
      check(backend, padded(searched(input(3, 9, 3), 2), length));
      check(backend, padded(input(3, 9, 3).withEnd(afterEvents(3)), length));
      check(backend, padded(searched(input(3, 9, 3), 3), length).withEnd(afterEvents(3)));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void padsThatScoreHighTakeEveryPlaceAndThatScoreLowOnlyEmptyOnes(Backend backend) {
    AttentionInput input = input(3, 9, 0);
    int candidates = input.folded().rows();
    float[] high = new float[candidates * HEADS];
    Arrays.fill(high, 1e6f);
    float[] low = new float[candidates * HEADS];
    Arrays.fill(low, -1e6f);
    Matrix pooled = random(candidates, input.folded().cols());

    Attended none =
        backend.attention().attend(input.paddedTo(50, Matrix.of(candidates, HEADS, high)), pooled);
    assertArrayEquals(new int[candidates * HEADS], none.kept());
    assertArrayEquals(new float[pooled.length()], pooled.toArray(), "pads are zero vectors");

    Matrix unpadded = random(candidates, input.folded().cols());
    backend.attention().attend(input, unpadded);
    AttentionInput enough = input.paddedTo(3, Matrix.of(candidates, HEADS, low));
    Attended all = backend.attention().attend(enough, pooled);
    check(backend, enough);
    for (int c = 2; c < candidates; c++) { // histories of K events and more have no pad to choose
      assertEquals(3, all.kept()[c * HEADS]);
      assertArrayEquals(unpadded.rows(c, c + 1).toArray(), pooled.rows(c, c + 1).toArray());
    }
  }

  /** Some events of each row, in the order of age; none of every fifth row. */
  private Choice someEvents(Groups groups, int k) {
    int rows = groups.candidateCount();
    int[] kept = new int[rows];
    int[] selected = new int[rows * k];
    for (int g = 0; g < groups.groupCount(); g++) {
      for (int c = groups.candidates()[g]; c < groups.candidates()[g + 1]; c++) {
        for (int key = groups.keyFrom()[g]; key < groups.keyTo()[g]; key++) {
          if (kept[c] < k && c % 5 != 4 && rng.nextBoolean()) {
            selected[c * k + kept[c]++] = key;
          }
        }
      }
    }
    return new Choice(kept, selected);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void eventsChosenBeforehandAreWeighedOnly(Backend backend) {
    for (int buckets : new int[] {0, 3}) {
      AttentionInput input = input(3, 9, buckets);
      Choice choice = someEvents(input.groups(), 3).forHeads(HEADS);
      for (Weighing weighing : Weighing.values()) {
        check(backend, input.chosen(choice).withWeighing(weighing));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theBestEventsAreWeighedByTheirScoresOrAlike(Backend backend) {
    check(backend, input(3, 9, 3).withWeighing(Weighing.SCORES));
    check(backend, input(11, 40, 0).withWeighing(Weighing.SCORES));
    check(backend, input(3, 9, 3).withWeighing(Weighing.ONES));
    check(backend, searched(input(3, 9, 3), 3).withWeighing(Weighing.SCORES));
  }

  @Test
  void aChoiceThatDoesNotFitIsRefused() {
    AttentionInput input = input(3, 9, 0);
    int rows = input.folded().rows() * HEADS;
    assertThrows(
        IllegalArgumentException.class,
        () -> input.chosen(new Choice(new int[rows - 1], new int[3 * rows])));
    int[] kept = new int[rows];
    kept[2 * HEADS] = 1; // its events begin after key 0
    AttentionInput strange = input.chosen(new Choice(kept, new int[3 * rows]));
    Matrix pooled = Matrix.zeros(input.folded().rows(), input.folded().cols());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Contract.reference().attention().attend(strange, pooled))
            .getMessage();
    assertTrue(message.contains("attends to key 0"), message);
  }

  private static Groups oneGroup(int from, int to) {
    return new Groups(new int[] {from}, new int[] {to}, new int[] {0, 1}, new int[] {0, 1});
  }

  @ParameterizedTest
  @MethodSource("backends")
  void ofEqualScoresTheOlderEventsAreKept(Backend backend) {
    Matrix pooled = Matrix.zeros(1, 8);
    AttentionInput input =
        new AttentionInput(ones(6, 8), ones(1, 8), Matrix.zeros(1, 0), oneGroup(1, 6), 3);
    Attended attended = backend.attention().attend(input, pooled);
    assertArrayEquals(new int[] {1, 2, 3}, attended.selected());
    assertArrayEquals(new float[] {1 / 3f, 1 / 3f, 1 / 3f}, attended.weights(), 1e-6f);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void ofEqualScoresPadsAreKeptFirstAndTheEndLast(Backend backend) {
    Matrix pooled = Matrix.zeros(1, 8);
    AttentionInput input =
        new AttentionInput(ones(4, 8), ones(1, 8), Matrix.zeros(1, 0), oneGroup(1, 4), 4)
            .withEnd(0);
    assertArrayEquals(new int[] {1, 2, 3, 0}, backend.attention().attend(input, pooled).selected());

    AttentionInput padded = input.paddedTo(5, Matrix.of(1, 1, 8));
    Attended attended = backend.attention().attend(padded, pooled);
    assertArrayEquals(new int[] {2}, attended.kept());
    assertArrayEquals(new int[] {1, 2, 0, 0}, attended.selected());
    float share = (float) (Math.exp(8) / (2 * Math.exp(8) + 2));
    assertArrayEquals(new float[] {share, share, 0, 0}, attended.weights(), 1e-6f);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void noCandidatesAndNoHistories(Backend backend) {
    Groups none = new Groups(new int[0], new int[0], new int[] {0}, new int[] {0});
    Matrix nothing = Matrix.zeros(0, 8);
    AttentionInput input =
        new AttentionInput(random(3, 4), nothing, Matrix.zeros(2, 3), none, 2).withEnd(0);
    Attended attended = backend.attention().attend(input, nothing);
    Matrix dKeys = ones(3, 4);
    backend
        .attention()
        .attendBackward(
            input,
            attended,
            nothing,
            new AttentionInput.Gradient(dKeys, nothing, Matrix.zeros(2, 3)));
    assertArrayEquals(ones(3, 4).toArray(), dKeys.toArray());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void manyHistoriesOnAllBackendsAlike(Backend backend) {
    int users = 40;
    int events = 70;
    int d = 64;
    int[] from = IntStream.range(0, users).map(b -> b * events).toArray();
    int[] to = IntStream.range(0, users).map(b -> b * events + 31 + b).toArray();
    int[] candidates = IntStream.rangeClosed(0, users).map(b -> 2 * b).toArray();
    Groups groups = new Groups(from, to, candidates, IntStream.rangeClosed(0, users).toArray());
    int end = users * events;
    AttentionInput input =
        new AttentionInput(random(end + 1, d), random(2 * users, 4 * d), random(4, 6), groups, 40)
            .withEnd(end)
            .paddedTo(50, random(2 * users, 4));
    Matrix dPooled = random(2 * users, 4 * d);
    float[][] expected = results(Contract.reference(), input, dPooled);
    float[][] actual = results(backend, input, dPooled);
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i], Contract.isCpu(backend) ? 0 : 2e-4f);
    }
  }

  private static float[][] results(Backend backend, AttentionInput input, Matrix dPooled) {
    Matrix pooled = Matrix.zeros(dPooled.rows(), dPooled.cols());
    Attended attended = backend.attention().attend(input, pooled);
    AttentionInput.Gradient gradient =
        new AttentionInput.Gradient(
            ones(input.keys().rows(), input.dims()),
            ones(dPooled.rows(), dPooled.cols()),
            ones(input.heads(), input.buckets()));
    backend.attention().attendBackward(input, attended, dPooled, gradient);
    return new float[][] {
      pooled.toArray(),
      attended.weights(),
      gradient.keys().toArray(),
      gradient.folded().toArray(),
      gradient.bias().toArray()
    };
  }

  @Test
  void anEndAmongTheEventsOrBeyondTheKeysIsRefused() {
    AttentionInput input = input(3, 9, 0);
    assertThrows(IllegalArgumentException.class, () -> input.withEnd(0));
    assertThrows(IllegalArgumentException.class, () -> input.withEnd(input.keys().rows()));
  }

  @Test
  void shapesThatDoNotBelongTogetherAreRefused() {
    AttentionInput input = input(3, 9, 0);
    assertThrows(IllegalArgumentException.class, () -> input.paddedTo(5, Matrix.zeros(1, HEADS)));
    assertThrows(
        IllegalArgumentException.class,
        () -> input.searchedBy(Matrix.zeros(1, 2 * 9), Matrix.zeros(HEADS, 0)));
    int keys = input.keys().rows();
    assertThrows(IllegalArgumentException.class, () -> input.searchedIn(Matrix.zeros(keys - 1, 9)));
    assertThrows(IllegalArgumentException.class, () -> input.searchedIn(Matrix.zeros(keys, 8)));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aPadScoreThatIsNotANumberIsRefused(Backend backend) {
    AttentionInput input =
        new AttentionInput(ones(4, 8), ones(1, 8), Matrix.zeros(1, 0), oneGroup(1, 4), 4)
            .paddedTo(5, Matrix.of(1, 1, Float.NaN));
    assertThrows(
        IllegalArgumentException.class,
        () -> backend.attention().attend(input, Matrix.zeros(1, 8)));
  }
}
