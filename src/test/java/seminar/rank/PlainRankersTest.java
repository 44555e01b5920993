package seminar.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.feature.FeatureStore;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.math.Rng;
import seminar.math.Workers;
import seminar.measure.UserValues;
import seminar.world.World;
import seminar.world.WorldOptions;

class PlainRankersTest {
  private static final int ITEMS = 20;
  private static final int[][] HISTORIES = TinyCorpus.histories(25, ITEMS, 12, 4);
  private static final Features FEATURES = features();

  private static Features features() {
    float[] values = new float[ITEMS * 4];
    Rng.gaussian(Rng.stream("test/plain", 1), values, 1);
    return new Features(FeatureStore.of(4, values), FeatureStore.of(4, values));
  }

  private static List<PlainRanker> all(Corpus corpus) {
    return PlainRankers.all(corpus, FEATURES, Split.leaveOneOut(corpus.histories()), 1);
  }

  @Test
  void noneSeesTheMomentOrWhatComesAfterIt() {
    SplittableRandom rng = Rng.stream("test/plain", 2);
    int[][] changed = new int[HISTORIES.length][];
    for (int user = 0; user < changed.length; user++) {
      changed[user] = HISTORIES[user].clone();
      for (int p = changed[user].length - 2; p < changed[user].length; p++) {
        changed[user][p] = 1 + rng.nextInt(ITEMS);
      }
    }
    List<PlainRanker> before = all(TinyCorpus.of(ITEMS, HISTORIES));
    List<PlainRanker> after = all(TinyCorpus.of(ITEMS, changed));
    Corpus corpus = TinyCorpus.of(ITEMS, HISTORIES);
    for (int i = 0; i < before.size(); i++) {
      for (int user = 0; user < HISTORIES.length; user++) {
        int position = HISTORIES[user].length - 2;
        assertArrayEquals(
            TinyCorpus.scores(before.get(i).ranker().orElseThrow(), corpus, user, position),
            TinyCorpus.scores(after.get(i).ranker().orElseThrow(), corpus, user, position),
            before.get(i).name());
      }
    }
  }

  @Test
  void whatCameJustBeforeTheMomentIsSeen() {
    Corpus corpus = TinyCorpus.of(ITEMS, HISTORIES);
    for (PlainRanker one : all(corpus)) {
      Ranker ranker = one.ranker().orElseThrow();
      int moved = 0;
      for (int user = 0; user < HISTORIES.length; user++) {
        int last = HISTORIES[user].length - 1;
        moved +=
            Arrays.equals(
                    TinyCorpus.scores(ranker, corpus, user, last),
                    TinyCorpus.scores(ranker, corpus, user, last - 1))
                ? 0
                : 1;
      }
      assertEquals(one.name().equals("popularity"), moved == 0, one.name());
    }
  }

  @Test
  void oneThreadGivesTheBitsOfMany() {
    Corpus corpus = TinyCorpus.of(ITEMS, HISTORIES);
    float[][][] alone = new float[1][][];
    try (Workers two = Workers.of(2)) {
      two.forEach(
          2,
          (shard, from, to) -> {
            if (shard == 0) {
              alone[0] = scores(corpus); // inside a shard everything runs on its thread
            }
          });
    }
    assertArrayEquals(scores(corpus), alone[0]);
  }

  private static float[][] scores(Corpus corpus) {
    return all(corpus).stream()
        .map(one -> TinyCorpus.scores(one.ranker().orElseThrow(), corpus, 3, 2))
        .toArray(float[][]::new);
  }

  @Test
  void eachNamesItselfAndItsOptions() {
    List<PlainRanker> all = all(TinyCorpus.of(ITEMS, HISTORIES));
    assertEquals(
        all.size(), all.stream().map(PlainRanker::name).collect(Collectors.toSet()).size());
    assertTrue(all.stream().allMatch(PlainRanker::applies));
    assertEquals("20", all.get(PlainRankers.NEAR_NEIGHBOURS.ordinal()).options().get("window"));
    PlainRanker machine = all.get(PlainRankers.FACTORIZATION.ordinal());
    assertEquals("8", machine.options().get("factors"));
    assertTrue(machine.remark().contains("FMClassificationTrainer"), machine.remark());
  }

  @Test
  void aCorpusWithoutPicturesHasALineThatSaysSo() {
    int[] items = new int[ITEMS];
    Arrays.setAll(items, i -> i + 1);
    Corpus corpus = TinyCorpus.withoutPictures(TinyCorpus.of(ITEMS, HISTORIES), items);
    PlainRanker line =
        PlainRankers.PICTURE.fit(corpus, FEATURES, Split.leaveOneOut(corpus.histories()), 1);
    assertFalse(line.applies());
    assertEquals("not applicable, because no item has a picture", line.remark());
    Corpus brief = TinyCorpus.of(ITEMS, new int[] {1}, new int[] {2});
    PlainRanker model =
        PlainRankers.REGRESSION.fit(brief, FEATURES, Split.leaveOneOut(brief.histories()), 1);
    assertEquals("not applicable, because no history has a training target", model.remark());
  }

  @Test
  void onThePlantedWorldEachBeatsWhatItShould() throws Exception {
    World world = World.of(WorldOptions.quick().withUsers(300));
    Corpus corpus = world.corpus();
    Split split = Split.leaveOneOut(corpus.histories());
    Features features = Features.of(world);
    RankingTask task = RankingTask.test(corpus, split, 1);
    double[] ndcg = new double[PlainRankers.values().length];
    for (PlainRankers one : PlainRankers.values()) {
      Ranker ranker =
          one == PlainRankers.FACTORIZATION
              ? FieldModel.factorizationMachine(
                  corpus, split, new FieldOptions(10, 15_000, 4, 2, 0.1, 8), 1)
              : one == PlainRankers.REGRESSION
                  ? FieldModel.logisticRegression(
                      corpus, split, new FieldOptions(10, 15_000, 4, 2, 0.1, 8), 1)
                  : one.fit(corpus, features, split, 1).ranker().orElseThrow();
      ndcg[one.ordinal()] = task.rank(ranker, Progress.silent()).ndcg(10);
    }
    String all = Arrays.toString(ndcg);
    double popularity = ndcg[PlainRankers.POPULARITY.ordinal()];
    double neighbours = ndcg[PlainRankers.NEIGHBOURS.ordinal()];
    assertTrue(popularity > 0.2, all);
    assertEquals(popularity, ndcg[PlainRankers.RECENCY.ordinal()], 1e-12, all);
    assertTrue(neighbours > 1.8 * popularity, all);
    assertTrue(ndcg[PlainRankers.NEAR_NEIGHBOURS.ordinal()] > neighbours, all);
    assertTrue(ndcg[PlainRankers.TRANSITIONS.ordinal()] > neighbours, all);
    assertTrue(ndcg[PlainRankers.TEXT.ordinal()] > 0.2, all);
    assertTrue(ndcg[PlainRankers.PICTURE.ordinal()] > 0.3, all);
    assertTrue(ndcg[PlainRankers.REGRESSION.ordinal()] > popularity, all);
    assertTrue(
        ndcg[PlainRankers.FACTORIZATION.ordinal()] > ndcg[PlainRankers.REGRESSION.ordinal()], all);
  }

  @Test
  void lengthsAndColdSharesAreThoseOfTheTasksUsers() {
    Corpus corpus =
        TinyCorpus.of(6, new int[] {1, 2, 3, 4, 5}, new int[] {6, 6, 2, 3}, new int[] {5, 6});
    Split split = Split.lastOnly(corpus.histories());
    RankingTask task =
        RankingTask.test(
            corpus, split, RankingForm.paper().withAgainst(RankingForm.Against.ALL), 1);
    assertEquals(
        new UserValues(new int[] {0, 1}, new double[] {4, 3}), HistoryNumbers.lengths(task));
    // Training targets are the items 3, 6 and 6.
    assertEquals(
        new UserValues(new int[] {0, 1}, new double[] {3 / 4.0, 1 / 3.0}),
        HistoryNumbers.coldShares(task, corpus, split));
    assertEquals( // the items to be found are 5 and 3; the last item of the catalogue is a target
        new UserValues(new int[] {0, 1}, new double[] {0, 1}),
        HistoryNumbers.timesLearned(task, corpus, split));
  }
}
