package seminar.quantize;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealVector;
import seminar.math.Workers;

/**
 * The principal components of vectors.
 *
 * @param rotation onto the components, that of most variance first
 * @param mean of the turned vectors [d]
 */
record Principal(Rotation rotation, float[] mean) {
  /** Those of {@code vectors} [n, dims], n at least 1; O(n·d² + d³). */
  static Principal of(float[] vectors, int dims, Workers workers) {
    int n = vectors.length / dims;
    double[] mean = mean(vectors, dims);
    double[][] covariance = product(vectors, vectors, dims, workers);
    for (int i = 0; i < dims; i++) {
      for (int j = 0; j < dims; j++) {
        covariance[i][j] = covariance[i][j] / n - mean[i] * mean[j];
      }
    }
    EigenDecomposition eigen = new EigenDecomposition(new Array2DRowRealMatrix(covariance, false));
    double[][] rows = new double[dims][];
    float[] turned = new float[dims];
    for (int i = 0; i < dims; i++) {
      RealVector component = eigen.getEigenvector(i);
      rows[i] = component.toArray();
      for (int j = 0; j < dims; j++) {
        turned[i] += (float) (rows[i][j] * mean[j]);
      }
    }
    return new Principal(Rotation.ofRows(rows), turned);
  }

  /** The mean [d] of vectors [n, d]. */
  static double[] mean(float[] vectors, int dims) {
    double[] mean = new double[dims];
    for (int row = 0; row < vectors.length; row += dims) {
      for (int j = 0; j < dims; j++) {
        mean[j] += vectors[row + j];
      }
    }
    for (int j = 0; j < dims; j++) {
      mean[j] /= vectors.length / dims;
    }
    return mean;
  }

  /** Yᵀ X [d, d] of rows [n, d], each sum in their order. */
  static double[][] product(float[] y, float[] x, int dims, Workers workers) {
    double[][] product = new double[dims][dims];
    workers.forEach(
        dims,
        (shard, from, to) -> {
          for (int row = 0; row < x.length; row += dims) {
            for (int i = from; i < to; i++) {
              double factor = y[row + i];
              double[] sums = product[i];
              for (int j = 0; j < dims; j++) {
                sums[j] += factor * x[row + j];
              }
            }
          }
        });
    return product;
  }
}
