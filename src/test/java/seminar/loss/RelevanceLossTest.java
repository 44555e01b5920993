package seminar.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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
import seminar.loss.RelevanceLoss.CosineLogit;
import seminar.math.GradientCheck;
import seminar.math.Rng;
import seminar.math.Workers;

/** L_query-item against its formula, the oracle of another program, and central differences. */
class RelevanceLossTest {
  private static final int D = 8;

  static Stream<Backend> backends() {
    return Stream.of(Backends.cpu().on(Workers.of(1)), Backends.nd4j().on(Workers.common()));
  }

  /**
   * An input in double precision: queries [V, 8], items [U, 8], scale, bias; and the loss as its
   * formula says.
   */
  private record Case(double[] values, int queries, RelevancePairs pairs) {
    int items() {
      return (values.length - 2) / D - queries;
    }

    private Num[] row(Num[] v, int row) {
      return Arrays.copyOfRange(v, row * D, (row + 1) * D);
    }

    private Num logit(Num[] v, int position, int item) {
      Num cosine = Num.cosine(row(v, pairs.queryRows()[position]), row(v, queries + item));
      return cosine.times(v[v.length - 2]).plus(v[v.length - 1]);
    }

    Num loss(Num[] v, RelevanceForm form) {
      List<Num> terms = new ArrayList<>();
      for (int l = 0; l < pairs.itemRows().length; l++) {
        if (pairs.queryRows()[l] < 0) {
          continue;
        }
        Num match = logit(v, l, pairs.itemRows()[l]);
        List<Num> others = new ArrayList<>();
        for (int at = pairs.negatives().offsets()[l];
            at < pairs.negatives().offsets()[l + 1];
            at++) {
          others.add(logit(v, l, pairs.negatives().ids()[at]));
        }
        Num one = match.constant(1);
        switch (form) {
          case BINARY -> {
            terms.add(one.plus(match.times(-1).exp()).log());
            others.forEach(z -> terms.add(one.plus(z.exp()).log()));
          }
          case CONTRASTIVE ->
              terms.add(
                  match
                      .exp()
                      .plus(Num.sum(others.stream().map(Num::exp).toList()))
                      .log()
                      .minus(match));
          case INVERTED ->
              terms.add(match.exp().over(Num.sum(others.stream().map(Num::exp).toList())));
        }
      }
      return Num.sum(terms).times(1.0 / terms.size());
    }

    double value(double[] point, RelevanceForm form) {
      return loss(Num.variables(point), form).value();
    }

    double[] gradient(RelevanceForm form) {
      Num[] v = Num.variables(values);
      return loss(v, form).gradient(v);
    }

    Matrix matrix(int from, int rows) {
      float[] numbers = new float[rows * D];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = (float) values[from * D + i];
      }
      return Matrix.of(rows, D, numbers);
    }

    CosineLogit logit() {
      return new CosineLogit(values[values.length - 2], values[values.length - 1]);
    }
  }

  private static Case oracleCase() {
    JsonNode json = Json.oracle("relevance.json");
    double[] values =
        Stream.of("q", "v", "scale", "bias")
            .flatMapToDouble(name -> Arrays.stream(Json.flat(json.get(name))))
            .toArray();
    int[] rows = IntStream.range(0, 5).toArray();
    int[] offsets = {0, 2, 4, 6, 8, 10};
    Ragged negatives = new Ragged(offsets, Json.ints(json.get("negatives")));
    return new Case(values, 5, new RelevancePairs(rows, rows, negatives));
  }

  /** Queries and items repeat, some positions have no query. */
  private static Case randomCase() {
    SplittableRandom rng = Rng.stream("relevance", 5);
    double[] values = new double[(6 + 9) * D + 2];
    Arrays.setAll(values, i -> (float) rng.nextGaussian());
    values[values.length - 2] = 3;
    int[] queries = rng.ints(30, -2, 6).toArray();
    int[] items = rng.ints(30, 0, 9).toArray();
    return new Case(values, 6, RelevancePairs.draw(queries, items, 9, 4, rng));
  }

  @Test
  void theFormulaAgreesWithTheOracle() {
    JsonNode expected = Json.oracle("relevance.json").get("expected");
    Case c = oracleCase();
    assertEquals(expected.get("loss").asDouble(), c.value(c.values(), RelevanceForm.BINARY), 1e-10);
    double[] gradient =
        Stream.of("q", "v", "scale", "bias")
            .flatMapToDouble(name -> Arrays.stream(Json.flat(expected.get("grad").get(name))))
            .toArray();
    assertArrayEquals(gradient, c.gradient(RelevanceForm.BINARY), 1e-10);
  }

  @ParameterizedTest
  @EnumSource
  void theGradientOfTheFormulaAgreesWithCentralDifferences(RelevanceForm form) {
    Case c = randomCase();
    GradientCheck check =
        GradientCheck.of(point -> c.value(point, form), c.values().clone(), c.gradient(form), 1e-5);
    assertTrue(check.error() < 1e-6, check.toString());
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theLossAgreesWithItsFormula(Backend backend) {
    for (RelevanceForm form : RelevanceForm.values()) {
      assertAgrees(backend, oracleCase(), form, 1);
      assertAgrees(backend, randomCase(), form, 0.5);
    }
  }

  private static void assertAgrees(Backend backend, Case c, RelevanceForm form, double weight) {
    Matrix dQueries = Matrix.zeros(c.queries, D);
    Matrix dItems = Matrix.zeros(c.items(), D);
    RelevanceLoss.Value value =
        new RelevanceLoss(backend, Workers.of(1), form)
            .of(
                c.matrix(0, c.queries),
                c.matrix(c.queries, c.items()),
                c.pairs,
                c.logit(),
                weight,
                dQueries,
                dItems);
    double[] expected = c.gradient(form);
    assertEquals(c.value(c.values, form), value.loss(), 1e-4);
    assertEquals(expected[expected.length - 2], value.dScale(), 1e-4);
    assertEquals(expected[expected.length - 1], value.dBias(), 1e-4);
    int at = 0;
    for (Matrix part : new Matrix[] {dQueries, dItems}) {
      for (float g : part.toArray()) {
        assertEquals(weight * expected[at++], g, 1e-4);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void manyThreadsAndMemoryUsedBeforeGiveTheBitsOfOne(RelevanceForm form) {
    Case small = randomCase();
    SplittableRandom rng = Rng.stream("relevance/threads", 5);
    double[] values = new double[(60 + 90) * D + 2];
    Arrays.setAll(values, i -> rng.nextGaussian());
    values[values.length - 2] = 3;
    int[] queries = rng.ints(300, -2, 60).toArray();
    int[] items = rng.ints(300, 0, 90).toArray();
    Case large = new Case(values, 60, RelevancePairs.draw(queries, items, 90, 7, rng));
    try (Workers four = Workers.of(4)) {
      RelevanceLoss together = new RelevanceLoss(Backends.cpu().on(four), four, form);
      for (Case c : new Case[] {large, small, large}) {
        Workers one = Workers.of(1);
        Matrix[] expected = {Matrix.zeros(c.queries, D), Matrix.zeros(c.items(), D)};
        Matrix[] actual = {Matrix.zeros(c.queries, D), Matrix.zeros(c.items(), D)};
        assertEquals(
            of(new RelevanceLoss(Backends.cpu().on(one), one, form), c, expected),
            of(together, c, actual));
        assertArrayEquals(expected[0].toArray(), actual[0].toArray());
        assertArrayEquals(expected[1].toArray(), actual[1].toArray());
      }
    }
  }

  private static RelevanceLoss.Value of(RelevanceLoss loss, Case c, Matrix[] gradients) {
    return loss.of(
        c.matrix(0, c.queries),
        c.matrix(c.queries, c.items()),
        c.pairs,
        c.logit(),
        1,
        gradients[0],
        gradients[1]);
  }

  /** So many that the product of all 1 + e^−|z| is no double. */
  @Test
  void manyOtherItemsGiveAFiniteLoss() {
    int[] others = new int[2000];
    Arrays.fill(others, 1);
    Matrix items = Matrix.of(2, 2, 1, 0, 0, 1);
    double loss =
        loss(RelevanceForm.BINARY, Matrix.of(1, 2, 1, 0), items, one(0, 0, others)).loss();
    assertEquals((2000 * Math.log(2) + Math.log1p(Math.exp(-4))) / 2001, loss, 1e-6);
  }

  private static RelevanceLoss.Value loss(
      RelevanceForm form, Matrix queries, Matrix items, RelevancePairs pairs) {
    return new RelevanceLoss(Backends.cpu().on(Workers.of(1)), Workers.of(1), form)
        .of(
            queries,
            items,
            pairs,
            new CosineLogit(4, 0),
            1,
            Matrix.zeros(queries.rows(), queries.cols()),
            Matrix.zeros(items.rows(), items.cols()));
  }

  private static RelevancePairs one(int query, int item, int... negatives) {
    return new RelevancePairs(
        new int[] {query},
        new int[] {item},
        new Ragged(new int[] {0, negatives.length}, negatives));
  }

  @Test
  void movingAQueryToItsItemLowersTheLossAndRaisesThatOfTheReleasedCode() {
    Matrix items = Matrix.of(2, 2, 1, 0, 0, 1);
    Matrix apart = Matrix.of(1, 2, 0.2f, 0.8f);
    Matrix near = Matrix.of(1, 2, 0.8f, 0.2f);
    for (RelevanceForm form : RelevanceForm.values()) {
      double change =
          loss(form, near, items, one(0, 0, 1)).loss()
              - loss(form, apart, items, one(0, 0, 1)).loss();
      assertEquals(form == RelevanceForm.INVERTED, change > 0, form + " changes by " + change);
    }
  }

  @Test
  void withoutARealQueryThereIsNoLossAndNoGradient() {
    Matrix vectors = Matrix.of(2, 2, 1, 0, 0, 1);
    RelevanceLoss.Value nothing = new RelevanceLoss.Value(0, 0, 0, 0);
    RelevancePairs none = new RelevancePairs(new int[0], new int[0], Lists.EMPTY);
    for (RelevanceForm form : RelevanceForm.values()) {
      assertEquals(nothing, loss(form, vectors, vectors, one(-1, 0)));
      assertEquals(nothing, loss(form, vectors, vectors, none));
      assertEquals(nothing, loss(form, Matrix.zeros(0, 2), Matrix.zeros(0, 2), none));
      assertEquals(nothing, loss(form, Matrix.zeros(1, 2), vectors, one(0, 0, 1)));
    }
  }

  private static final class Lists {
    static final Ragged EMPTY = new Ragged(new int[1], new int[0]);
  }

  @Test
  void aQueryWithoutOtherItemsStillHasItsOwn() {
    Matrix vector = Matrix.of(1, 2, 3, 4);
    RelevancePairs alone = one(0, 0);
    double expected = Math.log1p(Math.exp(-4));
    assertEquals(expected, loss(RelevanceForm.BINARY, vector, vector, alone).loss(), 1e-6);
    assertEquals(0, loss(RelevanceForm.CONTRASTIVE, vector, vector, alone).loss());
    assertThrows(
        IllegalArgumentException.class, () -> loss(RelevanceForm.INVERTED, vector, vector, alone));
  }

  @Test
  void drawnNegativesAreOtherItemsOfRealQueries() {
    int[] queries = {0, -1, 2, 3};
    int[] items = {0, 1, 2, 1};
    RelevancePairs drawn = RelevancePairs.draw(queries, items, 3, 200, Rng.stream("negatives", 1));
    assertEquals(0, drawn.negatives().length(1));
    int[] offsets = drawn.negatives().offsets();
    for (int l : new int[] {0, 2, 3}) {
      int[] others =
          Arrays.stream(drawn.negatives().ids(), offsets[l], offsets[l + 1])
              .distinct()
              .sorted()
              .toArray();
      assertArrayEquals(IntStream.range(0, 3).filter(u -> u != items[l]).toArray(), others);
    }
    assertArrayEquals(
        drawn.negatives().ids(),
        RelevancePairs.draw(queries, items, 3, 200, Rng.stream("negatives", 1)).negatives().ids());
    assertEquals(
        0,
        RelevancePairs.draw(new int[] {0}, new int[1], 1, 5, Rng.stream("negatives", 1))
            .negatives()
            .length(0));
  }

  @Test
  void anItemIsNotItsOwnNegative() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> one(0, 7, 3, 7)).getMessage();
    assertTrue(message.contains("item 7 of position 0"), message);
  }

  @Test
  void vectorsThatAreNoNumbersAreRefused() {
    Matrix broken = Matrix.of(1, 2, Float.NaN, 1);
    Matrix items = Matrix.of(2, 2, 1, 0, 0, 1);
    assertThrows(
        ArithmeticException.class, () -> loss(RelevanceForm.BINARY, broken, items, one(0, 0, 1)));
  }

  @Test
  void learnedNumbersStayInRange() {
    RelevanceLoss.CosineLogit far = RelevanceLoss.CosineLogit.within(1000.0001, -2000);
    assertEquals(new RelevanceLoss.CosineLogit(1000, -1000), far);
    assertEquals(Double.MIN_VALUE, RelevanceLoss.CosineLogit.within(0, 0).scale());
    assertThrows(
        IllegalArgumentException.class, () -> RelevanceLoss.CosineLogit.within(Double.NaN, 0));
  }
}
