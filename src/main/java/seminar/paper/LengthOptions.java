package seminar.paper;

import java.util.List;
import seminar.compute.BackendKind;
import seminar.experiment.LengthCells;
import seminar.experiment.LengthMethod;
import seminar.experiment.Setup;
import seminar.math.Checks;
import seminar.model.AttentionOptions;
import seminar.options.Withers;
import seminar.train.TrainOptions;
import seminar.world.WorldOptions;

/**
 * Quality against length at one scale: which world, and which cells of the grid of methods, K and
 * lengths are trained.
 *
 * @param world the planted world
 * @param epochs at most so many epochs of training
 * @param patience epochs without a better validation after which training ends
 * @param pretrainingEpochs epochs of pretraining
 * @param cells what is trained on it
 * @param ofLog what is trained on a real log
 * @param reference the length to which others are compared
 * @param allItems requests of each model that are ranked among all items too; 0 for none
 * @param allItemsUpTo the longest L at which they are
 */
@Withers
public record LengthOptions(
    WorldOptions world,
    int epochs,
    int patience,
    int pretrainingEpochs,
    List<LengthCells> cells,
    List<LengthCells> ofLog,
    int reference,
    int allItems,
    int allItemsUpTo)
    implements LengthOptionsBuilder.With {
  private static final int K = 50;
  private static final int SHORT_TERM = 50;
  private static final int RECENCY_BUCKETS = 14;
  private static final double RECENCY_START = 2;
  private static final int USERS = 4;
  private static final int TARGETS = 32;
  private static final int NEGATIVES = 4;

  /** Copies the lists. */
  public LengthOptions {
    cells = List.copyOf(cells);
    ofLog = List.copyOf(ofLog);
    Checks.atLeast(1, "cells", cells.size());
    Checks.atLeast(1, "cells of a log", ofLog.size());
    Checks.atLeast(0, "allItems", allItems);
  }

  /** About two minutes of two cores. */
  static LengthOptions quick() {
    List<Integer> lengths = List.of(50, 200, 1000);
    List<LengthCells> cells =
        List.of(
            new LengthCells(LengthMethod.SEMINAR, K, lengths, 1),
            new LengthCells(LengthMethod.NO_PRETRAINING, K, lengths, 1),
            new LengthCells(LengthMethod.TWIN, K, lengths, 1),
            new LengthCells(LengthMethod.SIM_HARD, K, lengths, 1),
            new LengthCells(LengthMethod.STCA, K, lengths, 1));
    WorldOptions lifelong = WorldOptions.lifelong();
    WorldOptions.Behaviour behaviour =
        lifelong.behaviour().withMinLength(300).withMeanLength(700).withMaxLength(2500);
    WorldOptions world =
        lifelong
            .withUsers(128)
            .withBehaviour(behaviour)
            .withItems(8000, 24)
            .withMemory(lifelong.memory().withBrands(16).withAway(60));
    return new LengthOptions(world, 10, 5, 2, cells, cells.subList(0, 3), 200, 0, 0);
  }

  /**
   * Nights. What matters has three seeds, other methods one; a method that a head chooses for has K
   * = 50.
   */
  static LengthOptions full() {
    List<Integer> all = List.of(50, 100, 200, 500, 1000, 2000, 5000, 10_000);
    List<Integer> few = List.of(50, 200, 1000, 2000, 10_000);
    List<LengthCells> cells =
        List.of(
            new LengthCells(LengthMethod.SEMINAR, K, all, 3),
            new LengthCells(LengthMethod.SEMINAR, 200, List.of(200, 2000, 10_000), 3),
            new LengthCells(LengthMethod.SEMINAR, LengthCells.ALL, List.of(50, 200, 1000, 2000), 1),
            new LengthCells(LengthMethod.NO_PRETRAINING, K, few, 3),
            new LengthCells(LengthMethod.TWIN, K, few, 1),
            new LengthCells(LengthMethod.SIM_HARD, K, few, 1),
            new LengthCells(LengthMethod.SIM_SOFT, K, few, 1),
            new LengthCells(LengthMethod.ETA, K, few, 1),
            new LengthCells(LengthMethod.SDIM, K, few, 1),
            new LengthCells(LengthMethod.QIN, K, few, 1),
            new LengthCells(LengthMethod.LATEST, K, few, 1),
            new LengthCells(LengthMethod.STCA, K, few, 3));
    List<Integer> lengths = List.of(50, 200, 1000, 2000);
    List<LengthCells> ofLog =
        List.of(
            new LengthCells(LengthMethod.SEMINAR, K, lengths, 3),
            new LengthCells(LengthMethod.NO_PRETRAINING, K, lengths, 3),
            new LengthCells(LengthMethod.TWIN, K, lengths, 1),
            new LengthCells(LengthMethod.LATEST, K, lengths, 1),
            new LengthCells(LengthMethod.STCA, K, lengths, 3));
    return new LengthOptions(WorldOptions.lifelong(), 100, 5, 6, cells, ofLog, 200, 50, 2000);
  }

  /** How all are trained: the same for every method and length but for L, K and the method. */
  Setup setup(long seed, BackendKind backend) {
    Setup laptop = Setup.laptop(seed).withBackend(backend);
    AttentionOptions attention =
        laptop
            .model()
            .attention()
            .withRecencyBuckets(RECENCY_BUCKETS)
            .withRecencyStart(RECENCY_START);
    TrainOptions training = laptop.training().withBatches(USERS, TARGETS, NEGATIVES);
    return laptop
        .withModel(laptop.model().withAttention(attention).withShortTerm(SHORT_TERM))
        .withTraining(training.withEpochs(epochs).withPatience(patience))
        .withPretraining(training.withEpochs(pretrainingEpochs));
  }
}
