package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import seminar.feature.Features;
import seminar.loss.NextItemOptions;
import seminar.math.Workers;
import seminar.model.ModelOptions;
import seminar.options.OptionPaths;
import seminar.search.Method;
import seminar.train.TrainOptions;
import seminar.world.World;
import seminar.world.WorldOptions;

/** Sequence models beside SEMINAR, and SEMINAR with what they know. */
class SequenceFormsTest {
  private static final Setup BASE = Setup.laptop(1);

  private static Map<String, Contender> forms() {
    Map<String, Contender> forms = new LinkedHashMap<>();
    SequenceForms.of(BASE).forEach(form -> forms.put(form.name(), form));
    return forms;
  }

  @Test
  void everyFormLacksWhatItsNameSaysAndNothingElse() {
    Map<String, Contender> forms = forms();
    Setup extended = forms.get(SequenceForms.EXTENDED).setup();
    assertTrue(extended.model().sequence().applies());
    assertTrue(extended.training().nextItem().applies());
    assertEquals(50, extended.model().shortTerm());
    Map<String, Set<String>> changed =
        Map.of(
            "the next-item loss", Set.of("training.nextItem.negatives"),
            "the short term", Set.of("model.shortTerm"),
            "recency", Set.of("model.attention.recencyBuckets"),
            "dropout", Set.of("model.sequence.dropout"));
    changed.forEach(
        (what, paths) -> {
          Setup less = forms.get("SEMINAR, extended, without " + what).setup();
          Map<String, String> mine = OptionPaths.describe(less);
          Set<String> different = new HashSet<>();
          OptionPaths.describe(extended)
              .forEach(
                  (path, value) -> {
                    if (!value.equals(mine.get(path))) {
                      different.add(path);
                    }
                  });
          assertTrue(different.containsAll(paths), what + " changed " + different);
          assertTrue(
              different.stream().allMatch(path -> path.startsWith(group(paths))),
              what + " changed " + different);
        });
    Setup less = forms.get("SEMINAR, extended, without the sequence").setup();
    assertFalse(less.model().sequence().applies() || less.training().nextItem().applies());
  }

  private static String group(Set<String> paths) {
    String path = paths.iterator().next();
    return path.substring(0, path.lastIndexOf('.'));
  }

  @Test
  void allHaveTheSameLengthsBatchesAndPatience() {
    forms()
        .forEach(
            (name, form) -> {
              TrainOptions training = form.setup().training();
              assertEquals(100, training.epochs(), name);
              assertEquals(12, training.patience(), name);
              assertEquals(BASE.training().usersPerBatch(), training.usersPerBatch(), name);
              ModelOptions model = form.setup().model();
              assertEquals(BASE.model().sequenceLength(), model.sequenceLength(), name);
              assertEquals(BASE.protocol(), form.setup().protocol(), name);
            });
    assertEquals(new Method.SasRec(), forms().get("gSASRec").setup().method());
    assertEquals(256, forms().get("gSASRec").setup().training().nextItem().negatives());
  }

  @Test
  void aSequenceModelIsTrainedAndRankedAsAnyOther() throws Exception {
    World world = World.of(WorldOptions.small());
    RankingExperiment experiment =
        new RankingExperiment(world.corpus(), Features.of(world), Workers.common(), 1);
    for (String name : List.of("SASRec, softmax", SequenceForms.EXTENDED)) {
      Setup setup = forms().get(name).setup();
      Setup brief =
          setup
              .withModel(setup.model().withDims(16).withShortTerm(0).withLengths(5, 20))
              .withTraining(setup.training().withEpochs(6));
      Trained trained = experiment.run(new Contender(name, brief, false), 1, done -> {});
      List<Double> losses =
          trained.trained().training().epochs().stream().map(epoch -> epoch.loss()).toList();
      assertTrue(losses.getLast() < losses.getFirst(), name + " " + losses);
      assertTrue(trained.ndcg(10) > 0.1, name + " " + trained);
      assertEquals(5, trained.recommend(3, 5).size());
    }
  }

  @Test
  void theExtendedFormAddsToWhateverItIsMadeOf() {
    Setup timed = BASE.withModel(BASE.model().withRecency(12).withSequenceLength(30));
    assertEquals(12, timed.extended().model().attention().recencyBuckets());
    assertEquals(30, timed.extended().model().shortTerm());
    assertEquals(8, BASE.extended().model().attention().recencyBuckets());
    assertEquals(NextItemOptions.Form.SOFTMAX, BASE.extended().training().nextItem().form());
    assertEquals(BASE.method(), BASE.extended().method());
  }
}
