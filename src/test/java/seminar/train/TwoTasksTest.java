package seminar.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.compute.Groups;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Split;
import seminar.model.Batch;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Requests of search beside those of recommendation. */
class TwoTasksTest {
  private static final int LENGTH = 20;
  private static final Corpus CORPUS = World.of(WorldOptions.small().withUsers(12)).corpus();
  private static final Split SPLIT = Split.leaveOneOut(CORPUS.histories());
  private static final TrainOptions PLAIN =
      new TrainOptions(1, 4, 5, 3, Adam.Options.withRate(5e-3), 7);

  private static TrainOptions weighing(double search) {
    return PLAIN.withCandidates(CandidateOptions.recommendation().withSearch(search));
  }

  private static LabelledBatch batch(Corpus corpus, TrainOptions options, int number) {
    TrainingBatches batches =
        new TrainingBatches(corpus, Split.leaveOneOut(corpus.histories()), LENGTH, options);
    return batches.batch(2, number, batches.order(2));
  }

  /** A request as it was asked: how many events it sees of what, its candidates, its query. */
  private static List<List<Integer>> requests(LabelledBatch labelled, boolean searching) {
    Batch batch = labelled.batch();
    Groups groups = batch.groups();
    List<List<Integer>> requests = new ArrayList<>();
    for (int g = 0; g < groups.groupCount(); g++) {
      int from = groups.candidates()[g];
      int to = groups.candidates()[g + 1];
      int query = batch.candidateQueries()[from];
      List<Integer> request = new ArrayList<>(List.of(query));
      for (int c = from; c < to; c++) {
        assertEquals(query, batch.candidateQueries()[c], "one query for all candidates");
        request.add(batch.candidateItems()[c]);
      }
      Arrays.stream(batch.items(), groups.keyFrom()[g], groups.keyTo()[g]).forEach(request::add);
      if (searching == (query != 0)) {
        requests.add(request);
      }
    }
    return requests;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9})
  void eachTaskAsksWhatItAsksAlone(int stretch) {
    for (int number = 0; number < 3; number++) {
      LabelledBatch both = batch(CORPUS, weighing(0.3).withStretch(stretch), number);
      LabelledBatch plain = batch(CORPUS, PLAIN.withStretch(stretch), number);
      assertEquals(requests(plain, false), requests(both, false));
      assertEquals(List.of(), requests(plain, true));
      assertTrue(requests(both, true).size() > 2, "searches");
    }
    LabelledBatch both = batch(CORPUS, weighing(0.3), 1);
    assertEquals(requests(both, true), requests(batch(CORPUS, weighing(1), 1), true));
    assertEquals(List.of(), requests(batch(CORPUS, weighing(1), 1), false));
  }

  @Test
  void aSearchAsksForWhatWasFoundByItsQueryAndNothingKnownIsANegative() {
    Histories histories = CORPUS.histories();
    TrainingBatches batches = new TrainingBatches(CORPUS, SPLIT, LENGTH, weighing(1));
    int[] order = batches.order(1);
    for (int user : order) {
      int[] alone = new int[order.length];
      Arrays.fill(alone, user);
      for (List<Integer> request : requests(batches.batch(1, 0, alone), true)) {
        boolean found = false;
        for (int p = SPLIT.trainStart(user); p < SPLIT.trainEnd(user); p++) {
          long event = histories.start(user) + p;
          found |=
              histories.query(event) == request.get(0) && histories.item(event) == request.get(1);
          for (int n = 1; n <= PLAIN.negatives(); n++) {
            assertNotEquals(histories.item(event), request.get(1 + n));
          }
        }
        assertTrue(found, "query " + request.get(0) + " led to item " + request.get(1));
      }
    }
  }

  @Test
  void eachTaskHasItsShareOfTheLoss() {
    LabelledBatch both = batch(CORPUS, weighing(0.3), 0);
    double searched = 0;
    double all = 0;
    for (int c = 0; c < both.weights().length; c++) {
      all += both.weights()[c];
      searched += both.batch().candidateQueries()[c] != 0 ? both.weights()[c] : 0;
    }
    assertEquals(1, all, 1e-5);
    assertEquals(0.3, searched, 1e-5);
    assertArrayEquals(
        new float[] {0.25f, 0.25f, 0.5f / 3, 0.5f / 3, 0.5f / 3},
        weighing(0.5).candidates().weights(new int[] {4, 4, 0, 0, 0}));
    assertArrayEquals(
        new float[] {0.35f, 0.35f},
        weighing(0.3).candidates().weights(new int[2]),
        "a task without a request leaves the other its weight");
    float[] plain = PLAIN.candidates().weights(new int[] {3, 0, 0});
    assertArrayEquals(new float[] {1f / 3, 1f / 3, 1f / 3}, plain);
  }

  @Test
  void whatContradictsItselfIsSaidWithBothValues() {
    CandidateOptions both = CandidateOptions.recommendation().withSearch(0.5);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> both.withQueries(CandidateOptions.Queries.POSITIVE))
            .getMessage();
    assertTrue(message.startsWith("search w is 0.5, but queries is POSITIVE"), message);
    assertThrows(IllegalArgumentException.class, () -> both.withSearch(1.5));
    Corpus silent = World.of(WorldOptions.small().withUsers(12).withSearchShare(0)).corpus();
    String none =
        assertThrows(IllegalArgumentException.class, () -> batch(silent, weighing(1), 0))
            .getMessage();
    assertTrue(none.contains("no training target of corpus"), none);
    assertEquals(
        requests(batch(silent, PLAIN, 0), false), requests(batch(silent, weighing(0.5), 0), false));
  }
}
