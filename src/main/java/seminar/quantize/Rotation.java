package seminar.quantize;

import java.util.SplittableRandom;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import seminar.math.Checks;
import seminar.math.Vectors;
import seminar.math.Workers;

/**
 * An orthonormal matrix R [d, d]: x ↦ R x keeps lengths and inner products.
 *
 * <p>Cost: d² multiplications a vector. Immutable and thread-safe.
 */
public final class Rotation {
  private final int dims;
  private final float[] rows; // [d, d]

  private Rotation(int dims, float[] rows) {
    this.dims = dims;
    this.rows = rows;
  }

  /**
   * A known rotation.
   *
   * @param rows [dims, dims], copied
   * @throws IllegalArgumentException if rows are not orthonormal to 1e-3, or not finite
   */
  public static Rotation of(float[] rows, int dims) {
    Rows.finite("rotation", rows, dims);
    Checks.sameLength("list of rows", rows.length / dims, "row", dims);
    for (int i = 0; i < dims; i++) {
      for (int j = 0; j <= i; j++) {
        float dot = Vectors.dot(rows, i * dims, rows, j * dims, dims);
        if (Math.abs(dot - (i == j ? 1 : 0)) > 1e-3) {
          throw new IllegalArgumentException(
              "rows %d and %d of the rotation have inner product %s: they must be orthonormal"
                  .formatted(i, j, dot));
        }
      }
    }
    return new Rotation(dims, rows.clone());
  }

  /** Leaves everything where it is. */
  public static Rotation identity(int dims) {
    Checks.atLeast(1, "dims d", dims);
    float[] rows = new float[dims * dims];
    for (int i = 0; i < dims; i++) {
      rows[i * dims + i] = 1;
    }
    return new Rotation(dims, rows);
  }

  /** One drawn evenly from all rotations and reflections. */
  public static Rotation random(int dims, SplittableRandom rng) {
    Checks.atLeast(1, "dims d", dims);
    double[][] drawn = new double[dims][dims];
    for (double[] row : drawn) {
      for (int j = 0; j < dims; j++) {
        row[j] = rng.nextGaussian();
      }
    }
    orthonormalise(drawn);
    float[] rows = new float[dims * dims];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) drawn[i / dims][i % dims];
    }
    return new Rotation(dims, rows);
  }

  /**
   * Makes rows orthogonal to those before them and of length 1 (Gram and Schmidt), in place.
   *
   * @param rows no more than they are long, and independent
   */
  public static void orthonormalise(double[][] rows) {
    for (int v = 0; v < rows.length; v++) {
      for (int u = 0; u < v; u++) {
        double dot = dot(rows[u], rows[v]);
        for (int i = 0; i < rows[v].length; i++) {
          rows[v][i] -= dot * rows[u][i];
        }
      }
      double norm = Math.sqrt(dot(rows[v], rows[v]));
      for (int i = 0; i < rows[v].length; i++) {
        rows[v][i] /= norm;
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The rotation nearest to a square matrix: U Vᵀ of its singular value decomposition U S Vᵀ. */
  static Rotation nearest(double[][] matrix) {
    SingularValueDecomposition svd =
        new SingularValueDecomposition(new Array2DRowRealMatrix(matrix, false));
    return ofRows(svd.getU().multiply(svd.getVT()).getData());
  }

  /** Of rows [d, d] known to be orthonormal. */
  static Rotation ofRows(double[][] known) {
    int dims = known.length;
    float[] rows = new float[dims * dims];
    for (int i = 0; i < dims; i++) {
      for (int j = 0; j < dims; j++) {
        rows[i * dims + j] = (float) known[i][j];
      }
    }
    return new Rotation(dims, rows);
  }

  /** d. */
  public int dims() {
    return dims;
  }

  /** A copy of R [d, d]. */
  public float[] rows() {
    return rows.clone();
  }

  /**
   * R x of each of {@code vectors} [L, d].
   *
   * @throws IllegalArgumentException if the last row is not whole or a number is not finite
   */
  public float[] apply(float[] vectors, Workers workers) {
    int n = Rows.finite("vectors", vectors, dims);
    float[] turned = new float[vectors.length];
    workers.forEach(
        n,
        (shard, from, to) -> {
          for (int l = from; l < to; l++) {
            apply(vectors, l * dims, turned, l * dims);
          }
        });
    return turned;
  }

  /** R x of the vector at an offset. */
  void apply(float[] vectors, int offset, float[] turned, int turnedOffset) {
    for (int i = 0; i < dims; i++) {
      turned[turnedOffset + i] = Vectors.dot(rows, i * dims, vectors, offset, dims);
    }
  }

  /** Rᵀ x of each of {@code vectors} [L, d]: undoes {@link #apply}. */
  public float[] undo(float[] vectors) {
    int n = Rows.finite("vectors", vectors, dims);
    float[] turned = new float[vectors.length];
    for (int l = 0; l < n; l++) {
      for (int i = 0; i < dims; i++) {
        Vectors.addScaled(vectors[l * dims + i], rows, i * dims, turned, l * dims, dims);
      }
    }
    return turned;
  }
}
