package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.file.Provenance;
import seminar.model.ItemCodes;
import seminar.model.ModelOptions;
import seminar.search.Method;
import seminar.world.World;
import seminar.world.WorldOptions;

class ContenderTest {
  private static final Setup BASE = Setup.laptop(1);
  private static final Corpus CORPUS = World.of(WorldOptions.small()).corpus();

  private static Map<String, Contender> contenders(Corpus corpus) {
    return Contender.table2(BASE, corpus).stream()
        .collect(Collectors.toMap(Contender::name, contender -> contender));
  }

  @Test
  void allHaveTheSameStepsButTheControlAndOnlySeminarIsPretrained() {
    Map<String, Contender> all = contenders(CORPUS);
    int epochs = BASE.training().epochs();
    int pretraining = BASE.pretraining().epochs();
    all.forEach(
        (name, contender) -> {
          assertTrue(contender.missing().isEmpty(), name);
          assertEquals(name.startsWith("SEMINAR") && !name.contains("no "), contender.pretrained());
          int expected =
              name.contains("twice")
                  ? 2 * epochs
                  : name.contains("as many") ? epochs + pretraining : epochs;
          assertEquals(expected, contender.setup().training().epochs(), name);
          boolean maps = name.startsWith("SEMINAR");
          assertEquals(
              maps, contender.setup().model().restoring() != ModelOptions.Restoring.NONE, name);
          assertEquals(BASE.training().negatives(), contender.setup().training().negatives());
        });
    assertEquals(7, all.get("ETA").seeded(7).training().seed());
  }

  @Test
  void inTheFormOfItsOwnPaperEachHasItsShortTermAndNobodyFewerSupervisedEpochs() {
    int both = BASE.training().epochs() + BASE.pretraining().epochs();
    List<Contender> own = Contender.ownForms(BASE, CORPUS);
    assertEquals(new Contender("SEMINAR", BASE, true), own.getFirst());
    for (Contender each : own) {
      Setup setup = each.setup();
      String name = each.name();
      int pretraining = each.pretrained() ? setup.pretraining().epochs() : 0;
      assertEquals(both, pretraining + setup.training().epochs(), name);
      assertEquals(name.contains("short term") ? 50 : 0, setup.model().shortTerm(), name);
      assertEquals(
          name.contains("recency") ? 8 : 0, setup.model().attention().recencyBuckets(), name);
      boolean has = name.startsWith("SEMINAR") || name.startsWith("QIN");
      assertTrue(has || setup.model().shortTerm() > 0, name);
      if (setup.method() instanceof Method.Qin qin) {
        assertTrue(qin.latestQuery() && qin.fusedFields());
      }
    }
    Setup few = BASE.withModel(BASE.model().withLengths(4, 20));
    assertEquals(20, Contender.ownForms(few, CORPUS).get(1).setup().model().shortTerm());
  }

  @Test
  void pretrainingIsHeldAgainstEqualStepsAndWhereTargetsAreFewAgainstEqualLabels() {
    Setup few = BASE.withProtocol(BASE.protocol().withTargets(Protocol.Targets.RECENT));
    int training = BASE.training().epochs();
    int pretraining = BASE.pretraining().epochs();
    List<Contender> controls = Ablations.controls(few);
    assertEquals(
        List.of("none, as many steps", "none, twice the steps", "none, older events first"),
        controls.stream().map(Contender::name).toList());
    assertEquals(
        List.of(training + pretraining, 2 * training, training + pretraining),
        controls.stream().map(each -> each.setup().training().epochs()).toList());
    assertEquals(
        List.of(0, 0, pretraining),
        controls.stream().map(each -> each.setup().training().olderEpochs()).toList());
    assertTrue(controls.stream().noneMatch(Contender::pretrained));
    assertEquals(2, Ablations.controls(BASE).size(), "all events are targets anyway");
  }

  @Test
  void aMethodThatTheCorpusCannotHaveSaysWhyAndIsALineOfTheTable() {
    WorldOptions.Behaviour silent =
        new WorldOptions.Behaviour(20, 60, 160, 0, 3, 0.1, 6, 0.1, 3, 0.15);
    Corpus corpus = World.of(WorldOptions.small().withBehaviour(silent)).corpus();
    Contender qin = contenders(corpus).get("QIN");
    assertTrue(qin.missing().orElseThrow().contains("nobody searched"));

    Comparison.Line missing = new Comparison.Line("QIN", List.of(), qin.missing());
    Comparison.Line seminar = new Comparison.Line("SEMINAR", List.of(run()), Optional.empty());
    ModelTable table = PaperTables.models("world", List.of(seminar, missing), List.of(1L));
    assertTrue(table.table().printAll().contains("nobody searched"), table.table().printAll());
    assertEquals(0.5, table.rows().getFirst().mean().orElseThrow(), 1e-9);
  }

  @Test
  void itemsAreToldByCodesWhereTheyHaveTexts() {
    Corpus corpus = World.of(WorldOptions.small()).corpus();
    Map<String, Contender> all = contenders(corpus);
    ItemCodes codes =
        all.get("TWIN, codes of the text (VQ-Rec)").setup().model().channels().codes();
    assertEquals(ItemCodes.of(ItemCodes.Kind.PRODUCT, ItemCodes.InsteadOf.BOTH), codes);
    codes = all.get("TWIN, semantic ids").setup().model().channels().codes();
    assertEquals(ItemCodes.of(ItemCodes.Kind.RESIDUAL, ItemCodes.InsteadOf.BOTH), codes);
    int[] none = new int[corpus.catalog().size() + 1];
    Arrays.fill(none, Catalog.ABSENT);
    Corpus silent = corpus.withCatalog(corpus.catalog().withRows(none, none));
    contenders(silent)
        .forEach(
            (name, contender) ->
                assertEquals(
                    name.startsWith("TWIN, codes") || name.startsWith("TWIN, semantic"),
                    contender.missing().isPresent(),
                    name));
  }

  @Test
  void fidelityGivesAPeerTheFormOfTheReleasedCode() {
    Setup eta = BASE.withMethod(new Method.Eta());
    assertEquals(
        new Method.Eta(Method.Form.RELEASED, 16, false), Fidelity.AS_RELEASED.of(eta).method());
    assertEquals(eta, Fidelity.PAPER.of(eta));
  }

  @Test
  void aTableWithoutSeminarHasNothingToCompareWith() {
    Comparison.Line line = new Comparison.Line("ETA", List.of(run()), Optional.empty());
    assertThrows(
        IllegalArgumentException.class,
        () -> PaperTables.models("world", List.of(line), List.of(1L)));
  }

  /** Two users, one ranked first, one last. */
  private static Run run() {
    return new Run(
        "SEMINAR",
        Run.Identity.of("options", 1, "corpus", "features", "negatives", "version"),
        10,
        List.of(),
        List.of(),
        new Run.Seconds(0, 1, 1),
        seminar.measure.TieRule.EXPECTED,
        new int[] {0, 1},
        new int[] {0, 99},
        new int[] {0, 99},
        Map.of(),
        Provenance.here(1),
        Map.of());
  }
}
