package seminar.cli;

import seminar.world.WorldOptions;

/** How large a reproduction is. */
enum Scale {
  /** Minutes on two cores. */
  QUICK(WorldOptions.quick(), 24, 14, 4),
  /** What is worth quoting; hours. */
  FULL(WorldOptions.full(), 40, 30, 100);

  private final WorldOptions world;
  private final int worldEpochs;
  private final int logEpochs;
  private final int sequences;

  Scale(WorldOptions world, int worldEpochs, int logEpochs, int sequences) {
    this.world = world;
    this.worldEpochs = worldEpochs;
    this.logEpochs = logEpochs;
    this.sequences = sequences;
  }

  /** The planted world. */
  WorldOptions world() {
    return world;
  }

  /** Epochs of training: a planted world has fewer users, so it takes more passes. */
  int epochs(boolean planted) {
    return planted ? worldEpochs : logEpochs;
  }

  /** Sequences over which recall is averaged. */
  int sequences() {
    return sequences;
  }
}
