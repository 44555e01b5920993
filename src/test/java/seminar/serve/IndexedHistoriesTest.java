package seminar.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import seminar.experiment.RankingExperiment;
import seminar.experiment.Setup;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.math.Workers;
import seminar.model.ModelOptions;
import seminar.rank.Ranker;
import seminar.search.InterestModel;
import seminar.search.PairVectors;
import seminar.world.World;
import seminar.world.WorldOptions;

class IndexedHistoriesTest {
  private static final World WORLD = World.of(WorldOptions.small());
  private static final IndexedHistories.Options OPTIONS = new IndexedHistories.Options(8, 200, 1);
  private static final int[] USERS = {0, 1, 2};
  private static PairVectors first;
  private static PairVectors second;

  @TempDir private Path folder;

  @BeforeAll
  static void make() throws IOException {
    RankingExperiment experiment =
        new RankingExperiment(WORLD.corpus(), Features.of(WORLD), Workers.common(), 1);
    ModelOptions options = ModelOptions.laptop().withDims(16).withLengths(6, 60);
    first = experiment.fresh(Setup.laptop(1).withModel(options)).vectors();
    second = experiment.fresh(Setup.laptop(2).withModel(options)).vectors();
  }

  private void write(PairVectors vectors, String model, Progress progress) throws IOException {
    IndexedHistories.write(
        vectors, model, WORLD.corpus(), OPTIONS, USERS, folder, Workers.common(), progress);
  }

  private IndexedHistories open(PairVectors vectors, String model) throws IOException {
    return IndexedHistories.open(vectors, model, WORLD.corpus(), folder);
  }

  @Test
  void eachHeadFindsItsOwnExactBestAmongTheCandidatesOfTheCodes() throws IOException {
    write(first, "one", Progress.silent());
    for (IndexedHistories.Found found : open(first, "one").search(1, 5, 0, 6)) {
      assertEquals(6, found.events().length);
      for (int i = 1; i < 6; i++) {
        assertTrue(found.scores()[i - 1] >= found.scores()[i], "best first");
      }
      assertEquals(1, found.recall(), "a short history is looked at as a whole");
    }
  }

  @Test
  void whatIsHalfOfAnotherModelDoesNotOpen() throws IOException {
    write(first, "one", Progress.silent());
    Progress stopped =
        (what, done, total) -> {
          throw new IllegalStateException("the power went out");
        };
    assertThrows(IllegalStateException.class, () -> write(second, "two", stopped));
    for (String model : new String[] {"one", "two"}) {
      PairVectors vectors = model.equals("one") ? first : second;
      IOException refused = assertThrows(IOException.class, () -> open(vectors, model));
      assertTrue(refused.getMessage().contains("make the index"), refused.getMessage());
    }
    write(second, "two", Progress.silent());
    assertEquals(4, open(second, "two").search(0, 5, 0, 3).size());
  }

  @Test
  void anotherModelsIndexIsRefused() throws IOException {
    write(first, "one", Progress.silent());
    IOException refused = assertThrows(IOException.class, () -> open(second, "two"));
    assertTrue(refused.getMessage().contains("another model"), refused.getMessage());
  }

  /** What an index finds is what attention keeps, also where it looks at recency. */
  @Test
  void aModelWithRecencyFindsInItsIndexWhatItKeeps() throws IOException {
    RankingExperiment experiment =
        new RankingExperiment(WORLD.corpus(), Features.of(WORLD), Workers.common(), 1);
    ModelOptions options = ModelOptions.lifelong().withDims(16).withLengths(6, 60).withShortTerm(0);
    InterestModel model = experiment.fresh(Setup.lifelong(1).withModel(options));
    write(model.vectors(), "timed", Progress.silent());
    IndexedHistories index = open(model.vectors(), "timed");
    int n = WORLD.corpus().histories().length(1);
    Ranker.Requests request = new Ranker.Requests(new int[] {1}, new int[] {n}, new int[][] {{5}});
    var batch = ModelRanker.batch(model, WORLD.corpus().histories(), request, 0);
    var attended = model.explain(batch).attended();
    List<IndexedHistories.Found> found = index.search(1, 5, 0, 6);
    boolean isTimed = false;
    for (int h = 0; h < found.size(); h++) {
      int[] kept = Arrays.copyOfRange(attended.selected(), 6 * h, 6 * h + 6);
      int[] events = found.get(h).events().clone();
      Arrays.sort(events);
      assertArrayEquals(kept, events, "head " + h);
      for (int i = 0; i < 6; i++) {
        isTimed |= found.get(h).recency()[i] != 0;
        float sum = found.get(h).recency()[i];
        for (float part : found.get(h).parts()[i]) {
          sum += part;
        }
        assertEquals(found.get(h).scores()[i], sum, 1e-4f);
      }
      assertEquals(0, ExplainedSearch.of(index, 1, 5, 0).loss(h, 6, n).candidates());
    }
    assertTrue(isTimed);
  }
}
