package seminar.recall;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import seminar.compute.Backends;
import seminar.data.Corpus;
import seminar.feature.Features;
import seminar.file.Progress;
import seminar.math.Workers;
import seminar.model.ModelOptions;
import seminar.recall.NormRecall.Method;
import seminar.search.PairVectors;
import seminar.search.SeminarModel;
import seminar.world.World;
import seminar.world.WorldOptions;
import tech.tablesaw.api.Table;

class Table4Test {
  private static final World WORLD = World.of(WorldOptions.small());
  private static final Corpus CORPUS = WORLD.corpus();
  private static PairVectors vectors;

  @BeforeAll
  static void model() throws IOException {
    ModelOptions options = ModelOptions.laptop().withDims(16);
    vectors =
        new SeminarModel(
                Backends.cpu().on(Workers.common()), CORPUS, Features.of(WORLD), options, 3)
            .vectors();
  }

  @Test
  void partsOfPairsAddUpToWhatAttentionSees() {
    int[] items = {3, 7, 3};
    int[] queries = {0, 2, 1};
    float[] keys = vectors.keys(items, queries);
    float[][] parts = vectors.parts(items, queries);
    for (int i = 0; i < keys.length; i++) {
      double sum = 0;
      for (float[] part : parts) {
        sum += part[i];
      }
      assertEquals(sum, keys[i], 1e-6);
    }
    for (int c = 0; c < vectors.dims(); c++) {
      assertEquals(0, parts[3][c], "the first pair has no query");
    }
  }

  @Test
  void aPairHasTheSameBitsAtEveryPlace() {
    int[] items = IntStream.range(0, 101).map(i -> i % 7).toArray();
    int[] queries = IntStream.range(0, 101).map(i -> i % 3).toArray();
    float[] keys = vectors.keys(items, queries);
    int dims = vectors.dims();
    for (int i = 21; i < items.length; i++) {
      float[] first = Arrays.copyOfRange(keys, i % 21 * dims, (i % 21 + 1) * dims);
      assertArrayEquals(first, Arrays.copyOfRange(keys, i * dims, (i + 1) * dims), "pair " + i);
    }
  }

  @Test
  void learnedVectorsAreFoundAndThePaperStandsBeside() {
    NormRecall.Options options =
        Table4.options(vectors, 700, 2, 1)
            .withMethods(List.of(Method.PQ_SYMMETRIC, Method.FUSED_REFINED));
    NormRecall.Result result =
        Table4.run(vectors, CORPUS, options, Workers.common(), Progress.silent());
    assertTrue(result.at(Method.FUSED_REFINED, 32).recall().mean() > 0.95, "" + result);
    assertTrue(
        result.at(Method.PQ_SYMMETRIC, 32).recall().mean()
            < result.at(Method.FUSED_REFINED, 32).recall().mean());
    Table table = Table4.table("world", result);
    assertEquals(0.9638, table.doubleColumn("paper R@32").get(0));
    assertTrue(table.doubleColumn("paper R@32").isMissing(1), "the paper has no such method");
  }

  @Test
  void sequencesAreAsLongAsTheCorpusAllows() {
    int events = (int) CORPUS.histories().events();
    assertEquals(Math.min(2000, events - 1), Table4.length(CORPUS).orElseThrow());
    Corpus few = World.of(WorldOptions.small().withUsers(1)).corpus();
    assertTrue(few.histories().events() <= 257, "" + few.histories().events());
    assertTrue(Table4.length(few).isEmpty());
  }

  @Test
  void aSequenceLongerThanTheCorpusIsRefused() {
    int events = (int) CORPUS.histories().events();
    NormRecall.Options options = Table4.options(vectors, events, 2, 1);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Table4.run(vectors, CORPUS, options, Workers.common(), Progress.silent()))
            .getMessage();
    assertTrue(message.contains("give at most " + (events - 1)), message);
  }
}
