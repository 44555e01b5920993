package seminar.model;

import java.util.Optional;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;

/**
 * One channel on its way into a fusion (paper §3.3.2; our GSU-1).
 *
 * <pre>
 *   GSU-1  y = x G        where this fusion has a map G for the channel, else y = x
 *          z = y / ‖y‖    where no modality shall outweigh another by its norm, else z = y
 * </pre>
 *
 * <p>Shapes: n distinct items or queries; x, y and z [n, d]. A channel that enters as it is costs
 * nothing: z is x, and a gradient of z is added to that of x.
 */
final class FusedChannel {
  private final Backend backend;
  private final Optional<ChannelMap> restoring;
  private final boolean unit;
  private final Scratch scratch = new Scratch();
  private Matrix x;
  private Matrix y;

  /**
   * A channel's way.
   *
   * @param restoring its map G, if it passes one
   * @param unit whether it is brought to unit length
   */
  FusedChannel(Backend backend, Optional<Parameter> restoring, boolean unit) {
    this.backend = backend;
    this.restoring = restoring.map(g -> ChannelMap.of(backend, g));
    this.unit = unit;
  }

  /** z; x is kept until the backward pass. */
  Matrix forward(Matrix given) {
    x = given;
    y = x;
    if (restoring.isPresent()) {
      y = scratch.matrix("y", x.rows(), x.cols());
      restoring.get().forward(x, y);
    }
    if (!unit) {
      return y;
    }
    Matrix z = scratch.matrix("z", x.rows(), x.cols());
    backend.rowwise().unitRows(y, z);
    return z;
  }

  /** Where the gradient of z is to be added, given where that of x is. */
  Matrix gradient(Matrix dx) {
    return isDirect() ? dx : scratch.zeros("dz", dx.rows(), dx.cols());
  }

  private boolean isDirect() {
    return !unit && restoring.isEmpty();
  }

  /** Adds the gradients of G and of {@code dx}, given what {@link #gradient} has become. */
  void backward(Matrix dz, Matrix dx) {
    if (isDirect()) {
      return;
    }
    Matrix dy = dz;
    if (unit) {
      dy = restoring.isPresent() ? scratch.zeros("dy", dz.rows(), dz.cols()) : dx;
      backend.rowwise().unitRowsBackward(y, dz, dy);
    }
    if (restoring.isPresent()) {
      restoring.get().backwardMaps(x, dy);
      restoring.get().backwardInput(dy, dx);
    }
  }
}
