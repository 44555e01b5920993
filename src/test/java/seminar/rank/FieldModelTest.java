package seminar.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.classification.sgd.fm.FMClassificationModel;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.measure.Auc;

class FieldModelTest {
  private static final int ITEMS = 20;
  private static final int[][] HISTORIES = TinyCorpus.histories(40, ITEMS, 12, 3);
  private static final Corpus CORPUS = TinyCorpus.of(ITEMS, HISTORIES);
  private static final Split SPLIT = Split.leaveOneOut(CORPUS.histories());
  private static final FieldOptions OPTIONS = new FieldOptions(4, 200, 2, 3, 0.1, 3);
  private static final SparseFields FIELDS = new SparseFields(CORPUS, SPLIT, 4);
  private static final FieldExamples EXAMPLES = new FieldExamples(CORPUS, SPLIT, FIELDS);

  @Test
  void bothModelsScoreAsTribuoDoes() {
    LinearSGDModel linear = FieldModel.linear(EXAMPLES, OPTIONS, 1);
    agree(linear, FieldModel.of(FIELDS, linear, OPTIONS));
    FMClassificationModel machine = FieldModel.machine(EXAMPLES, OPTIONS, 1);
    agree(machine, FieldModel.of(FIELDS, machine, OPTIONS));
  }

  /**
   * Log odds of Tribuo's probabilities against ours, for every item at the end of every history.
   */
  private static void agree(Model<Label> model, FieldModel ours) {
    for (int user = 0; user < HISTORIES.length; user++) {
      int position = HISTORIES[user].length - 1;
      float[] scores = TinyCorpus.scores(ours::score, CORPUS, user, position);
      for (int item = 1; item <= ITEMS; item++) {
        Map<String, Label> odds =
            model
                .predict(EXAMPLES.example(user, position, item, LabelFactory.UNKNOWN_LABEL))
                .getOutputScores();
        double expected = Math.log(odds.get("taken").getScore() / odds.get("not taken").getScore());
        assertEquals(expected, scores[item - 1], 1e-4);
      }
    }
  }

  @Test
  void ourAreaUnderTheCurveIsTribuos() {
    LinearSGDModel model = FieldModel.linear(EXAMPLES, OPTIONS, 2);
    Dataset<Label> data = EXAMPLES.draw(OPTIONS, 5);
    List<Prediction<Label>> predictions = new ArrayList<>();
    float[] scores = new float[data.size()];
    boolean[] labels = new boolean[data.size()];
    for (int i = 0; i < scores.length; i++) {
      Example<Label> example = data.getExample(i);
      Prediction<Label> exact = model.predict(example);
      // Rounded, so that there are ties.
      scores[i] = Math.round(exact.getOutputScores().get("taken").getScore() * 20) / 20f;
      labels[i] = example.getOutput().getLabel().equals("taken");
      Map<String, Label> rounded =
          Map.of(
              "taken", new Label("taken", scores[i]),
              "not taken", new Label("not taken", 1 - scores[i]));
      predictions.add(
          new Prediction<>(
              rounded.get("taken"), rounded, exact.getNumActiveFeatures(), example, true));
    }
    LabelEvaluation evaluation =
        new LabelEvaluator().evaluate(model, predictions, data.getProvenance());
    double area = Auc.of(scores, labels);
    assertTrue(area > 0.6, "" + area);
    assertEquals(evaluation.AUCROC(FieldExamples.TAKEN), area, 1e-9);
  }

  @Test
  void anExampleHoldsItsFeaturesByName() {
    Corpus corpus = TinyCorpus.of(6, new int[] {2, 3, 2, 4, 5, 6}, new int[] {5, 5, 1, 1});
    Split split = Split.leaveOneOut(corpus.histories());
    FieldExamples examples = new FieldExamples(corpus, split, new SparseFields(corpus, split, 3));
    Example<Label> example = examples.example(0, 3, 5, FieldExamples.TAKEN);
    double third = 1 / Math.sqrt(3);
    assertEquals(8, example.size());
    assertEquals(1, value(example, "user:0"));
    assertEquals(2 * third, value(example, "last:2"), 1e-12);
    assertEquals(third, value(example, "last:3"), 1e-12);
    assertEquals(1, value(example, "item:5"));
    assertEquals(1, value(example, "attribute:2"));
    assertEquals(Math.log(3) / 8, value(example, "side:clicks"), 1e-7);
    assertEquals(0, value(example, "side:times"));
    assertEquals(1, value(example, "side:shared"));
    assertEquals(
        Math.log(3), value(examples.example(0, 3, 2, FieldExamples.NOT), "side:times"), 1e-12);
  }

  @Test
  void aTargetDoesNotCountItsOwnClick() {
    Corpus corpus = TinyCorpus.of(6, new int[] {2, 3, 2, 4, 5, 6}, new int[] {5, 5, 4, 1, 1});
    Split split = Split.leaveOneOut(corpus.histories());
    FieldExamples examples = new FieldExamples(corpus, split, new SparseFields(corpus, split, 3));
    Example<Label> taken = examples.example(0, 3, 4, FieldExamples.TAKEN);
    assertEquals(Math.log(2) / 8, value(taken, "side:clicks"), 1e-7, "the other history's click");
    Example<Label> elsewhere = examples.example(0, 2, 4, FieldExamples.NOT);
    assertEquals(Math.log(3) / 8, value(elsewhere, "side:clicks"), 1e-7);
    Example<Label> heldOut = examples.example(0, 4, 5, LabelFactory.UNKNOWN_LABEL);
    assertEquals(Math.log(3) / 8, value(heldOut, "side:clicks"), 1e-7, "it was never counted");
  }

  private static double value(Example<Label> example, String name) {
    for (Feature feature : example) {
      if (feature.getName().equals(name)) {
        return feature.getValue();
      }
    }
    throw new AssertionError(name + " is not in " + example);
  }

  @Test
  void targetsAreDrawnWithoutReplacementAndNegativesAreNew() {
    int all = (int) SPLIT.trainTargets();
    assertEquals(3 * all, EXAMPLES.draw(new FieldOptions(4, all + 5, 2, 1, 1, 1), 1).size());
    assertEquals(3 * 50, EXAMPLES.draw(new FieldOptions(4, 50, 2, 1, 1, 1), 1).size());
    for (Example<Label> example : EXAMPLES.draw(OPTIONS, 1)) {
      int user = -1;
      int item = -1;
      for (Feature feature : example) {
        String[] parts = feature.getName().split(":");
        user = parts[0].equals("user") ? Integer.parseInt(parts[1]) : user;
        item = parts[0].equals("item") ? Integer.parseInt(parts[1]) : item;
      }
      int candidate = item;
      boolean met =
          Arrays.stream(HISTORIES[user], 0, HISTORIES[user].length - 2)
              .anyMatch(one -> one == candidate);
      assertEquals(example.getOutput().equals(FieldExamples.TAKEN), met);
    }
  }

  @Test
  void theSameSeedGivesTheSameModelAndProvenanceTellsTheOptions() throws Exception {
    FieldModel first = FieldModel.factorizationMachine(CORPUS, SPLIT, OPTIONS, 7);
    FieldModel second = FieldModel.factorizationMachine(CORPUS, SPLIT, OPTIONS, 7);
    FieldModel other = FieldModel.factorizationMachine(CORPUS, SPLIT, OPTIONS, 8);
    float[] scores = TinyCorpus.scores(first, CORPUS, 1, 2);
    assertArrayEquals(scores, TinyCorpus.scores(second, CORPUS, 1, 2));
    assertFalse(Arrays.equals(scores, TinyCorpus.scores(other, CORPUS, 1, 2)));
    assertEquals(first.provenance(), second.provenance());
    JsonNode provenance = new ObjectMapper().readTree(first.provenance());
    assertEquals("7", provenance.get("trainer").get("seed").asText());
    assertEquals("3", provenance.get("trainer").get("factorizedDimSize").asText());
    assertEquals("600", provenance.get("dataset").get("num-examples").asText());
    assertTrue(provenance.toString().contains(CORPUS.hash()));
    assertFalse(provenance.toString().contains("time"), first.provenance());
  }

  @Test
  void withoutTargetsOrNegativesThereIsNoModel() {
    Corpus full = TinyCorpus.of(3, new int[] {1, 2, 3, 1, 2, 3});
    Split split = Split.leaveOneOut(full.histories());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> FieldModel.logisticRegression(full, split, OPTIONS, 1));
    assertTrue(e.getMessage().contains("all 3 items"), e.getMessage());
    Corpus none = TinyCorpus.of(3, new int[] {1}, new int[] {2});
    assertThrows(
        IllegalArgumentException.class,
        () ->
            FieldModel.factorizationMachine(none, Split.leaveOneOut(none.histories()), OPTIONS, 1));
    assertThrows(IllegalArgumentException.class, () -> new FieldOptions(1, 1, 0, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new FieldOptions(1, 1, 1, 1, 0, 1));
  }
}
