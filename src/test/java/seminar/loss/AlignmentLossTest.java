package seminar.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.compute.Backend;
import seminar.compute.Backends;
import seminar.compute.Matrix;
import seminar.compute.Ragged;
import seminar.math.GradientCheck;
import seminar.math.Vectors;
import seminar.math.Workers;

/** L_align against its formula, the oracle of another program, and central differences. */
class AlignmentLossTest {
  private static final int[] LENGTHS = {9, 0, 1, 4, 17};

  /** How many distinct items and dims the random cases have. */
  private static final int ROWS = 13;

  private static final int DIMS = 8;

  static Stream<Backend> backends() {
    return Stream.of(Backends.cpu().on(Workers.of(1)), Backends.nd4j().on(Workers.common()));
  }

  private static AlignmentCase oracleCase() {
    JsonNode json = Json.oracle("alignment.json");
    int n = json.get("item").size();
    boolean[][] present = new boolean[3][n];
    double[][] channels = new double[3][];
    String[] names = {"T", "I", "A"};
    for (int m = 0; m < 3; m++) {
      channels[m] = Json.flat(json.get(names[m]));
      for (int i = 0; i < n; i++) {
        present[m][i] = json.get("has").get(names[m]).get(i).asInt() == 1;
      }
    }
    double[] temperature = {json.get("tau").asDouble()};
    double[] values =
        Stream.concat(Arrays.stream(channels), Stream.of(temperature))
            .flatMapToDouble(DoubleStream::of)
            .toArray();
    int[] rows = IntStream.range(0, n).toArray();
    AlignmentOptions options =
        new AlignmentOptions(json.get("chunk").asInt(), temperature[0], AlignmentTarget.PAIRS);
    return new AlignmentCase(
        values, present, new Ragged(new int[] {0, n}, rows), Json.ints(json.get("item")), options);
  }

  private static AlignmentCase randomCase(AlignmentTarget target) {
    return AlignmentCase.random("align", ROWS, DIMS, LENGTHS, new AlignmentOptions(5, 0.1, target));
  }

  @Test
  void theFormulaAgreesWithTheOracle() {
    JsonNode expected = Json.oracle("alignment.json").get("expected");
    AlignmentCase c = oracleCase();
    Num[] v = Num.variables(c.values());
    String[] order = {"TI@0", "TA@0", "IA@0", "TI@4", "TA@4", "IA@4"};
    for (int i = 0; i < order.length; i++) {
      assertEquals(
          expected.get("terms").get(order[i]).asDouble(), c.terms(v).get(i).value(), 1e-10);
    }
    assertEquals(expected.get("loss").asDouble(), c.loss(v).value(), 1e-10);
    double[] gradient = c.gradient();
    JsonNode grad = expected.get("grad");
    double[] all =
        Stream.of("T", "I", "A")
            .flatMapToDouble(m -> DoubleStream.of(Json.flat(grad.get(m))))
            .toArray();
    assertArrayEquals(all, Arrays.copyOf(gradient, all.length), 1e-10);
  }

  @ParameterizedTest
  @EnumSource
  void theGradientOfTheFormulaAgreesWithCentralDifferences(AlignmentTarget target) {
    AlignmentCase c =
        AlignmentCase.random(
            "differences", 6, 4, new int[] {5, 4}, new AlignmentOptions(4, 0.2, target));
    GradientCheck check = GradientCheck.of(c::value, c.values().clone(), c.gradient(), 1e-5);
    assertTrue(check.error() < 1e-6, check.toString());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theLossAgreesWithItsFormula(Backend backend) {
    assertAgrees(backend, oracleCase(), 1);
    assertAgrees(backend, randomCase(AlignmentTarget.PAIRS), 1);
    assertAgrees(backend, randomCase(AlignmentTarget.NEAR_UNIFORM), 1);
    assertAgrees(backend, randomCase(AlignmentTarget.PAIRS), 0.25);
  }

  private static void assertAgrees(Backend backend, AlignmentCase c, double weight) {
    AlignmentLoss loss = new AlignmentLoss(backend, Workers.of(1), c.options());
    Matrix[] gradient = c.zeros();
    AlignmentLoss.Value value = loss.of(c.input(), c.options().temperature(), weight, gradient);
    Num[] v = Num.variables(c.values());
    double[] expected = c.gradient();
    assertEquals(c.terms(v).size(), value.terms());
    assertEquals(c.loss(v).value(), value.loss(), 1e-4);
    double slope = expected[expected.length - 1];
    assertEquals(slope, value.dTemperature(), 1e-4 * (1 + Math.abs(slope)));
    int at = 0;
    for (Matrix modality : gradient) {
      for (float g : modality.toArray()) {
        assertEquals(weight * expected[at++], g, 1e-4);
      }
    }
  }

  @Test
  void theGradientIsAddedToWhatIsThere() {
    AlignmentCase c = oracleCase();
    AlignmentLoss loss =
        new AlignmentLoss(Backends.cpu().on(Workers.of(1)), Workers.of(1), c.options());
    Matrix[] once = c.zeros();
    loss.of(c.input(), 0.07, 1, once);
    Matrix[] twice = c.zeros();
    loss.of(c.input(), 0.07, 1, twice);
    loss.of(c.input(), 0.07, 1, twice);
    assertEquals(2 * once[0].get(0, 0), twice[0].get(0, 0), 1e-6);
  }

  @ParameterizedTest
  @EnumSource
  void manyThreadsGiveTheBitsOfOne(AlignmentTarget target) {
    AlignmentCase c =
        AlignmentCase.random(
            "threads", 40, 24, new int[] {60, 3, 90, 41}, new AlignmentOptions(7, 0.07, target));
    try (Workers one = Workers.of(1);
        Workers four = Workers.of(4)) {
      Matrix[] alone = c.zeros();
      Matrix[] together = c.zeros();
      assertEquals(
          new AlignmentLoss(Backends.cpu().on(one), one, c.options()).of(c.input(), 0.07, 1, alone),
          new AlignmentLoss(Backends.cpu().on(four), four, c.options())
              .of(c.input(), 0.07, 1, together));
      for (int m = 0; m < alone.length; m++) {
        assertArrayEquals(alone[m].toArray(), together[m].toArray());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasComputedBeforeLeavesNoTrace(AlignmentTarget target) {
    AlignmentOptions options = new AlignmentOptions(20, 0.07, target);
    AlignmentCase large = AlignmentCase.random("large", 40, 24, new int[] {60, 20}, options);
    AlignmentCase small = AlignmentCase.random("small", 9, 24, new int[] {13, 7}, options);
    AlignmentCase narrow = AlignmentCase.random("narrow", 9, 5, new int[] {13, 7}, options);
    AlignmentLoss used =
        new AlignmentLoss(Backends.cpu().on(Workers.of(1)), Workers.of(1), options);
    for (AlignmentCase c : new AlignmentCase[] {large, small, narrow, small, large}) {
      AlignmentLoss fresh =
          new AlignmentLoss(Backends.cpu().on(Workers.of(1)), Workers.of(1), options);
      Matrix[] expected = c.zeros();
      Matrix[] actual = c.zeros();
      assertEquals(fresh.of(c.input(), 0.07, 1, expected), used.of(c.input(), 0.07, 1, actual));
      for (int m = 0; m < expected.length; m++) {
        assertArrayEquals(expected[m].toArray(), actual[m].toArray());
      }
    }
  }

  /** All cosines are −1: their exponentials without a shift are e^−200 or so. */
  @Test
  void noRowVanishesAtTheLowestTemperature() {
    Matrix[] opposite = {
      Matrix.of(3, 2, 1, 2, 1, 2, 1, 2), Matrix.of(3, 2, -1, -2, -1, -2, -1, -2)
    };
    int[] events = {0, 1, 2};
    Matrix[] gradient = twoGradients();
    AlignmentLoss.Value value =
        new AlignmentLoss(
                Backends.cpu().on(Workers.of(1)),
                Workers.of(1),
                new AlignmentOptions(4, 0.07, AlignmentTarget.PAIRS))
            .of(
                new AlignmentInput(opposite, all(), new Ragged(new int[] {0, 3}, events), events),
                AlignmentOptions.LOWEST_TEMPERATURE,
                1,
                gradient);
    assertEquals(Math.log(3), value.loss(), 1e-6);
    assertEquals(0, value.dTemperature(), 1e-3);
    for (Matrix g : gradient) {
      assertArrayEquals(new float[6], g.toArray(), 1e-4f);
    }
  }

  private static AlignmentLoss.Value pairs(
      Matrix[] channels, boolean[][] present, Ragged histories, int[] items, Matrix[] gradient) {
    AlignmentOptions options = new AlignmentOptions(4, 0.07, AlignmentTarget.PAIRS);
    return new AlignmentLoss(Backends.cpu().on(Workers.of(1)), Workers.of(1), options)
        .of(new AlignmentInput(channels, present, histories, items), 0.07, 1, gradient);
  }

  private static Matrix[] twoChannels() {
    return new Matrix[] {Matrix.of(3, 2, 1, 2, 3, -1, 0.5f, 4), Matrix.of(3, 2, -2, 1, 1, 1, 3, 0)};
  }

  private static Matrix[] twoGradients() {
    return new Matrix[] {Matrix.zeros(3, 2), Matrix.zeros(3, 2)};
  }

  private static boolean[][] all() {
    return new boolean[][] {{true, true, true}, {true, true, true}};
  }

  private static void assertNothing(AlignmentLoss.Value value, Matrix[] gradient) {
    assertEquals(new AlignmentLoss.Value(0, 0, 0), value);
    for (Matrix g : gradient) {
      assertArrayEquals(new float[6], g.toArray());
    }
  }

  @Test
  void withoutTwoEventsInAChunkThereIsNoTermAndNoGradient() {
    Matrix[] gradient = twoGradients();
    int[] none = {};
    assertNothing(
        pairs(twoChannels(), all(), new Ragged(new int[] {0, 0}, none), none, gradient), gradient);
    int[] apart = {0, 1, 2};
    Ragged lonely = new Ragged(new int[] {0, 1, 1, 2, 3}, apart);
    assertNothing(pairs(twoChannels(), all(), lonely, apart, gradient), gradient);
  }

  @Test
  void aChunkOfOneItemHasNothingToTellApart() {
    Matrix[] gradient = twoGradients();
    int[] same = {1, 1, 1};
    AlignmentLoss.Value value =
        pairs(twoChannels(), all(), new Ragged(new int[] {0, 3}, same), same, gradient);
    assertEquals(1, value.terms());
    assertEquals(0, value.loss(), 1e-12);
    assertEquals(0, value.dTemperature(), 1e-12);
    assertArrayEquals(new float[6], gradient[0].toArray());
  }

  @Test
  void aModalityThatNobodyHasGivesNoTermAndIsNotReadAsZero() {
    Matrix[] gradient = twoGradients();
    boolean[][] present = {{true, true, true}, {false, false, false}};
    int[] events = {0, 1, 2};
    Ragged one = new Ragged(new int[] {0, 3}, events);
    assertNothing(pairs(twoChannels(), present, one, events, gradient), gradient);
    Matrix[] zero = {twoChannels()[0], Matrix.zeros(3, 2)};
    assertNothing(pairs(zero, all(), one, events, gradient), gradient);
  }

  @Test
  void aMissingModalityDoesNotChangeTheOthers() {
    int[] three = {0, 1, 2};
    Matrix[] with = twoGradients();
    boolean[][] present = {{true, true, true}, {true, false, true}};
    AlignmentLoss.Value value =
        pairs(twoChannels(), present, new Ragged(new int[] {0, 3}, three), three, with);
    int[] two = {0, 2};
    Matrix[] without = twoGradients();
    assertEquals(
        pairs(twoChannels(), all(), new Ragged(new int[] {0, 2}, two), two, without), value);
    assertArrayEquals(without[0].toArray(), with[0].toArray());
  }

  @Test
  void alignedPairsCostNothingAndRandomOnesAboutTheLogOfTheChunk() {
    AlignmentCase c = AlignmentCase.random("log", 64, 64, new int[] {0}, AlignmentOptions.paper());
    Matrix[] channels = {c.input().channels()[0], c.input().channels()[0]};
    boolean[][] present = new boolean[2][64];
    Arrays.fill(present[0], true);
    Arrays.fill(present[1], true);
    int[] events = IntStream.range(0, 64).toArray();
    Ragged history = new Ragged(new int[] {0, 64}, events);
    AlignmentLoss loss =
        new AlignmentLoss(
            Backends.cpu().on(Workers.of(1)),
            Workers.of(1),
            new AlignmentOptions(64, 0.07, AlignmentTarget.PAIRS));
    double aligned =
        loss.of(AlignmentInput.ofDistinctItems(channels, present, history), 0.07, 1, c.zeros(2))
            .loss();
    Matrix[] unrelated = {c.input().channels()[0], c.input().channels()[1]};
    double random =
        loss.of(AlignmentInput.ofDistinctItems(unrelated, present, history), 100, 1, c.zeros(2))
            .loss();
    assertTrue(aligned < 0.01, () -> "aligned: " + aligned);
    assertEquals(Math.log(64), random, 0.01);
  }

  /** What the switch changes: where descent leads, from vectors that are aligned already. */
  @Test
  void theReleasedTargetUndoesAnAlignmentThatIsThere() {
    double pairs = marginAfterDescent(AlignmentTarget.PAIRS);
    double released = marginAfterDescent(AlignmentTarget.NEAR_UNIFORM);
    assertTrue(pairs > 0.9, () -> "pairs: " + pairs);
    assertEquals(0, released, 0.05);
  }

  private static double marginAfterDescent(AlignmentTarget target) {
    AlignmentOptions options = new AlignmentOptions(20, 0.05, target);
    AlignmentCase c = AlignmentCase.random("descent", 20, 16, new int[] {0}, options);
    boolean[][] present = new boolean[2][20];
    Arrays.fill(present[0], true);
    Arrays.fill(present[1], true);
    Matrix[] channels = {c.input().channels()[0], c.input().channels()[0]};
    int[] events = IntStream.range(0, 20).toArray();
    AlignmentInput input =
        AlignmentInput.ofDistinctItems(channels, present, new Ragged(new int[] {0, 20}, events));
    Backend backend = Backends.cpu().on(Workers.of(1));
    AlignmentLoss loss = new AlignmentLoss(backend, Workers.of(1), options);
    for (int step = 0; step < 300; step++) {
      Matrix[] gradient = c.zeros(2);
      loss.of(input, 0.05, -1, gradient);
      backend.rowwise().add(gradient[0], channels[0]);
      backend.rowwise().add(gradient[1], channels[1]);
    }
    return margin(channels);
  }

  /** By how much the cosine of one event's modalities exceeds that of two events', on average. */
  private static double margin(Matrix[] channels) {
    float[] x = unit(channels[0]);
    float[] y = unit(channels[1]);
    int d = channels[0].cols();
    int n = channels[0].rows();
    double margin = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        float cosine = Vectors.dot(x, i * d, y, j * d, d);
        margin += i == j ? cosine / n : -cosine / (n * (n - 1.0));
      }
    }
    return margin;
  }

  private static float[] unit(Matrix matrix) {
    float[] rows = matrix.toArray();
    for (int i = 0; i < matrix.rows(); i++) {
      Vectors.normalize(rows, i * matrix.cols(), matrix.cols());
    }
    return rows;
  }

  @Test
  void vectorsThatAreNoNumbersAreRefused() {
    Matrix[] broken = {Matrix.of(3, 2, 1, 2, Float.NaN, 1, 3, 4), twoChannels()[1]};
    int[] events = {0, 1, 2};
    Ragged history = new Ragged(new int[] {0, 3}, events);
    assertThrows(
        ArithmeticException.class, () -> pairs(broken, all(), history, events, twoGradients()));
  }

  @Test
  void badOptionsAndShapesAreNamed() {
    AlignmentTarget target = AlignmentTarget.PAIRS;
    String message =
        assertThrows(IllegalArgumentException.class, () -> new AlignmentOptions(50, 0.001, target))
            .getMessage();
    assertTrue(message.contains("temperature τ is 0.001"), message);
    assertThrows(IllegalArgumentException.class, () -> new AlignmentOptions(1, 0.07, target));
    int[] outside = {0, 3};
    Ragged history = new Ragged(new int[] {0, 2}, outside);
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> new AlignmentInput(twoChannels(), all(), history, outside));
  }

  @Test
  void aChunkLongerThanAnyHistoryIsTheHistory() {
    Backend backend = Backends.cpu().on(Workers.of(1));
    AlignmentLoss.Value[] values = new AlignmentLoss.Value[2];
    int[] lengths = {17, Integer.MAX_VALUE}; // 17 is the longest
    for (int i = 0; i < 2; i++) {
      AlignmentOptions options = new AlignmentOptions(lengths[i], 0.1, AlignmentTarget.PAIRS);
      AlignmentCase c = AlignmentCase.random("long", ROWS, DIMS, LENGTHS, options);
      values[i] =
          new AlignmentLoss(backend, Workers.of(1), options).of(c.input(), 0.1, 1, c.zeros());
    }
    assertEquals(values[0], values[1]);
  }
}
