package seminar.model;

import java.util.Optional;
import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;

/**
 * The linear map of a channel: its own W and b, and in GSU and ESU the map G behind them (paper
 * §3.2 and §3.3.2; the maps of our CH-1, CH-2 and GSU-1).
 *
 * <pre>
 *   y = (x W + b) G = x V + c        V = W G,  c = b G
 *   dW += dV Gᵀ,  db += dc Gᵀ,  dG += Wᵀ dV + bᵀ dc        dV = xᵀ dy,  dc = Σ rows of dy
 * </pre>
 *
 * <p>Folded: W and G meet each other once a step, in·d² multiplications, instead of every row
 * meeting both. Where there is no G it is {@code V = W}, where there is no W it is {@code V = G},
 * and where there is neither a channel passes as it is.
 *
 * <p>Shapes: x [n, in], W [in, d], b and c [1, d], G [d, d], V [in, d], y [n, d].
 */
final class ChannelMap {
  private final Backend backend;
  private final Optional<Parameter> own; // W
  private final Optional<Parameter> bias; // b
  private final Optional<Parameter> restoring; // G
  private final Scratch scratch = new Scratch();

  private ChannelMap(
      Backend backend,
      Optional<Parameter> own,
      Optional<Parameter> bias,
      Optional<Parameter> restoring) {
    this.backend = backend;
    this.own = own;
    this.bias = bias;
    this.restoring = restoring;
  }

  /** {@code y = x}. */
  static ChannelMap identity(Backend backend) {
    return new ChannelMap(backend, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** {@code y = x W}. */
  static ChannelMap of(Backend backend, Parameter w) {
    return new ChannelMap(backend, Optional.of(w), Optional.empty(), Optional.empty());
  }

  /** {@code y = x W + b}. */
  static ChannelMap of(Backend backend, Parameter w, Parameter b) {
    return new ChannelMap(backend, Optional.of(w), Optional.of(b), Optional.empty());
  }

  /** The same with G behind it. */
  ChannelMap restoredBy(Parameter g) {
    return new ChannelMap(backend, own, bias, Optional.of(g));
  }

  private boolean folded() {
    return own.isPresent() && restoring.isPresent();
  }

  private boolean identity() {
    return own.isEmpty() && restoring.isEmpty();
  }

  /** The one map where there are not two. */
  private Parameter single() {
    return own.or(() -> restoring).orElseThrow();
  }

  /** V as the parameters are now. */
  private Matrix fold() {
    if (!folded()) {
      return single().value();
    }
    Matrix w = own.orElseThrow().value();
    Matrix v = scratch.matrix("V", w.rows(), w.cols());
    backend.dense().product(w, restoring.orElseThrow().value(), v);
    return v;
  }

  /** c as the parameters are now. */
  private Matrix foldBias() {
    Matrix b = bias.orElseThrow().value();
    if (!folded()) {
      return b;
    }
    Matrix c = scratch.matrix("c", 1, b.cols());
    backend.dense().product(b, restoring.orElseThrow().value(), c);
    return c;
  }

  /** Sets y. */
  void forward(Matrix x, Matrix y) {
    if (identity()) {
      y.clear();
      backend.rowwise().add(x, y);
    } else if (bias.isPresent()) {
      backend.dense().linear(x, fold(), foldBias(), y);
    } else {
      backend.dense().product(x, fold(), y);
    }
  }

  /** Adds {@code dy Vᵀ} to dx. */
  void backwardInput(Matrix dy, Matrix dx) {
    if (identity()) {
      backend.rowwise().add(dy, dx);
    } else {
      backend.dense().linearBackwardInput(dy, fold(), dx);
    }
  }

  /** Adds the gradients of W, b and G. */
  void backwardMaps(Matrix x, Matrix dy) {
    if (!learns()) {
      return;
    }
    if (!folded()) {
      backend.dense().linearBackwardWeight(x, dy, single().gradient());
      bias.ifPresent(b -> backend.dense().linearBackwardBias(dy, b.gradient()));
      return;
    }
    Matrix dV = scratch.zeros("dV", x.cols(), dy.cols());
    backend.dense().linearBackwardWeight(x, dy, dV);
    unfold(own.orElseThrow(), dV);
    if (bias.isPresent()) {
      Matrix dc = scratch.zeros("dc", 1, dy.cols());
      backend.dense().linearBackwardBias(dy, dc);
      unfold(bias.get(), dc);
    }
  }

  private boolean learns() {
    boolean ownLearns = own.isPresent() && !own.get().frozen();
    return ownLearns || (restoring.isPresent() && !restoring.get().frozen());
  }

  /** From the gradient of {@code factor · G} to those of both. */
  private void unfold(Parameter factor, Matrix dProduct) {
    Parameter g = restoring.orElseThrow();
    backend.dense().linearBackwardInput(dProduct, g.value(), factor.gradient());
    backend.dense().linearBackwardWeight(factor.value(), dProduct, g.gradient());
  }
}
