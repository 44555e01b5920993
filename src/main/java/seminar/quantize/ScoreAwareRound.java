package seminar.quantize;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import seminar.math.Workers;

/**
 * One round of learning a {@link ScoreAwareQuantizer}: codes for the centroids, then the centroids
 * of each subspace for the codes and for what the other subspaces leave.
 *
 * <pre>
 *   Σ (I + (η − 1) u uᵀ) c = Σ x + (η − 1) u (⟨x, u⟩ + ρ)      u = x / ‖whole x‖
 * </pre>
 *
 * <p>The sums are over the sub-vectors x that a centroid c has; ρ is what the other sub-vectors of
 * the same vector leave along it. No step raises the loss.
 */
final class ScoreAwareRound {
  private final ScoreAwareQuantizer before;
  private final float[] vectors; // [n, d]
  private final Codes codes;
  private final double[] lengths; // ‖x‖ [n]
  private final double[] along; // ⟨r, x⟩ / ‖x‖ [n]

  private ScoreAwareRound(ScoreAwareQuantizer before, float[] vectors, Codes codes) {
    this.before = before;
    this.vectors = vectors;
    this.codes = codes;
    this.lengths = new double[codes.rows()];
    this.along = new double[codes.rows()];
    float[] decoded = before.decode(codes);
    int dims = before.dims();
    for (int l = 0; l < lengths.length; l++) {
      lengths[l] = Rows.length(vectors, l * dims, dims);
      along[l] = along(decoded, l, l * dims, l * dims, dims);
    }
  }

  /** The quantizer after a round over vectors [n, d]. */
  static ScoreAwareQuantizer of(ScoreAwareQuantizer before, float[] vectors, Workers workers) {
    ScoreAwareRound round = new ScoreAwareRound(before, vectors, before.encode(vectors, workers));
    float[] codebook = before.quantizer().codebook();
    for (int s = 0; s < before.columns(); s++) {
      round.improve(s, codebook);
    }
    return ScoreAwareQuantizer.of(
        ProductQuantizer.of(codebook, before.dims(), before.columns()), before.eta());
  }

  /** Moves the centroids of a subspace. */
  private void improve(int subspace, float[] codebook) {
    int width = before.quantizer().subDims();
    int first = subspace * before.centroids() * width;
    Normal[] normals = new Normal[before.centroids()];
    for (int l = 0; l < lengths.length; l++) {
      int c = codes.get(l, subspace);
      int from = l * before.dims() + subspace * width;
      along[l] -= along(codebook, l, from, first + c * width, width);
      normals[c] = normals[c] == null ? new Normal(width) : normals[c];
      normals[c].add(from, lengths[l], along[l]);
    }
    for (int c = 0; c < normals.length; c++) {
      if (normals[c] != null) {
        normals[c].solve(codebook, first + c * width);
      }
    }
    for (int l = 0; l < lengths.length; l++) {
      int from = l * before.dims() + subspace * width;
      along[l] += along(codebook, l, from, first + codes.get(l, subspace) * width, width);
    }
  }

  /** {@code ⟨x − y, x⟩ / ‖x‖} over some numbers of a vector. */
  private double along(float[] y, int row, int from, int to, int count) {
    double sum = 0;
    for (int j = 0; j < count; j++) {
      sum += ((double) vectors[from + j] - y[to + j]) * vectors[from + j];
    }
    return lengths[row] > 0 ? sum / lengths[row] : 0;
  }

  /** The equations of one centroid. */
  private final class Normal {
    private final double[][] matrix;
    private final double[] right;

    Normal(int width) {
      this.matrix = new double[width][width];
      this.right = new double[width];
    }

    /** Adds a sub-vector whose others leave ρ along the vector. */
    void add(int from, double length, double others) {
      double square = 0;
      for (int j = 0; j < right.length; j++) {
        square += (double) vectors[from + j] * vectors[from + j];
      }
      double factor = length > 0 ? (before.eta() - 1) / (length * length) : 0;
      for (int i = 0; i < right.length; i++) {
        for (int j = 0; j < right.length; j++) {
          matrix[i][j] += factor * ((double) vectors[from + i] * vectors[from + j]);
        }
        matrix[i][i] += 1;
        right[i] += vectors[from + i] * (1 + factor * (square + others * length));
      }
    }

    void solve(float[] codebook, int at) {
      double[] centroid =
          new CholeskyDecomposition(new Array2DRowRealMatrix(matrix, false))
              .getSolver()
              .solve(new ArrayRealVector(right, false))
              .toArray();
      for (int j = 0; j < centroid.length; j++) {
        codebook[at + j] = (float) centroid[j];
      }
    }
  }
}
