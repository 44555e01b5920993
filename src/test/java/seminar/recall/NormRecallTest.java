package seminar.recall;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import seminar.file.Progress;
import seminar.math.Workers;
import seminar.recall.NormRecall.CodebookFit;
import seminar.recall.NormRecall.Method;
import seminar.recall.NormRecall.NormLaw;
import seminar.recall.NormRecall.Options;
import seminar.recall.NormRecall.Result;

class NormRecallTest {
  private static final Workers WORKERS = Workers.common();

  /** Expected values: an independent NumPy replication with 3 to 6 targets, good to about 0.05. */
  @Test
  void theScriptsSettingGivesThePublishedShape() {
    Result result = run(Options.script());
    assertEquals(0.96, recall(result, Method.PQ_SYMMETRIC, 32), 0.05);
    assertEquals(0.99, recall(result, Method.PQ_SYMMETRIC, 256), 0.02);
    assertEquals(0.64, recall(result, Method.TWO_STAGE, 32), 0.12);
    assertEquals(0.995, recall(result, Method.TWO_STAGE, 256), 0.02);
    assertTrue(
        recall(result, Method.PQ_SYMMETRIC, 32) > recall(result, Method.TWO_STAGE, 32) + 0.15);
  }

  @Test
  void thePrintedSettingDoesNot() {
    Result result = run(Options.printed());
    assertEquals(0.47, recall(result, Method.PQ_SYMMETRIC, 32), 0.15);
    assertEquals(0.63, recall(result, Method.PQ_SYMMETRIC, 256), 0.1);
    assertEquals(0.63, recall(result, Method.PQ_ASYMMETRIC, 32), 0.15);
    assertEquals(0.73, recall(result, Method.PQ_ASYMMETRIC, 256), 0.1);
    assertEquals(0.67, recall(result, Method.TWO_STAGE, 32), 0.15);
    for (int k : new int[] {64, 128, 256}) {
      assertTrue(recall(result, Method.PQ_SYMMETRIC, k) < recall(result, Method.TWO_STAGE, k));
      assertTrue(
          recall(result, Method.FUSED_ASYMMETRIC, k) > recall(result, Method.PQ_ASYMMETRIC, k));
    }
  }

  @Test
  void fourBitCodesOfFusedKeysWithRefinementFindNearlyAllAtThePrintedSetting() {
    Options options = Options.printed().withMethods(List.of(Method.FUSED_REFINED));
    for (NormLaw norms : NormLaw.values()) {
      Result result = run(options.panel(4000, norms, Options.RISING));
      for (int k : options.topK()) {
        assertTrue(recall(result, Method.FUSED_REFINED, k) >= 0.99, "K=" + k);
      }
    }
  }

  @Test
  void graphsAndHashesStayNearOrBelowTheirBound() {
    Result result = run(small().withMethods(List.of(Method.values())));
    assertEquals(Method.values().length, result.curves().size());
    double bound = recall(result, Method.TWO_STAGE_L2, 16);
    assertEquals(bound, recall(result, Method.HNSW_L2, 16), 0.1);
    assertEquals(recall(result, Method.TWO_STAGE, 16), recall(result, Method.HNSW, 16), 0.1);
    assertTrue(recall(result, Method.LSH, 16) <= bound + 0.1);
    assertTrue(recall(result, Method.SIMHASH, 16) < recall(result, Method.FUSED_REFINED, 16));
    assertTrue(recall(result, Method.RESIDUAL, 16) >= recall(result, Method.PQ_SYMMETRIC, 16));
  }

  /**
   * Expected values: faiss 1.15.1 over 100 other sequences (IndexLSH with 64 bits, IndexFlatL2),
   * good to .02 at K = 32. Means of four sequences have a standard deviation of .06 there, so four
   * can be off by .1.
   */
  @Test
  void cascadesFindWhatThoseOfFaissFind() {
    List<Method> cascades = List.of(Method.LSH, Method.TWO_STAGE_L2);
    Result result = run(Options.script().withMethods(cascades).withSequences(40).withSeed(1));
    Map<Method, double[]> faiss =
        Map.of(
            Method.LSH, new double[] {0.548, 0.741, 0.910, 0.987},
            Method.TWO_STAGE_L2, new double[] {0.604, 0.801, 0.945, 0.995});
    double[] within = {0.05, 0.035, 0.02, 0.006};
    for (Method method : cascades) {
      for (int k = 0; k < within.length; k++) {
        double found = recall(result, method, result.options().topK().get(k));
        assertEquals(faiss.get(method)[k], found, within[k], method.label());
      }
    }
  }

  @Test
  void withDifferentNormsListsByDistanceLoseMoreThanListsByInnerProduct() {
    Result result = run(small().panel(500, NormLaw.DIFFERENT, Options.EQUAL));
    assertTrue(recall(result, Method.TWO_STAGE, 16) > recall(result, Method.TWO_STAGE_L2, 16));
  }

  @Test
  void oneThreadAndFourGiveTheSameResult() {
    try (Workers one = Workers.of(1);
        Workers four = Workers.of(4)) {
      Options options = small().withFit(CodebookFit.OTHER_HISTORY);
      assertEquals(
          NormRecall.run(options, one, Progress.silent()),
          NormRecall.run(options, four, Progress.silent()));
    }
  }

  @Test
  void aDeployedCodebookFindsLessThanOneFittedToTheHistory() {
    double own = recall(run(printedSmall()), Method.PQ_SYMMETRIC, 16);
    double other =
        recall(run(printedSmall().withFit(CodebookFit.OTHER_HISTORY)), Method.PQ_SYMMETRIC, 16);
    assertTrue(other < own);
  }

  @Test
  void panelsThatDifferInWeightsAloneShareTheirSequences() {
    Options equal = small().withMethods(List.of(Method.values()));
    Options rising = equal.withWeights(Options.RISING);
    assertEquals(
        List.of(run(equal), run(rising)),
        NormRecall.run(List.of(equal, rising), WORKERS, Progress.silent()));
    Options other = rising.withFit(CodebookFit.OTHER_HISTORY);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> NormRecall.run(List.of(equal, other), WORKERS, Progress.silent()))
            .getMessage();
    assertTrue(message.contains("more than weights"), message);
  }

  @Test
  void progressCountsSequences() {
    List<String> steps = new ArrayList<>();
    NormRecall.run(small(), WORKERS, (what, done, total) -> steps.add(done + "/" + total));
    assertEquals(List.of("1/3", "2/3", "3/3"), steps);
  }

  @Test
  void aResultSurvivesJson() throws Exception {
    ObjectMapper json = new ObjectMapper();
    Result result = run(small());
    assertEquals(result, json.readValue(json.writeValueAsString(result), Result.class));
  }

  @Test
  void asksForWhatCanBeMeasured() {
    Options options = small();
    assertThrows(
        IllegalArgumentException.class, () -> options.panel(10, NormLaw.SAME, Options.EQUAL));
    assertThrows(IllegalArgumentException.class, () -> options.withSequences(1).withSeed(1));
    assertThrows(IllegalArgumentException.class, () -> run(options).at(Method.TWO_STAGE, 17));
  }

  private static Options small() {
    return new Options(
        "small",
        8,
        4,
        16,
        300,
        List.of(4, 16),
        NormLaw.SAME,
        Options.RISING,
        3,
        CodebookFit.HISTORY_AND_TARGET,
        Method.USUAL,
        7);
  }

  /** As many centroids for the events as the printed setting, on a fifth of both. */
  private static Options printedSmall() {
    return new Options(
        "printed, smaller",
        64,
        8,
        128,
        500,
        List.of(16),
        NormLaw.SAME,
        Options.EQUAL,
        6,
        CodebookFit.HISTORY_AND_TARGET,
        Method.USUAL,
        7);
  }

  private static Result run(Options options) {
    return NormRecall.run(options, WORKERS, Progress.silent());
  }

  private static double recall(Result result, Method method, int k) {
    return result.at(method, k).recall().mean();
  }
}
