package seminar.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.data.TrainingClicks;
import seminar.file.Progress;
import seminar.measure.BeyondAccuracy;
import seminar.measure.RankingReport;

class TwoStageRankingTest {
  private static final int ITEMS = 40;
  private static final Corpus CORPUS = TinyCorpus.of(ITEMS, TinyCorpus.histories(30, ITEMS, 14, 5));
  private static final Split SPLIT = Split.leaveOneOut(CORPUS.histories());
  private static final RankingForm ALL = RankingForm.paper().withAgainst(RankingForm.Against.ALL);
  private static final RankingTask TASK = RankingTask.test(CORPUS, SPLIT, ALL, 1);
  private static final Ranker POPULARITY = Popularity.fit(CORPUS.histories(), SPLIT, ITEMS);
  private static final Ranker TRANSITIONS =
      ItemTransitions.fit(CORPUS, SPLIT, ItemTransitions.Options.usual());

  private static RankingReport rank(Ranker ranker) {
    return TASK.rank(ranker, Progress.silent());
  }

  /** The order of a naive sort: by the score, then by the number of the item. */
  private static List<Integer> best(int[] candidates, float[] scores, int k) {
    return IntStream.range(0, candidates.length)
        .boxed()
        .sorted(Comparator.comparing((Integer c) -> -scores[c]).thenComparing(c -> candidates[c]))
        .limit(k)
        .toList();
  }

  @Test
  void thePairScoresWhatANaiveSortProposesAndNothingElse() {
    int n = 7;
    TwoStage pair = new TwoStage(POPULARITY, TRANSITIONS, n);
    for (double weight : new double[] {0, 0.3, 1}) {
      Ranker.Requests requests = TASK.requests(0, TASK.positives());
      float[][] scores = pair.withWeight(weight).score(requests);
      float[][] first = POPULARITY.score(requests);
      float[][] second = TRANSITIONS.score(requests);
      for (int q = 0; q < scores.length; q++) {
        List<Integer> proposed = best(requests.candidates()[q], first[q], n);
        double[] f = z(proposed, first[q]);
        double[] g = z(proposed, second[q]);
        for (int c = 0; c < scores[q].length; c++) {
          int at = proposed.indexOf(c);
          double expected =
              at < 0
                  ? Float.NEGATIVE_INFINITY
                  : weight == 0 ? second[q][c] : weight * f[at] + (1 - weight) * g[at];
          assertEquals(expected, scores[q][c], 1e-5);
        }
      }
    }
  }

  private static double[] z(List<Integer> columns, float[] scores) {
    double[] x = columns.stream().mapToDouble(c -> scores[c]).toArray();
    double mean = Arrays.stream(x).average().orElseThrow();
    double variance = Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    return Arrays.stream(x)
        .map(v -> variance == 0 ? 0 : (v - mean) / Math.sqrt(variance))
        .toArray();
  }

  @Test
  void withAllItemsProposedThePairIsItsSecondStageBitForBit() {
    for (int propose : new int[] {ITEMS, 1000}) {
      TwoStage pair = new TwoStage(POPULARITY, TRANSITIONS, propose);
      Ranker.Requests requests = TASK.requests(0, TASK.positives());
      assertArrayEquals(TRANSITIONS.score(requests), pair.score(requests));
      assertEquals(rank(TRANSITIONS), rank(pair));
    }
  }

  @Test
  void aRankerAfterItselfKeepsItsOwnOrderUpToTheCut() {
    RankingReport alone = rank(TRANSITIONS);
    RankingReport pair = rank(new TwoStage(TRANSITIONS, TRANSITIONS, 10));
    assertEquals(alone.ndcg(5), pair.ndcg(5), 1e-12);
    assertEquals(rank(POPULARITY).ndcg(10), rank(pair(10).withWeight(1)).ndcg(10), 0.02);
  }

  private static TwoStage pair(int propose) {
    return new TwoStage(POPULARITY, TRANSITIONS, propose);
  }

  @Test
  void whatWasNotProposedIsAMissAndTheHitsOfThePairAtNAreTheRecallOfTheFirstStage() {
    int n = 12;
    RankingReport report = rank(pair(n));
    int proposed = 0;
    for (int i = 0; i < TASK.positives(); i++) {
      Ranker.Requests request = TASK.requests(i, i + 1);
      int[] candidates = request.candidates()[0];
      boolean found = best(candidates, POPULARITY.score(request)[0], n).contains(0);
      proposed += found ? 1 : 0;
      if (!found) {
        assertEquals(n, report.places().get(i).first());
        assertEquals(candidates.length - 1, report.places().get(i).last());
      }
    }
    assertTrue(proposed > 0 && proposed < TASK.positives());
    assertEquals(proposed / (double) TASK.positives(), report.hit(n), 1e-12);
  }

  @Test
  void amongEqualScoresThePositiveHasNothingFromStandingFirst() {
    int[] candidates = {9, 2, 4, 30};
    assertArrayEquals(new int[] {2, 4}, BestCandidates.items(candidates, new float[4], 2));
    assertArrayEquals(
        new int[] {3, 1, 2, 0}, BestCandidates.columns(candidates, new float[] {1, 1, 1, 2}, 9));
    Ranker constant = requests -> new float[requests.size()][TASK.candidates(0).length];
    RankingTask one = TASK.first(1);
    int[] all = one.candidates(0);
    int rank = (int) Arrays.stream(all).filter(item -> item < all[0]).count();
    float[] scores = new TwoStage(constant, constant, 3).score(one.requests(0, 1))[0];
    assertEquals(rank < 3 ? 0 : Float.NEGATIVE_INFINITY, scores[0]);
  }

  @Test
  void theWeightIsTheBestOfThoseThatWereTriedOnOtherRequests() {
    RankingTask validation = RankingTask.validation(CORPUS, SPLIT, ALL, 1);
    List<Double> weights = List.of(0.0, 0.25, 0.5, 1.0);
    TwoStage.Chosen chosen = pair(15).chosen(validation, weights, Progress.silent());
    List<Double> expected = new ArrayList<>();
    for (double weight : weights) {
      expected.add(validation.rank(pair(15).withWeight(weight), Progress.silent()).ndcg(10));
    }
    assertEquals(expected, chosen.ndcg10());
    double most = expected.stream().mapToDouble(value -> value).max().orElseThrow();
    assertEquals(weights.get(expected.indexOf(most)), chosen.pair().weight());
    assertThrows(
        IllegalArgumentException.class,
        () -> pair(15).chosen(validation, List.of(), Progress.silent()));
    assertThrows(IllegalArgumentException.class, () -> pair(0));
    assertThrows(IllegalArgumentException.class, () -> pair(1).withWeight(1.5));
  }

  @Test
  void whatIsShownIsTheTenBestOfEveryUser() {
    FullRanking full = FullRanking.of(TASK, TRANSITIONS, CORPUS, SPLIT, Progress.silent());
    assertEquals(rank(TRANSITIONS), full.report());
    int[][] lists = new int[TASK.positives()][];
    for (int i = 0; i < lists.length; i++) {
      Ranker.Requests request = TASK.requests(i, i + 1);
      int[] candidates = request.candidates()[0];
      lists[i] =
          best(candidates, TRANSITIONS.score(request)[0], 10).stream()
              .mapToInt(c -> candidates[c])
              .toArray();
    }
    int[] clicks = new int[ITEMS + 1];
    TrainingClicks counted = TrainingClicks.of(CORPUS.histories(), SPLIT, ITEMS);
    Arrays.setAll(clicks, counted::of);
    assertEquals(BeyondAccuracy.of(10, lists, clicks), full.beyond());
  }

  @Test
  void popularityShowsWhatIsPopularAndLittleElse() {
    BeyondAccuracy popular =
        FullRanking.of(TASK, POPULARITY, CORPUS, SPLIT, Progress.silent()).beyond();
    BeyondAccuracy personal =
        FullRanking.of(TASK, TRANSITIONS, CORPUS, SPLIT, Progress.silent()).beyond();
    assertTrue(popular.popularity() > personal.popularity());
    assertTrue(popular.novelty() < personal.novelty());
    assertTrue(popular.coverage() <= personal.coverage());
  }
}
