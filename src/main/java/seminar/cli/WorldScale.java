package seminar.cli;

import java.util.function.Supplier;
import seminar.world.WorldOptions;

/** Where the dials of a planted world stand before one is turned. */
enum WorldScale {
  /** The world of {@code data/world}. */
  SMALL(WorldOptions::small),
  /** Made in a second. */
  QUICK(WorldOptions::quick),
  /** For a night of training. */
  FULL(WorldOptions::full),
  /** As large as KuaiSAR. */
  KUAISAR(WorldOptions::kuaiSarScale);

  private final Supplier<WorldOptions> options;

  WorldScale(Supplier<WorldOptions> options) {
    this.options = options;
  }

  /** The dials. */
  WorldOptions options() {
    return options.get();
  }
}
