package seminar.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import seminar.feature.Features;
import seminar.math.Workers;
import seminar.search.Method;
import seminar.train.TrainListener;
import seminar.world.World;
import seminar.world.WorldOptions;

/** A model that was kept is read with the options that it was made with. */
class ModelFileTest {
  private static final World WORLD = World.of(WorldOptions.small().withUsers(20));
  private static RankingExperiment experiment;

  @TempDir Path folder;

  @BeforeAll
  static void open() throws Exception {
    experiment = new RankingExperiment(WORLD.corpus(), Features.of(WORLD), Workers.common(), 1);
  }

  static Stream<Setup> setups() {
    Setup laptop = Setup.laptop(1);
    Stream<Setup> methods =
        Stream.of(Method.Kind.values())
            .filter(Method.Kind::attends)
            .map(kind -> Contender.with(laptop, kind));
    return Stream.concat(methods, Stream.of(laptop.extended(), Setup.gSasRec(1)));
  }

  @ParameterizedTest
  @MethodSource("setups")
  void whateverTheMethod(Setup setup) throws Exception {
    Setup brief =
        setup
            .withModel(setup.model().withDims(8).withShortTerm(0).withLengths(4, 12))
            .withTraining(setup.training().withEpochs(1));
    Trained trained = experiment.train("x", brief, Optional.empty(), TrainListener.silent());
    Path file = folder.resolve("x.model");
    trained.write(file);
    ModelFile read = ModelFile.read(file, ModelFile.Kind.MODEL, WORLD.corpus());
    assertEquals(brief, read.setup());
    assertEquals(trained.ndcg(10), experiment.open("x", read).ndcg(10));
  }
}
