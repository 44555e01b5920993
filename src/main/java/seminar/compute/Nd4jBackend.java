package seminar.compute;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import seminar.math.Checks;

/**
 * ND4J operations alone: the portable reference, and the backend that runs where ND4J's memory is
 * on a GPU.
 *
 * <p>Irregular steps are written as dense ones (a bag is a product with a matrix of shares, a
 * choice of K events a mask), which is simple and slow; only the choice itself is made on the host.
 */
public final class Nd4jBackend implements Backend {
  private final Nd4jLookup lookup = new Nd4jLookup();
  private final Nd4jFusion fusion = new Nd4jFusion();
  private final Nd4jUnit unit = new Nd4jUnit();
  private final Nd4jAttention attention = new Nd4jAttention();

  @Override
  public void linear(Matrix x, Matrix w, Matrix b, Matrix y) {
    Checks.sameLength("bias", b.length(), "columns of y", y.cols());
    if (y.length() > 0) {
      y.array().assign(x.array().mmul(w.array()).addiRowVector(b.array()));
    }
  }

  @Override
  public void product(Matrix x, Matrix w, Matrix y) {
    if (y.length() > 0) {
      y.array().assign(x.array().mmul(w.array()));
    }
  }

  @Override
  public void linearAdd(Matrix x, Matrix w, Matrix y) {
    if (y.length() > 0) {
      y.array().addi(x.array().mmul(w.array()));
    }
  }

  @Override
  public void linearBackwardInput(Matrix dy, Matrix w, Matrix dx) {
    if (dy.length() > 0) {
      dx.array().addi(dy.array().mmul(w.array().transpose()));
    }
  }

  @Override
  public void linearBackwardWeight(Matrix x, Matrix dy, Matrix dw) {
    if (dy.length() > 0) {
      dw.array().addi(x.array().transpose().mmul(dy.array()));
    }
  }

  @Override
  public void linearBackwardBias(Matrix dy, Matrix db) {
    if (dy.length() > 0) {
      db.array().addi(dy.array().sum(true, 0));
    }
  }

  @Override
  public void perHead(Matrix x, Matrix w, boolean transposed, Matrix y) {
    int d = w.cols();
    for (int h = 0; h < w.rows() / d && x.rows() > 0; h++) {
      INDArray map = w.rows(h * d, (h + 1) * d).array();
      INDArray product = head(x, h, d).mmul(transposed ? map.transpose() : map);
      head(y, h, d).assign(product);
    }
  }

  @Override
  public void perHeadBackward(
      Matrix x, Matrix w, boolean transposed, Matrix dy, Matrix dx, Matrix dw) {
    int d = w.cols();
    for (int h = 0; h < w.rows() / d && x.rows() > 0; h++) {
      INDArray map = w.rows(h * d, (h + 1) * d).array();
      INDArray input = head(x, h, d);
      INDArray gradient = head(dy, h, d);
      head(dx, h, d).addi(gradient.mmul(transposed ? map : map.transpose()));
      INDArray left = transposed ? gradient : input;
      INDArray right = transposed ? input : gradient;
      dw.rows(h * d, (h + 1) * d).array().addi(left.transpose().mmul(right));
    }
  }

  /** The columns of head h, [n, d], as a view. */
  private static INDArray head(Matrix x, int h, int d) {
    return Nd4jAttention.columns(x.array(), h * d, (h + 1) * d);
  }

  @Override
  public void relu(Matrix x) {
    if (x.length() > 0) {
      x.array().assign(Transforms.relu(x.array(), true));
    }
  }

  @Override
  public void reluBackward(Matrix y, Matrix dx) {
    if (y.length() > 0) {
      dx.array().muli(y.array().gt(0).castTo(DataType.FLOAT));
    }
  }

  @Override
  public void scale(float factor, Matrix x) {
    if (x.length() > 0) {
      x.array().muli(factor);
    }
  }

  @Override
  public void add(Matrix x, Matrix y) {
    if (x.length() > 0) {
      y.array().addi(x.array());
    }
  }

  @Override
  public void gather(Matrix table, int[] rows, Matrix out) {
    lookup.gather(table, rows, out);
  }

  @Override
  public void scatterAdd(Matrix x, int[] rows, Matrix table) {
    lookup.scatterAdd(x, rows, table);
  }

  @Override
  public void bag(Matrix table, Ragged lists, Matrix out) {
    lookup.bag(table, lists, out);
  }

  @Override
  public void bagBackward(Matrix dOut, Ragged lists, Matrix dTable) {
    lookup.bagBackward(dOut, lists, dTable);
  }

  @Override
  public void fuse(Matrix[] channels, boolean[][] present, Matrix gate, Matrix out) {
    fusion.fuse(channels, present, gate, out);
  }

  @Override
  public void fuseBackward(
      Matrix[] channels,
      boolean[][] present,
      Matrix gate,
      Matrix dOut,
      Matrix[] dChannels,
      Matrix dGate) {
    fusion.fuseBackward(channels, present, gate, dOut, dChannels, dGate);
  }

  @Override
  public void unitRows(Matrix x, Matrix out) {
    unit.unitRows(x, out);
  }

  @Override
  public void unitRowsBackward(Matrix x, Matrix dOut, Matrix dx) {
    unit.unitRowsBackward(x, dOut, dx);
  }

  @Override
  public void pairs(
      Matrix queries,
      int[] queryRows,
      Matrix items,
      int[] itemRows,
      float queryWeight,
      Matrix out) {
    fusion.pairs(queries, queryRows, items, itemRows, queryWeight, out);
  }

  @Override
  public void pairsBackward(
      Matrix dOut,
      int[] queryRows,
      int[] itemRows,
      float queryWeight,
      Matrix dQueries,
      Matrix dItems) {
    fusion.pairsBackward(dOut, queryRows, itemRows, queryWeight, dQueries, dItems);
  }

  @Override
  public Attended attend(AttentionInput input, Matrix pooled) {
    return attention.attend(input, pooled);
  }

  @Override
  public void attendBackward(
      AttentionInput input, Attended attended, Matrix dPooled, AttentionInput.Gradient gradient) {
    attention.backward(input, attended, dPooled, gradient);
  }

  @Override
  public void rowDots(Matrix a, Matrix b, Matrix out) {
    if (a.rows() > 0) {
      out.array().assign(a.array().mul(b.array()).sum(true, 1));
    }
  }

  @Override
  public void rowDotsBackward(Matrix a, Matrix b, Matrix dOut, Matrix da, Matrix db) {
    if (a.rows() > 0) {
      da.array().addi(b.array().mulColumnVector(dOut.array()));
      db.array().addi(a.array().mulColumnVector(dOut.array()));
    }
  }

  @Override
  public double binaryCrossEntropy(Matrix logits, float[] labels, float[] weights, Matrix dLogits) {
    int n = Checks.sameLength("labels", labels.length, "logits", logits.length());
    if (n == 0) {
      return 0;
    }
    INDArray z = logits.array();
    INDArray y = Nd4j.createFromArray(labels).reshape(n, 1);
    INDArray w = Nd4j.createFromArray(weights).reshape(n, 1);
    dLogits.array().assign(Transforms.sigmoid(z, true).subi(y).muli(w));
    INDArray soft = Transforms.log(Transforms.exp(Transforms.abs(z, true).negi(), false).addi(1));
    INDArray terms = Transforms.relu(z, true).subi(z.mul(y)).addi(soft);
    return terms.muli(w).sumNumber().doubleValue();
  }

  @Override
  public void adam(
      Matrix value, Matrix gradient, Matrix mean, Matrix variance, int[] rows, AdamStep step) {
    if (rows.length == 0) {
      return;
    }
    INDArray g = gradient.array();
    INDArray m = Nd4j.pullRows(mean.array(), 1, rows).muli(step.beta1());
    INDArray v = Nd4j.pullRows(variance.array(), 1, rows).muli(step.beta2());
    m.addi(g.mul(1 - step.beta1()));
    v.addi(g.mul(g).muli(1 - step.beta2()));
    INDArray root = Transforms.sqrt(v.div(step.correction()), false).addi(step.epsilon());
    INDArray x = Nd4j.pullRows(value.array(), 1, rows).subi(m.mul(step.rate()).divi(root));
    Nd4jLookup.put(x, rows, value);
    Nd4jLookup.put(m, rows, mean);
    Nd4jLookup.put(v, rows, variance);
  }
}
