package seminar.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.ItemQueries;
import seminar.data.Split;
import seminar.data.TestMode;
import seminar.file.Progress;
import seminar.measure.RankingReport;
import seminar.world.World;
import seminar.world.WorldOptions;

class RankingTaskTest {
  private static final Corpus CORPUS = World.of(WorldOptions.quick().withUsers(70)).corpus();
  private static final Split SPLIT = Split.leaveOneOut(CORPUS.histories());

  @Test
  void thePositiveIsTheHeldOutEventAndNegativesAreNotInTheHistory() {
    RankingTask task = RankingTask.test(CORPUS, SPLIT, 1);
    Histories histories = CORPUS.histories();
    for (int i = 0; i < task.positives(); i++) {
      Ranker.Requests request = task.requests(i, i + 1);
      int user = request.users()[0];
      int last = histories.length(user) - 1;
      assertEquals(last, request.positions()[0]);
      int[] candidates = request.candidates()[0];
      assertEquals(histories.item(histories.start(user) + last), candidates[0]);
      Set<Integer> history = new HashSet<>();
      for (int p = 0; p <= last; p++) {
        history.add(histories.item(histories.start(user) + p));
      }
      int[] negatives = Arrays.copyOfRange(candidates, 1, 100);
      assertEquals(99, Arrays.stream(negatives).distinct().count());
      assertTrue(Arrays.stream(negatives).noneMatch(history::contains));
    }
  }

  @Test
  void validationAndTestHaveOtherNegativesAndTheSameSeedGivesTheSame() {
    String test = RankingTask.test(CORPUS, SPLIT, 1).hash();
    assertEquals(test, RankingTask.test(CORPUS, SPLIT, 1).hash());
    assertNotEquals(test, RankingTask.test(CORPUS, SPLIT, 2).hash());
    assertNotEquals(test, RankingTask.validation(CORPUS, SPLIT, 1).hash());
  }

  @Test
  void aRequestIsAskedBeforeWhereAQueryIsAmongTheEventsThatItSees() {
    RankingTask task = RankingTask.test(CORPUS, SPLIT, 1);
    Histories histories = CORPUS.histories();
    int before = 0;
    for (int length : new int[] {1, 3, 20, 1000}) {
      int expected = 0;
      for (int user : task.targets().users()) {
        long to = histories.start(user + 1) - 1;
        boolean asked = false;
        for (long e = Math.max(histories.start(user), to - length); e < to; e++) {
          asked |= histories.query(e) != 0;
        }
        expected += asked ? 1 : 0;
      }
      assertEquals(expected, task.askedBefore(length), "L = " + length);
      assertTrue(expected >= before);
      before = expected;
    }
    assertTrue(before > 0);
  }

  @Test
  void anOracleRanksPerfectlyAndAConstantAtChance() {
    RankingTask task = RankingTask.test(CORPUS, SPLIT, 1);
    RankingReport perfect =
        task.rank(
            requests -> {
              float[][] scores = new float[requests.size()][100];
              for (float[] row : scores) {
                row[0] = 1;
              }
              return scores;
            },
            Progress.silent());
    assertEquals(1, perfect.ndcg(10));
    RankingReport constant =
        task.rank(requests -> new float[requests.size()][100], Progress.silent());
    assertEquals(0.1, constant.hit(10), 1e-9);
    assertEquals(task.positives(), constant.positives());
  }

  @Test
  void popularityCountsTheTrainingPartAlone() {
    Histories histories = CORPUS.histories();
    Popularity popularity = Popularity.fit(histories, SPLIT, CORPUS.catalog().size());
    int item = histories.item(histories.start(0));
    int expected = 0;
    for (int user = 0; user < histories.users(); user++) {
      for (int p = 0; p < histories.length(user) - 2; p++) {
        expected += histories.item(histories.start(user) + p) == item ? 1 : 0;
      }
    }
    float[][] scores =
        popularity.score(new Ranker.Requests(new int[] {0}, new int[] {5}, new int[][] {{item}}));
    assertEquals(expected, scores[0][0]);
  }

  @Test
  void severalTargetsOfAUserShareItsNegatives() {
    Histories histories = CORPUS.histories();
    long late = histories.time(histories.start(1) - 3);
    Split split = Split.byTime(histories, late, late);
    RankingTask task = RankingTask.test(CORPUS, split, 1);
    assertEquals(split.testTargets().size(), task.positives());
    Ranker.Requests all = task.requests(0, task.positives());
    int shared = 0;
    for (int i = 0; i < all.size(); i++) {
      int user = all.users()[i];
      long event = histories.start(user) + all.positions()[i];
      assertEquals(histories.item(event), all.candidates()[i][0]);
      assertTrue(histories.time(event) >= late);
      if (i > 0 && all.users()[i - 1] == user) {
        assertArrayEquals(
            Arrays.copyOfRange(all.candidates()[i - 1], 1, 100),
            Arrays.copyOfRange(all.candidates()[i], 1, 100));
        shared++;
      }
    }
    assertTrue(shared > 0);
  }

  @Test
  void searchAsksAboutTargetsWithAQueryAloneAndPutsItBesideEveryCandidate() {
    RankingForm form = RankingForm.paper().withMode(TestMode.SEARCH);
    RankingTask task = RankingTask.test(CORPUS, SPLIT, form, 1);
    Histories histories = CORPUS.histories();
    int searched = 0;
    for (int user : SPLIT.testUsers()) {
      searched += histories.query(histories.start(user) + SPLIT.testPosition(user)) > 0 ? 1 : 0;
    }
    assertEquals(searched, task.positives());
    assertTrue(searched > 0 && searched < SPLIT.testUsers().length);
    Ranker.Requests all = task.requests(0, task.positives());
    for (int i = 0; i < all.size(); i++) {
      int query = histories.query(histories.start(all.users()[i]) + all.positions()[i]);
      assertTrue(query > 0);
      assertTrue(Arrays.stream(all.queries()[i]).allMatch(q -> q == query));
    }
  }

  @Test
  void aPairBringsItsOwnQueryAndRecommendationBringsNone() {
    RankingTask pairs =
        RankingTask.test(CORPUS, SPLIT, RankingForm.paper().withMode(TestMode.PAIR), 1);
    ItemQueries own = ItemQueries.fit(CORPUS.histories(), SPLIT, CORPUS.catalog().size());
    Ranker.Requests request = pairs.requests(3, 4);
    for (int c = 1; c < 100; c++) {
      assertEquals(own.query(request.candidates()[0][c]), request.queries()[0][c]);
    }
    assertArrayEquals(new int[100], RankingTask.test(CORPUS, SPLIT, 1).requests(3, 4).queries()[0]);
  }

  @Test
  void fullRankingHasEveryItemThatIsNotInTheHistory() {
    RankingForm form = RankingForm.paper().withAgainst(RankingForm.Against.ALL);
    RankingTask task = RankingTask.test(CORPUS, SPLIT, form, 1);
    int[] candidates = task.candidates(0);
    int user = task.targets().users()[0];
    Histories histories = CORPUS.histories();
    long met =
        IntStream.range(0, histories.length(user))
            .map(p -> histories.item(histories.start(user) + p))
            .distinct()
            .count();
    assertEquals(CORPUS.catalog().size() - met, candidates.length - 1);
    assertEquals(candidates.length, Arrays.stream(candidates).distinct().count());
  }

  @Test
  void popularNegativesPutPopularityNearChance() {
    Popularity popularity = Popularity.fit(CORPUS.histories(), SPLIT, CORPUS.catalog().size());
    RankingForm form = RankingForm.paper().withAgainst(RankingForm.Against.POPULAR);
    double hard =
        RankingTask.test(CORPUS, SPLIT, form, 1).rank(popularity, Progress.silent()).hit(10);
    double easy = RankingTask.test(CORPUS, SPLIT, 1).rank(popularity, Progress.silent()).hit(10);
    assertTrue(hard < 0.3 && easy > hard + 0.1, hard + " against " + easy);
  }

  @Test
  void negativesThatDidNotComeAndQueriesThatAreNotThereAreRefused() {
    RankingForm given = RankingForm.paper().withAgainst(RankingForm.Against.GIVEN);
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> RankingTask.test(CORPUS, SPLIT, given, 1))
            .getMessage();
    assertTrue(message.contains("came without negatives"), message);
  }
}
