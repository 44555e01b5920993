package seminar.quantize;

import java.util.stream.IntStream;
import seminar.math.Vectors;

/**
 * The B best sums of centroids found so far for one vector, one centroid of each stage: every stage
 * lengthens each of them by each of its centroids and keeps the B of least error.
 *
 * <p>With r what a sum leaves over, the error of lengthening it by c is {@code ‖r − c‖² = ‖r‖² −
 * 2⟨r, c⟩ + ‖c‖²}, so a stage costs B·C·d multiplications. Of equal errors the sum that stood
 * higher comes first, then the lower centroid. One sum alone (B = 1) is lengthened by {@link
 * Nearest}, without the rounding of that identity. For one thread.
 */
final class Beam {
  private final float[] codebook; // [S, C, d]
  private final int centroids;
  private final int dims;
  private final int stages;
  private final int width;
  private final Nearest[] nearest; // [S]
  private final Nearest.Cursor[] cursors; // [S] of B = 1
  private final float[][] squares; // [S, C], ‖c‖² of B > 1
  private final float[] products;
  private final float[] errors; // [B], those of the lengthened sums
  private final int[] from; // [B], which sum was lengthened
  private final int[] by; // [B], the centroid

  private int size; // sums that there are
  private float[] residuals; // [B, d]
  private int[] paths; // [B, S]
  private float[] nextResiduals;
  private int[] nextPaths;

  /** For a codebook [S, C, d] and the searches over its stages. */
  Beam(float[] codebook, Nearest[] nearest, float[][] squares, int dims, int width) {
    this.codebook = codebook;
    this.nearest = nearest;
    this.squares = squares;
    this.dims = dims;
    this.width = width;
    this.stages = nearest.length;
    this.centroids = codebook.length / dims / stages;
    this.cursors =
        IntStream.range(0, width == 1 ? stages : 0)
            .mapToObj(s -> nearest[s].new Cursor())
            .toArray(Nearest.Cursor[]::new);
    this.products = new float[nearest[0].room()];
    this.errors = new float[width];
    this.from = new int[width];
    this.by = new int[width];
    this.residuals = new float[width * dims];
    this.paths = new int[width * stages];
    this.nextResiduals = residuals.clone();
    this.nextPaths = paths.clone();
  }

  /** How many sums there are after so many stages: B, or all if they are fewer. */
  static int size(int stages, int centroids, int width) {
    long size = 1;
    for (int s = 0; s < stages && size < width; s++) {
      size = Math.min(size * centroids, width);
    }
    return (int) size;
  }

  /** Begins with the vector at an offset, nothing of it said. */
  void start(float[] vectors, int at) {
    size = 1;
    System.arraycopy(vectors, at, residuals, 0, dims);
  }

  /**
   * Goes on with what {@link #keep} has kept.
   *
   * @param done the stages that these sums have
   */
  void resume(float[] vectors, int at, int[] kept, int done) {
    size = size(done, centroids, width);
    System.arraycopy(kept, 0, paths, 0, paths.length);
    for (int b = 0; b < size; b++) {
      System.arraycopy(vectors, at, residuals, b * dims, dims);
      for (int s = 0; s < done; s++) {
        subtract(s, paths[b * stages + s], residuals, b * dims);
      }
    }
  }

  /** Keeps the codes [B, S] of all sums. */
  void keep(int[] kept) {
    System.arraycopy(paths, 0, kept, 0, paths.length);
  }

  /** Lengthens all sums by one centroid of stage s. */
  void extend(int s) {
    int found = width == 1 ? single(s) : several(s);
    for (int i = 0; i < found; i++) {
      System.arraycopy(paths, from[i] * stages, nextPaths, i * stages, s);
      nextPaths[i * stages + s] = by[i];
      System.arraycopy(residuals, from[i] * dims, nextResiduals, i * dims, dims);
      subtract(s, by[i], nextResiduals, i * dims);
    }
    int[] oldPaths = paths;
    paths = nextPaths;
    nextPaths = oldPaths;
    float[] oldResiduals = residuals;
    residuals = nextResiduals;
    nextResiduals = oldResiduals;
    size = found;
  }

  private int single(int s) {
    cursors[s].find(residuals, 0);
    by[0] = cursors[s].centroid;
    return 1;
  }

  private int several(int s) {
    int found = 0;
    for (int b = 0; b < size; b++) {
      float square = Vectors.dot(residuals, b * dims, residuals, b * dims, dims);
      nearest[s].products(residuals, b * dims, products);
      for (int c = 0; c < centroids; c++) {
        float error = square + (squares[s][c] - 2 * products[c]);
        if (found < width || error < errors[found - 1]) {
          found = Math.min(width, found + 1);
          insert(error, b, c, found);
        }
      }
    }
    return found;
  }

  /** Puts a sum behind those that are not worse; the last of a full list is lost. */
  private void insert(float error, int sum, int centroid, int found) {
    int place = found - 1;
    for (; place > 0 && error < errors[place - 1]; place--) {
      errors[place] = errors[place - 1];
      from[place] = from[place - 1];
      by[place] = by[place - 1];
    }
    errors[place] = error;
    from[place] = sum;
    by[place] = centroid;
  }

  private void subtract(int s, int code, float[] residual, int at) {
    Vectors.addScaled(-1, codebook, (s * centroids + code) * dims, residual, at, dims);
  }

  /** The best sum's centroid of stage s. */
  int code(int s) {
    return paths[s];
  }

  /** Writes what the best sums leave over [count, d]. */
  void residuals(float[] to, int at, int count) {
    System.arraycopy(residuals, 0, to, at, count * dims);
  }
}
