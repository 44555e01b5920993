package seminar.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import seminar.math.Rng;

class RankingReportTest {
  private static final double EPS = 1e-12;

  @Test
  void agreesWithTheOracle() throws Exception {
    JsonNode oracle =
        new ObjectMapper().readTree(getClass().getResourceAsStream("/oracle/measures.json"));
    for (int user = 0; user < oracle.get("scores").size(); user++) {
      float[] scores = floats(oracle.get("scores").get(user));
      JsonNode expected = oracle.get("expected").get(user);
      Place place = Place.of(scores, TieRule.EXPECTED);
      for (int k : new int[] {1, 2, 3}) {
        assertEquals(expected.get("ndcg@" + k).asDouble(), RankingMeasure.ndcg(k).of(place), EPS);
        assertEquals(expected.get("hit@" + k).asDouble(), RankingMeasure.hit(k).of(place), EPS);
      }
      assertEquals(expected.get("mrr").asDouble(), RankingMeasure.mrr().of(place), EPS);
      int favourable = expected.get("favourable_rank").asInt();
      assertEquals(new Place(favourable, favourable), Place.of(scores, TieRule.FAVOURABLE));
    }
  }

  @Test
  void theIdentitiesOfTheMeasuresHoldForRandomRankingsWithTies() {
    SplittableRandom rng = Rng.stream("test/ranking", 3);
    for (int trial = 0; trial < 200; trial++) {
      for (TieRule ties : TieRule.values()) {
        RankingReport report = random(rng, ties, 1 + rng.nextInt(20), 1 + rng.nextInt(100));
        assertEquals(report.hit(1), report.ndcg(1), EPS);
        assertTrue(report.hit(1) <= report.mrr() + EPS);
        for (int k : RankingReport.CUTOFFS) {
          assertTrue(report.ndcg(k) <= report.hit(k) + EPS);
        }
        for (int i = 1; i < RankingReport.CUTOFFS.size(); i++) {
          int a = RankingReport.CUTOFFS.get(i - 1);
          int b = RankingReport.CUTOFFS.get(i);
          double hits = report.hit(b) - report.hit(a);
          double gain = report.ndcg(b) - report.ndcg(a);
          assertTrue(hits * Math.log(2) / Math.log(b + 1) <= gain + EPS);
          assertTrue(gain <= hits * Math.log(2) / Math.log(a + 2) + EPS);
        }
      }
    }
  }

  @Test
  void theExpectedTieIsTheAverageOverShuffledTieBreaks() {
    float[] scores = {2, 3, 2, 1, 2};
    Place place = Place.of(scores, TieRule.EXPECTED);
    for (RankingMeasure measure :
        List.of(RankingMeasure.ndcg(2), RankingMeasure.hit(3), RankingMeasure.mrr())) {
      double sum = 0;
      for (int rank = 1; rank <= 3; rank++) {
        sum += measure.of(new Place(rank, rank));
      }
      assertEquals(sum / 3, measure.of(place), EPS);
    }
  }

  @Test
  void constantScoresArePerfectOnlyUnderTheFavourableTie() {
    RankingReport.Accumulator fair = new RankingReport.Accumulator(TieRule.EXPECTED);
    RankingReport.Accumulator favourable = new RankingReport.Accumulator(TieRule.FAVOURABLE);
    fair.add(new float[100]);
    favourable.add(new float[100]);
    assertEquals(0.01, fair.report().hit(1), EPS);
    assertEquals(1, favourable.report().hit(1), EPS);
  }

  @Test
  void meansAreMeansOfThePerUserValues() {
    RankingReport report = random(Rng.stream("test/ranking", 5), TieRule.EXPECTED, 30, 100);
    double sum = 0;
    for (double value : report.perUser(RankingMeasure.ndcg(5))) {
      sum += value;
    }
    assertEquals(sum / 30, report.ndcg(5), EPS);
    assertEquals(report.ndcg(5), report.summary().get("NDCG@5"));
    assertEquals(9, report.summary().size());
  }

  @Test
  void thePlaceIsWhereASortPutsThePositive() {
    SplittableRandom rng = Rng.stream("test/ranking", 7);
    for (int trial = 0; trial < 200; trial++) {
      float[] scores = new float[1 + rng.nextInt(30)];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = rng.nextInt(8);
      }
      float[] sorted = scores.clone();
      Arrays.sort(sorted);
      int from = 0;
      while (sorted[sorted.length - 1 - from] != scores[0]) {
        from++;
      }
      int to = from;
      while (to + 1 < sorted.length && sorted[sorted.length - 2 - to] == scores[0]) {
        to++;
      }
      assertEquals(new Place(from, to), Place.of(scores, TieRule.EXPECTED));
      assertEquals(new Place(from, from), Place.of(scores, TieRule.FAVOURABLE));
    }
  }

  @Test
  void theOrderOfUsersAndOfNegativesChangesNothing() {
    SplittableRandom rng = Rng.stream("test/ranking", 8);
    float[][] scores = new float[40][25];
    for (float[] row : scores) {
      for (int i = 0; i < row.length; i++) {
        row[i] = rng.nextInt(9);
      }
    }
    int[] users = Rng.permutation(rng, scores.length);
    int[] columns = Rng.permutation(rng, 24);
    for (TieRule ties : TieRule.values()) {
      RankingReport.Accumulator straight = new RankingReport.Accumulator(ties);
      RankingReport.Accumulator mixed = new RankingReport.Accumulator(ties);
      for (int i = 0; i < scores.length; i++) {
        straight.add(i, scores[i]);
        float[] row = scores[users[i]].clone();
        for (int c = 0; c < columns.length; c++) {
          row[c + 1] = scores[users[i]][columns[c] + 1];
        }
        mixed.add(users[i], row);
      }
      RankingMeasure measure = RankingMeasure.ndcg(5);
      assertEquals(straight.report().values(measure), mixed.report().values(measure));
      assertEquals(straight.report().mean(measure), mixed.report().mean(measure), EPS);
    }
  }

  @Test
  void severalPositivesOfAUserAreAveraged() {
    RankingReport.Accumulator users = new RankingReport.Accumulator(TieRule.EXPECTED);
    users.add(9, new float[] {1, 2});
    users.add(4, new float[] {2, 1});
    users.add(9, new float[] {2, 1});
    UserValues values = users.report().values(RankingMeasure.hit(1));
    assertEquals(new UserValues(new int[] {4, 9}, new double[] {1, 0.5}), values);
    assertEquals(2 / 3.0, users.report().hit(1), EPS);
  }

  @Test
  void notANumberIsRefusedWithUserAndColumn() {
    RankingReport.Accumulator users = new RankingReport.Accumulator(TieRule.EXPECTED);
    users.add(new float[] {1, 2});
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> users.add(new float[] {1, 2, Float.NaN}));
    assertTrue(e.getMessage().contains("user 1") && e.getMessage().contains("column 2"));
    assertEquals(1, users.report().positives());
  }

  @Test
  void nothingRankedHasNoMean() {
    RankingReport.Accumulator none = new RankingReport.Accumulator(TieRule.EXPECTED);
    assertThrows(IllegalArgumentException.class, none::report);
    assertThrows(IllegalArgumentException.class, () -> none.add(new float[0]));
    assertThrows(IllegalArgumentException.class, () -> RankingMeasure.ndcg(0));
    assertThrows(IllegalArgumentException.class, () -> new Place(2, 1));
  }

  @Test
  void aReportKeepsItsPlacesWhenMoreUsersCome() {
    RankingReport.Accumulator users = new RankingReport.Accumulator(TieRule.EXPECTED);
    users.add(new float[] {1, 2});
    RankingReport early = users.report();
    users.add(new float[] {3, 2});
    assertArrayEquals(new double[] {0}, early.perUser(RankingMeasure.hit(1)));
    assertArrayEquals(new double[] {0, 1}, users.report().perUser(RankingMeasure.hit(1)));
  }

  private static RankingReport random(SplittableRandom rng, TieRule ties, int users, int columns) {
    RankingReport.Accumulator accumulator = new RankingReport.Accumulator(ties);
    for (int user = 0; user < users; user++) {
      float[] scores = new float[columns];
      for (int i = 0; i < columns; i++) {
        scores[i] = rng.nextInt(12);
      }
      accumulator.add(scores);
    }
    return accumulator.report();
  }

  private static float[] floats(JsonNode node) {
    float[] values = new float[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) node.get(i).asDouble();
    }
    return values;
  }
}
