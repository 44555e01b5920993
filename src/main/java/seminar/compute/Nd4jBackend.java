package seminar.compute;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
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
    Checks.sameLength("rows", rows.length, "rows of out", out.rows());
    if (rows.length > 0) {
      out.array().assign(gathered(table, rows));
    }
  }

  /** Negative rows read row 0 and are multiplied by zero. */
  private static INDArray gathered(Matrix table, int[] rows) {
    if (table.rows() == 0) {
      return Nd4j.zeros(DataType.FLOAT, rows.length, table.cols());
    }
    int[] safe = IntStream.of(rows).map(r -> Math.max(r, 0)).toArray();
    INDArray picked = Nd4j.pullRows(table.array(), 1, safe);
    return picked.muliColumnVector(mask(rows));
  }

  private static INDArray mask(int[] rows) {
    float[] kept = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      kept[i] = rows[i] < 0 ? 0 : 1;
    }
    return Nd4j.createFromArray(kept).reshape(rows.length, 1);
  }

  @Override
  public void scatterAdd(Matrix x, int[] rows, Matrix table) {
    Checks.sameLength("rows", rows.length, "rows of x", x.rows());
    scatterAdd(x.array(), rows, table);
  }

  private static void scatterAdd(INDArray x, int[] rows, Matrix table) {
    if (rows.length == 0 || table.rows() == 0) {
      return;
    }
    int[] safe = IntStream.of(rows).map(r -> Math.max(r, 0)).toArray();
    INDArray sums = table.array();
    Nd4j.exec(
        DynamicCustomOp.builder("scatter_add")
            .addInputs(sums, Nd4j.createFromArray(safe), x.mulColumnVector(mask(rows)))
            .addOutputs(sums)
            .build());
  }

  @Override
  public void bag(Matrix table, Ragged lists, Matrix out) {
    Checks.sameLength("lists", lists.size(), "rows of out", out.rows());
    if (table.rows() == 0) {
      out.clear();
    } else if (out.rows() > 0) {
      out.array().assign(shares(lists, table.rows()).mmul(table.array()));
    }
  }

  @Override
  public void bagBackward(Matrix dOut, Ragged lists, Matrix dTable) {
    if (dTable.rows() > 0 && dOut.rows() > 0) {
      dTable.array().addi(shares(lists, dTable.rows()).transpose().mmul(dOut.array()));
    }
  }

  /** [n, V]: the share of table row v in list i. */
  private static INDArray shares(Ragged lists, int tableRows) {
    float[][] shares = new float[lists.size()][tableRows];
    for (int i = 0; i < lists.size(); i++) {
      for (int j = lists.offsets()[i]; j < lists.offsets()[i + 1]; j++) {
        shares[i][lists.ids()[j]] += 1f / lists.length(i);
      }
    }
    return Nd4j.createFromArray(shares);
  }

  @Override
  public void fuse(Matrix[] channels, boolean[][] present, Matrix gate, Matrix out) {
    if (out.rows() == 0) {
      return;
    }
    INDArray weights = weights(present, gate);
    INDArray sum = Nd4j.zeros(DataType.FLOAT, out.rows(), out.cols());
    for (int m = 0; m < channels.length; m++) {
      sum.addi(channels[m].array().mulColumnVector(weights.getColumn(m, true)));
    }
    out.array().assign(sum);
  }

  @Override
  public void fuseBackward(
      Matrix[] channels,
      boolean[][] present,
      Matrix gate,
      Matrix dOut,
      Matrix[] dChannels,
      Matrix dGate) {
    if (dOut.rows() == 0) {
      return;
    }
    INDArray weights = weights(present, gate);
    INDArray dots = Nd4j.zeros(DataType.FLOAT, dOut.rows(), channels.length);
    for (int m = 0; m < channels.length; m++) {
      INDArray weight = weights.getColumn(m, true);
      dChannels[m].array().addi(dOut.array().mulColumnVector(weight));
      dots.putColumn(m, dOut.array().mul(channels[m].array()).sum(true, 1));
    }
    INDArray mean = weights.mul(dots).sum(true, 1);
    INDArray gradient = weights.mul(dots.subColumnVector(mean));
    boolean shared = dGate.rows() == 1;
    dGate.array().addi(shared ? gradient.sum(true, 0) : gradient);
  }

  /**
   * [n, M]: softmax of the gate over the modalities that each item has; zeros where it has none.
   */
  private static INDArray weights(boolean[][] present, Matrix gate) {
    int modalities = Checks.sameLength("channels", present.length, "gate", gate.cols());
    int n = present[0].length;
    float[][] mask = new float[n][modalities];
    float[][] penalty = new float[n][modalities]; // keeps absent modalities out of the largest
    for (int m = 0; m < modalities; m++) {
      for (int i = 0; i < n; i++) {
        mask[i][m] = present[m][i] ? 1 : 0;
        penalty[i][m] = present[m][i] ? 0 : -1e30f;
      }
    }
    INDArray has = Nd4j.createFromArray(mask);
    INDArray all = gate.rows() == 1 ? has.mulRowVector(gate.array()) : has.mul(gate.array());
    all.addi(Nd4j.createFromArray(penalty));
    INDArray weights = Transforms.exp(all.subiColumnVector(all.max(true, 1)), false).muli(has);
    INDArray sums = weights.sum(true, 1);
    return weights.diviColumnVector(sums.addi(sums.eq(0).castTo(DataType.FLOAT)));
  }

  @Override
  public void unitRows(Matrix x, Matrix out) {
    Checks.sameLength("rows of x", x.rows(), "rows of out", out.rows());
    if (x.length() > 0) {
      out.array().assign(unit(x, largest(x)));
    }
  }

  @Override
  public void unitRowsBackward(Matrix x, Matrix dOut, Matrix dx) {
    Checks.sameLength("rows of x", x.rows(), "rows of dOut", dOut.rows());
    if (x.length() == 0) {
      return;
    }
    INDArray largest = largest(x);
    INDArray unit = unit(x, largest);
    INDArray along = dOut.array().mul(unit).sum(true, 1);
    INDArray across = dOut.array().sub(unit.mulColumnVector(along));
    across.muliColumnVector(unit.neq(0).castTo(DataType.FLOAT).max(true, 1)); // not for zeros
    INDArray scaledNorm = norm(x.array().divColumnVector(largest));
    dx.array().addi(across.diviColumnVector(scaledNorm).diviColumnVector(largest));
  }

  /** [n, 1]: the largest size of a number in each row, or 1 where all are zero. */
  private static INDArray largest(Matrix x) {
    INDArray largest = Transforms.abs(x.array(), true).max(true, 1);
    return largest.addi(largest.eq(0).castTo(DataType.FLOAT));
  }

  /** Rows over their largest number first, so that no square leaves the range of a float. */
  private static INDArray unit(Matrix x, INDArray largest) {
    INDArray scaled = x.array().divColumnVector(largest);
    return scaled.divColumnVector(norm(scaled));
  }

  /** [n, 1]: the length of each row, or 1 where all are zero. */
  private static INDArray norm(INDArray x) {
    INDArray norm = Transforms.sqrt(x.mul(x).sum(true, 1), false);
    return norm.addi(norm.eq(0).castTo(DataType.FLOAT));
  }

  @Override
  public void pairs(
      Matrix queries,
      int[] queryRows,
      Matrix items,
      int[] itemRows,
      float queryWeight,
      Matrix out) {
    if (itemRows.length > 0) {
      INDArray query = gathered(queries, queryRows).muli(queryWeight);
      out.array().assign(query.addi(gathered(items, itemRows).muli(1 - queryWeight)));
    }
  }

  @Override
  public void pairsBackward(
      Matrix dOut,
      int[] queryRows,
      int[] itemRows,
      float queryWeight,
      Matrix dQueries,
      Matrix dItems) {
    if (itemRows.length > 0) {
      scatterAdd(dOut.array().mul(1 - queryWeight), itemRows, dItems);
      scatterAdd(dOut.array().mul(queryWeight), queryRows, dQueries);
    }
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
    put(x, rows, value);
    put(m, rows, mean);
    put(v, rows, variance);
  }

  private static void put(INDArray x, int[] rows, Matrix table) {
    INDArray target = table.array();
    Nd4j.exec(
        DynamicCustomOp.builder("scatter_upd")
            .addInputs(target, Nd4j.createFromArray(rows), x)
            .addOutputs(target)
            .build());
  }
}
