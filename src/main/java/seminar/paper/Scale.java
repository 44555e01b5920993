package seminar.paper;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import seminar.experiment.Switch;
import seminar.options.Withers;
import seminar.world.WorldOptions;

/** How large a reproduction is. */
public enum Scale {
  /** Minutes on two cores. */
  QUICK(
      new Size(
          WorldOptions.quick().withUsers(256), // sixteen batches
          16,
          20,
          3,
          2,
          List.of(4),
          1,
          false,
          List.of(0, 2, 4),
          List.of(0.1, 0.5, 0.9),
          List.of(),
          List.of(
              Switch.NOISE_FEATURES,
              Switch.INVERTED_RELEVANCE,
              Switch.UNIFORM_ALIGNMENT,
              Switch.LAST_TARGET),
          LengthOptions.quick(),
          ServedOptions.quick())),
  /** What is worth quoting; hours. */
  FULL(
      new Size(
          WorldOptions.quick(),
          16,
          30,
          6,
          4,
          List.of(100),
          3,
          true,
          List.of(0, 1, 2, 4, 10),
          List.of(0.1, 0.3, 0.5, 0.7, 0.9),
          List.of(0.05, 0.6),
          List.of(Switch.values()),
          LengthOptions.full(),
          ServedOptions.full()));

  private final Size size;

  Scale(Size size) {
    this.size = size;
  }

  /** The numbers behind the name. */
  public Size size() {
    return size;
  }

  /**
   * What a scale consists of. A planted world has fewer users than a log, so it takes more passes.
   *
   * @param world the planted world
   * @param worldEpochs epochs of training on it
   * @param logEpochs epochs of training on real logs
   * @param clickEpochs epochs of training on the exposures of real logs
   * @param pretrainingEpochs epochs of pretraining
   * @param sequences sequences over which recall is averaged; in all panels of Figure 2, one number
   *     for each length, of which the last holds for the rest
   * @param seeds seeds of each model that is compared
   * @param recent whether Figure 3, and every line of Table 3, is also made with the last events
   *     alone as targets, else Table 3 has no pretraining, all three losses and a control; and
   *     whether Table 2 also has each model in the form of its own paper, as where it is made alone
   * @param pretraining epochs of pretraining that Figure 3 compares, the first to the others
   * @param queryWeights λ that Figure 4 compares, 0.5 among them
   * @param searchShares shares of searches of the planted worlds that Figure 4 has beside the usual
   * @param switches which differences between paper and released code are tried
   * @param length quality against length, which has options of its own: told beside its figure
   *     alone
   * @param served retrieval inside ranking, told beside its figure alone too
   */
  @Withers
  public record Size(
      WorldOptions world,
      int worldEpochs,
      int logEpochs,
      int clickEpochs,
      int pretrainingEpochs,
      List<Integer> sequences,
      int seeds,
      boolean recent,
      List<Integer> pretraining,
      List<Double> queryWeights,
      List<Double> searchShares,
      List<Switch> switches,
      @JsonIgnore LengthOptions length,
      @JsonIgnore ServedOptions served)
      implements ScaleSizeBuilder.With {
    /** Copies the lists. */
    public Size {
      sequences = List.copyOf(sequences);
      pretraining = List.copyOf(pretraining);
      queryWeights = List.copyOf(queryWeights);
      searchShares = List.copyOf(searchShares);
      switches = List.copyOf(switches);
    }
  }
}
