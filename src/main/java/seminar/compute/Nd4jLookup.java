package seminar.compute;

import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import seminar.math.Checks;

/**
 * Rows of tables, read and added to by number, with ND4J alone; see {@link Backend} for what each
 * method computes. A bag is a product with a matrix of shares: simple, and slow for large tables.
 */
final class Nd4jLookup {
  void gather(Matrix table, int[] rows, Matrix out) {
    Checks.sameLength("rows", rows.length, "rows of out", out.rows());
    if (rows.length > 0) {
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

  void scatterAdd(Matrix x, int[] rows, Matrix table) {
    Checks.sameLength("rows", rows.length, "rows of x", x.rows());
    scatterAdd(x.array(), rows, table);
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

  void bag(Matrix table, Ragged lists, Matrix out) {
    Checks.sameLength("lists", lists.size(), "rows of out", out.rows());
    if (table.rows() == 0) {
      out.clear();
    } else if (out.rows() > 0) {
      out.array().assign(shares(lists, table.rows()).mmul(table.array()));
    }
  }

  void bagBackward(Matrix dOut, Ragged lists, Matrix dTable) {
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
