package seminar.cli;

import seminar.world.WorldOptions;

/** How large a reproduction is. */
enum Scale {
  /** Minutes on two cores. */
  QUICK(new Size(WorldOptions.quick(), 24, 20, 3, 4, 1)),
  /** What is worth quoting; hours. */
  FULL(new Size(WorldOptions.full(), 40, 30, 6, 100, 3));

  private final Size size;

  Scale(Size size) {
    this.size = size;
  }

  /** The numbers behind the name. */
  Size size() {
    return size;
  }

  /**
   * What a scale consists of. A planted world has fewer users than a log, so it takes more passes.
   *
   * @param world the planted world
   * @param worldEpochs epochs of training on it
   * @param logEpochs epochs of training on real logs
   * @param clickEpochs epochs of training on the exposures of real logs
   * @param sequences sequences over which recall is averaged
   * @param seeds seeds of each model that is compared
   */
  record Size(
      WorldOptions world,
      int worldEpochs,
      int logEpochs,
      int clickEpochs,
      int sequences,
      int seeds) {}
}
