package seminar.feature;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import seminar.math.Rng;
import seminar.math.Workers;

/**
 * The largest singular values σ of a sparse matrix A [m × n] and their right singular vectors, by
 * subspace iteration from a random start (algorithm 4.4 of Halko et al.):
 *
 * <pre>
 * Z = Gaussian numbers                  [n × l], l = k + oversampling
 * repeat: Y = orth(A Z)                 [m × l]
 *         Z = orth(Aᵀ Y)                [n × l]
 * V = first k columns of Z              [n × k]</pre>
 *
 * <p>orth(X) = X W Λ^(-1/2) with XᵀX = W Λ Wᵀ, the columns by falling Λ; directions whose Λ is
 * below 10⁻¹² of the largest are noise of single precision and become zero columns. In the last
 * step Λ = σ². Sums of XᵀX are in double precision, one partial sum for each shard: same seed, same
 * bits, for any number of threads. See:
 *
 * <pre>
 * N. Halko, P. G. Martinsson, J. A. Tropp. "Finding structure with randomness: probabilistic
 * algorithms for constructing approximate matrix decompositions". SIAM Review 53(2), 2011.</pre>
 *
 * @param vectors V [n × k], row-major, of orthonormal columns; zero columns beyond the rank
 * @param values the k largest singular values, falling; 0 beyond the rank
 */
record TruncatedSvd(float[] vectors, double[] values) {
  private static final double NOISE = 1e-12;

  static TruncatedSvd of(
      SparseMatrix matrix,
      int k,
      int oversampling,
      int iterations,
      SplittableRandom rng,
      Workers workers) {
    int l = Math.addExact(k, oversampling);
    SparseMatrix transposed = matrix.transposed();
    float[] z = new float[Math.multiplyExact(matrix.columns(), l)];
    Rng.gaussian(rng, z, 1);
    double[] squares = new double[l];
    for (int i = 0; i <= iterations; i++) {
      float[] y = matrix.times(z, l, workers); // [m, l]
      orthonormalize(y, l, workers);
      z = transposed.times(y, l, workers); // [n, l]
      squares = orthonormalize(z, l, workers);
    }
    double[] values = new double[k];
    for (int c = 0; c < k; c++) {
      values[c] = Math.sqrt(squares[c]);
    }
    return new TruncatedSvd(firstColumns(z, l, k), values);
  }

  /** Replaces x [rows × l] by orth(x); returns Λ. */
  private static double[] orthonormalize(float[] x, int l, Workers workers) {
    EigenDecomposition eigen =
        new EigenDecomposition(new Array2DRowRealMatrix(products(x, l, workers), false));
    double[] squares = eigen.getRealEigenvalues();
    double[][] turn = new double[l][l]; // W Λ^(-1/2)
    for (int c = 0; c < l; c++) {
      if (squares[c] <= NOISE * squares[0]) {
        squares[c] = 0;
        continue;
      }
      for (int r = 0; r < l; r++) {
        turn[r][c] = eigen.getV().getEntry(r, c) / Math.sqrt(squares[c]);
      }
    }
    workers.forEach(
        x.length / l,
        (shard, from, to) -> {
          double[] row = new double[l];
          for (int r = from; r < to; r++) {
            turn(x, r * l, turn, row);
          }
        });
    return squares;
  }

  private static void turn(float[] x, int at, double[][] turn, double[] row) {
    Arrays.fill(row, 0);
    for (int a = 0; a < row.length; a++) {
      double value = x[at + a];
      double[] to = turn[a];
      for (int c = 0; c < row.length; c++) {
        row[c] += value * to[c];
      }
    }
    for (int c = 0; c < row.length; c++) {
      x[at + c] = (float) row[c];
    }
  }

  /** xᵀx [l × l]. */
  private static double[][] products(float[] x, int l, Workers workers) {
    int rows = x.length / l;
    double[][][] parts = new double[Workers.shards(rows)][][];
    workers.forEach(
        rows,
        (shard, from, to) -> {
          double[][] part = new double[l][l];
          for (int r = from; r < to; r++) {
            for (int a = 0; a < l; a++) {
              double value = x[r * l + a];
              for (int b = 0; b <= a; b++) {
                part[a][b] += value * x[r * l + b];
              }
            }
          }
          parts[shard] = part;
        });
    double[][] sum = new double[l][l];
    for (double[][] part : parts) {
      for (int a = 0; a < l; a++) {
        for (int b = 0; b <= a; b++) {
          sum[a][b] += part[a][b];
          sum[b][a] = sum[a][b];
        }
      }
    }
    return sum;
  }

  /** The first k columns, each with the sign that makes its largest number positive. */
  private static float[] firstColumns(float[] z, int l, int k) {
    int n = z.length / l;
    float[] vectors = new float[n * k];
    for (int c = 0; c < k; c++) {
      float largest = 0;
      for (int r = 0; r < n; r++) {
        float value = z[r * l + c];
        largest = Math.abs(value) > Math.abs(largest) ? value : largest;
      }
      for (int r = 0; r < n; r++) {
        vectors[r * k + c] = largest < 0 ? -z[r * l + c] : z[r * l + c];
      }
    }
    return vectors;
  }
}
