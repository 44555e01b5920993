package seminar.paper;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import seminar.compute.BackendKind;
import seminar.experiment.LengthCells;
import seminar.experiment.LengthMethod;
import seminar.experiment.Setup;
import seminar.math.Checks;
import seminar.options.Withers;
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
 * @param allItems requests of each model of the first seed that are ranked among all items too; 0
 *     for none
 * @param allItemsUpTo the longest L at which they are
 * @param trainedLengths lengths of which what is missing is trained; none for all
 * @param trainedMethods methods of which what is missing is trained; none for all
 * @param trainedKs K of which what is missing is trained; none for all
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
    int allItemsUpTo,
    @JsonIgnore List<Integer> trainedLengths,
    @JsonIgnore List<LengthMethod> trainedMethods,
    @JsonIgnore List<Integer> trainedKs)
    implements LengthOptionsBuilder.With {
  private static final int K = 50;
  private static final int LONG_K = 200;

  /** Copies the lists. */
  public LengthOptions {
    cells = List.copyOf(cells);
    ofLog = List.copyOf(ofLog);
    trainedLengths = List.copyOf(trainedLengths);
    trainedMethods = List.copyOf(trainedMethods);
    trainedKs = List.copyOf(trainedKs);
    Checks.atLeast(1, "cells", cells.size());
    Checks.atLeast(1, "cells of a log", ofLog.size());
    Checks.atLeast(0, "allItems", allItems);
  }

  /** About two minutes of two cores. */
  static LengthOptions quick() {
    List<Integer> lengths = List.of(50, 200, 1000);
    List<LengthCells> cells =
        List.of(
            new LengthCells(LengthMethod.NO_PRETRAINING, K, lengths, 1),
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
    return new LengthOptions(
        world, 20, 5, 2, cells, cells, 200, 0, 0, List.of(), List.of(), List.of());
  }

  /**
   * Nights. What matters has three seeds, other methods one; a method that chooses has K = 200, as
   * the paper's longest.
   */
  static LengthOptions full() {
    List<Integer> all = List.of(50, 100, 200, 500, 1000, 2000, 5000, 10_000);
    List<Integer> few = List.of(50, 200, 1000, 2000, 10_000);
    List<LengthCells> cells =
        List.of(
            new LengthCells(LengthMethod.NO_PRETRAINING, LONG_K, all, 3),
            new LengthCells(LengthMethod.SEMINAR, LONG_K, few, 3),
            new LengthCells(LengthMethod.STCA, LONG_K, few, 3),
            new LengthCells(LengthMethod.NO_PRETRAINING, K, few, 3),
            new LengthCells(
                LengthMethod.NO_PRETRAINING, LengthCells.ALL, List.of(50, 200, 1000, 2000), 1),
            new LengthCells(LengthMethod.TWIN, LONG_K, few, 1),
            new LengthCells(LengthMethod.SIM_HARD, LONG_K, few, 1),
            new LengthCells(LengthMethod.SIM_SOFT, LONG_K, few, 1),
            new LengthCells(LengthMethod.ETA, LONG_K, few, 1),
            new LengthCells(LengthMethod.SDIM, LONG_K, few, 1),
            new LengthCells(LengthMethod.QIN, LONG_K, few, 1),
            new LengthCells(LengthMethod.LATEST, LONG_K, few, 1));
    List<Integer> lengths = List.of(50, 200, 1000, 2000);
    List<LengthCells> ofLog =
        List.of(
            new LengthCells(LengthMethod.NO_PRETRAINING, LONG_K, lengths, 3),
            new LengthCells(LengthMethod.SEMINAR, LONG_K, lengths, 3),
            new LengthCells(LengthMethod.TWIN, LONG_K, lengths, 1),
            new LengthCells(LengthMethod.LATEST, LONG_K, lengths, 1),
            new LengthCells(LengthMethod.STCA, LONG_K, lengths, 3));
    return new LengthOptions(
        WorldOptions.lifelong(),
        60,
        5,
        4,
        cells,
        ofLog,
        200,
        100,
        2000,
        List.of(),
        List.of(),
        List.of());
  }

  /** How all are trained: the same for every method and length but for L, K and the method. */
  Setup setup(long seed, BackendKind backend) {
    Setup lifelong = Setup.lifelong(seed).withBackend(backend);
    return lifelong
        .withTraining(lifelong.training().withEpochs(epochs).withPatience(patience))
        .withPretraining(lifelong.pretraining().withEpochs(pretrainingEpochs));
  }

  /**
   * The same grid, of which only a part is trained; the rest is drawn where it was trained before.
   *
   * @param lengths of these lengths alone; none for all
   * @param methods of these methods alone; none for all
   * @param topKs of these K alone; none for all
   * @throws IllegalArgumentException if the grid has none of them
   */
  public LengthOptions only(
      List<Integer> lengths, List<LengthMethod> methods, List<Integer> topKs) {
    checkAmong("--lengths", lengths, LengthCells.lengths(cells));
    checkAmong("--top-k", topKs, cells.stream().map(LengthCells::topK).distinct().toList());
    return with(o -> o.trainedLengths(lengths).trainedMethods(methods).trainedKs(topKs));
  }

  private static void checkAmong(String option, List<Integer> some, List<Integer> all) {
    for (int one : some) {
      if (!all.contains(one)) {
        throw new IllegalArgumentException("%s %d: the grid has %s".formatted(option, one, all));
      }
    }
  }

  /** Whether a cell is trained where it was not before. */
  boolean trains(LengthCells.Cell cell) {
    return (trainedLengths.isEmpty() || trainedLengths.contains(cell.length()))
        && (trainedMethods.isEmpty() || trainedMethods.contains(cell.curve().method()))
        && (trainedKs.isEmpty() || trainedKs.contains(cell.curve().topK()));
  }
}
