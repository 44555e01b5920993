package seminar.model;

import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;

/**
 * The weights of the modalities before their softmax (paper §3.2, γ "as softmax output of a gating
 * network"; our CH-3).
 *
 * <pre>
 *   STATIC    g = c                             three learned numbers
 *   PER_ITEM  g_u = c + Σ_m y^m_u A_m           a linear map of the item's own channels
 *   FIXED     g = log w                         given; the softmax gives w back
 * </pre>
 *
 * <p>Shapes: y^m [U, d], A [3 d, 3], c [1, 3]; g is [1, 3], or [U, 3] for PER_ITEM. A starts at
 * zero, so that a gate per item starts as a static one.
 */
public final class Gate {
  private static final int M = ChannelOptions.MODALITIES;

  private final Backend backend;
  private final int d;
  private final boolean perItem;
  private final Parameter bias;
  private final Parameter map;
  private final Scratch scratch = new Scratch();

  /** Makes the parameters, named {@code channel/gate/...}. */
  public Gate(Backend backend, Parameters parameters, ModelOptions options) {
    this(backend, parameters, "channel/gate", options);
  }

  /** Makes the parameters, named {@code name/...}. */
  public Gate(Backend backend, Parameters parameters, String name, ModelOptions options) {
    this.backend = backend;
    d = options.dims();
    ChannelOptions channels = options.channels();
    perItem = channels.gate() == ChannelOptions.Gate.PER_ITEM;
    bias = parameters.dense(name + "/bias", 1, M, 0);
    map = parameters.dense(name + "/map", perItem ? M * d : 0, M, 0);
    if (channels.gate() == ChannelOptions.Gate.FIXED) {
      float[] logs = new float[M];
      for (int m = 0; m < M; m++) {
        logs[m] = (float) Math.log(channels.weights().get(m));
      }
      bias.set(logs);
      bias.freeze(true);
    }
  }

  /** g of the items with these channels; a channel that an item lacks counts as zero. */
  Matrix forward(Matrix[] y, boolean[][] present) {
    if (!perItem) {
      return bias.value();
    }
    int n = y[0].rows();
    Matrix g = scratch.matrix("g", n, M);
    for (int m = 0; m < M; m++) {
      Matrix masked = masked(m, y[m], present[m]);
      if (m == 0) {
        backend.dense().linear(masked, part(map.value(), m), bias.value(), g);
      } else {
        backend.dense().linearAdd(masked, part(map.value(), m), g);
      }
    }
    return g;
  }

  /** Where the gradient of g is to be added. */
  Matrix gradient(int n) {
    return perItem ? scratch.zeros("dg", n, M) : bias.gradient();
  }

  /** Adds the gradients of the parameters, and those of the channels to {@code dy}. */
  void backward(Matrix[] y, boolean[][] present, Matrix dg, Matrix[] dy) {
    if (!perItem) {
      return;
    }
    backend.dense().linearBackwardBias(dg, bias.gradient());
    for (int m = 0; m < M; m++) {
      Matrix masked = masked(m, y[m], present[m]);
      backend.dense().linearBackwardWeight(masked, dg, part(map.gradient(), m));
      Matrix dMasked = scratch.zeros("dMasked", y[m].rows(), d);
      backend.dense().linearBackwardInput(dg, part(map.value(), m), dMasked);
      backend.lookup().scatterAdd(dMasked, rowsWhere(present[m]), dy[m]);
    }
  }

  /** The same rows, zeros where the modality is absent. */
  private Matrix masked(int m, Matrix y, boolean[] present) {
    Matrix rows = scratch.matrix("masked" + m, y.rows(), d);
    backend.lookup().gather(y, rowsWhere(present), rows);
    return rows;
  }

  private static int[] rowsWhere(boolean[] present) {
    int[] rows = new int[present.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = present[i] ? i : -1;
    }
    return rows;
  }

  private Matrix part(Matrix stacked, int m) {
    return stacked.rows(m * d, (m + 1) * d);
  }
}
