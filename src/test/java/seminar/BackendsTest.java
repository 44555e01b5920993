package seminar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seminar.compute.BackendKind;
import seminar.compute.Backends;
import seminar.experiment.ModelFile;
import seminar.experiment.Setup;
import seminar.experiment.Trained;
import seminar.file.Provenance;
import seminar.search.Method;
import seminar.train.Checkpoints;
import seminar.train.TrainListener;
import seminar.world.WorldOptions;

/** The same studies on both backends, and what is written down of them. */
class BackendsTest {
  private static final double NDCG = 1e-3;
  private static final double LOSS = 1e-4;
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Study lab;

  @TempDir Path folder;

  @BeforeAll
  static void make() throws IOException {
    assumeTrue(!Boolean.getBoolean("seminar.cuda"), "the CPU's backend needs ND4J's memory");
    Setup setup = Setup.laptop(1);
    lab =
        Seminar.world(WorldOptions.small())
            .with(
                setup
                    .withPretraining(setup.pretraining().withBatches(8, 8, 2))
                    .withTraining(setup.training().withBatches(8, 8, 2)))
            .withEpochs(1, 2);
  }

  private static void assertSame(List<TrainListener.Epoch> one, List<TrainListener.Epoch> two) {
    assertEquals(one.size(), two.size());
    for (int i = 0; i < one.size(); i++) {
      assertEquals(one.get(i).loss(), two.get(i).loss(), LOSS);
      assertEquals(one.get(i).validation(), two.get(i).validation(), NDCG);
    }
  }

  @Test
  void seminarWithPretrainingReachesTheSame() throws IOException {
    Trained cpu = lab.train(lab.pretrain());
    Study other = lab.on(Backends.nd4j());
    Trained nd4j = other.train(other.pretrain());
    assertEquals(cpu.ndcg(10), nd4j.ndcg(10), NDCG);
    assertSame(cpu.run().pretraining(), nd4j.run().pretraining());
    assertSame(cpu.run().epochs(), nd4j.run().epochs());
    assertEquals("nd4j", nd4j.run().provenance().backend());
    assertEquals("CPU, by ND4J", nd4j.run().provenance().device());
    assertEquals("cpu", cpu.run().provenance().backend());

    nd4j.write(folder.resolve("my.model"));
    Trained opened = lab.open(folder.resolve("my.model"));
    assertEquals(BackendKind.ND4J, opened.run().setup().backend());
    assertEquals(nd4j.rank(), opened.rank());
  }

  /** A search by hashes, one by trained vectors, and a pooling of buckets. */
  @ParameterizedTest
  @EnumSource(
      value = Method.Kind.class,
      names = {"ETA", "SIM_SOFT", "SDIM"})
  void aPeerReachesTheSame(Method.Kind kind) {
    Study peer = lab.with(lab.setup().withMethod(Method.of(kind))).withEpochs(0, 1);
    Trained cpu = peer.train();
    Trained nd4j = peer.on(Backends.nd4j()).train();
    assertEquals(cpu.ndcg(10), nd4j.ndcg(10), NDCG);
    assertSame(cpu.run().epochs(), nd4j.run().epochs());
  }

  @Test
  void aTrainingIsNotGoneOnWithOnAnotherBackend() throws IOException {
    Path file = folder.resolve("my.psu");
    Setup cpu = lab.withEpochs(1, 1).setup();
    lab.experiment().pretrain(cpu, TrainListener.silent(), checkpoints(file, cpu));
    Setup other = cpu.withBackend(Backends.nd4j());
    String refused =
        assertThrows(
                IOException.class,
                () ->
                    lab.experiment()
                        .pretrain(other, TrainListener.silent(), checkpoints(file, other)))
            .getMessage();
    assertTrue(
        refused.contains("run.options.setup.backend is not said in the file, \"ND4J\" here"),
        refused);
    assertEquals(1, refused.lines().count(), refused);
  }

  private static Checkpoints checkpoints(Path file, Setup setup) {
    return new Checkpoints(
        file, ModelFile.identity(ModelFile.Kind.UNIT, setup, Map.of(), lab.corpus()), 0, 60);
  }

  @Test
  void filesOfBeforeAreOfTheCpuAndFilesOfTheCpuAreAsBefore() throws IOException {
    Setup cpu = lab.setup();
    ObjectNode json = JSON.valueToTree(cpu);
    assertFalse(json.has("backend"), "the identity of a run is what it was");
    assertEquals(cpu, JSON.treeToValue(json, Setup.class));
    ObjectNode other = JSON.valueToTree(cpu.withBackend(Backends.nd4j()));
    assertEquals("ND4J", other.get("backend").asText());
    assertEquals(cpu.withBackend(Backends.nd4j()), JSON.treeToValue(other, Setup.class));

    ObjectNode made = JSON.valueToTree(Provenance.here(2));
    made.remove(List.of("backend", "device"));
    assertEquals(Provenance.here(2), JSON.treeToValue(made, Provenance.class));
  }

  @Test
  void aBackendIsFoundByItsName() {
    assertEquals(Backends.cpu(), Backends.byName("cpu"));
    assertEquals(Backends.nd4j(), Backends.byName("nd4j"));
    String refused =
        assertThrows(IllegalArgumentException.class, () -> Backends.byName("gpu")).getMessage();
    assertEquals("there is no backend 'gpu': there is cpu, nd4j", refused);
    assertEquals("CPU, by OpenBLAS and the Vector API", Backends.cpu().device());
  }
}
