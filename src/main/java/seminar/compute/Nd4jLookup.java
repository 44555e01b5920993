package seminar.compute;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import seminar.math.Checks;

/**
 * Rows of tables, read and added to by number, with ND4J alone; see {@link Backend.Lookup} for what
 * each method computes.
 */
final class Nd4jLookup implements Backend.Lookup {
  @Override
  public void gather(Matrix table, int[] rows, Matrix out) {
    Checks.sameLength("rows", rows.length, "rows of out", out.rows());
    if (out.length() > 0) {
      out.array().assign(gathered(table, rows));
    }
  }

  /** [n, d]: the listed rows; negative ones read row 0 and are multiplied by zero. */
  static INDArray gathered(Matrix table, int[] rows) {
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
    if (x.length() > 0) {
      scatterAdd(x.array(), rows, table);
    }
  }

  static void scatterAdd(INDArray x, int[] rows, Matrix table) {
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
    out.clear();
    if (lists.ids().length > 0) {
      INDArray rows = gathered(table, lists.ids()).muliColumnVector(shares(lists));
      scatterAdd(rows, owners(lists), out);
    }
  }

  @Override
  public void bagBackward(Matrix dOut, Ragged lists, Matrix dTable) {
    if (lists.ids().length > 0) {
      INDArray rows = gathered(dOut, owners(lists)).muliColumnVector(shares(lists));
      scatterAdd(rows, lists.ids(), dTable);
    }
  }

  /** The list of each id. */
  private static int[] owners(Ragged lists) {
    int[] owners = new int[lists.ids().length];
    for (int i = 0; i < lists.size(); i++) {
      Arrays.fill(owners, lists.offsets()[i], lists.offsets()[i + 1], i);
    }
    return owners;
  }

  /** [ids, 1]: the share of each id in its list. */
  private static INDArray shares(Ragged lists) {
    float[] shares = new float[lists.ids().length];
    for (int i = 0; i < lists.size(); i++) {
      Arrays.fill(shares, lists.offsets()[i], lists.offsets()[i + 1], 1f / lists.length(i));
    }
    return Nd4j.createFromArray(shares).reshape(shares.length, 1);
  }

  @Override
  public void adam(
      Matrix value,
      Matrix gradient,
      Matrix mean,
      Matrix variance,
      int[] rows,
      Backend.AdamStep step) {
    if (gradient.length() == 0) {
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

  /** The listed rows become these, one after the other. */
  static void put(INDArray x, int[] rows, Matrix table) {
    INDArray target = table.array();
    Nd4j.exec(
        DynamicCustomOp.builder("scatter_upd")
            .addInputs(target, Nd4j.createFromArray(rows), x)
            .addOutputs(target)
            .build());
  }
}
