package seminar.retrieve;

import java.util.SplittableRandom;
import seminar.math.Checks;
import seminar.math.Vectors;
import seminar.quantize.Rotation;
import seminar.quantize.Rows;

/**
 * Replaces a vector by the signs of its inner products with fixed directions, packed into bits:
 * vectors at a small angle agree in most of them.
 *
 * <p>The share of bits in which two vectors differ estimates their angle divided by π; lengths are
 * lost. Shapes: directions [bits, d], hashes [L, words] with 64 bits to a word. Immutable and
 * thread-safe.
 *
 * @see <a href="https://doi.org/10.1145/509907.509965">Charikar. Similarity estimation techniques
 *     from rounding algorithms. STOC 2002</a>
 */
public final class SignHash {
  private final int dims;
  private final int bits;
  private final float[] directions; // [bits, d]

  private SignHash(int dims, int bits, float[] directions) {
    this.dims = dims;
    this.bits = bits;
    this.directions = directions;
  }

  /**
   * Independent normal directions (SimHash, as ETA uses it).
   *
   * @throws IllegalArgumentException if {@code dims} or {@code bits} is below 1
   */
  public static SignHash gaussian(int dims, int bits, SplittableRandom rng) {
    Checks.atLeast(1, "dims d", dims);
    Checks.atLeast(1, "bits", bits);
    float[] directions = new float[Math.multiplyExact(bits, dims)];
    for (int i = 0; i < directions.length; i++) {
      directions[i] = (float) rng.nextGaussian();
    }
    return new SignHash(dims, bits, directions);
  }

  /**
   * The rows of a random matrix with orthonormal columns, or with at most {@code dims} bits with
   * orthonormal rows: the rotated signs of the released evaluation's index.
   *
   * @throws IllegalArgumentException if {@code dims} or {@code bits} is below 1
   */
  public static SignHash rotated(int dims, int bits, SplittableRandom rng) {
    SignHash drawn = gaussian(dims, bits, rng);
    boolean tall = bits > dims;
    int vectors = tall ? dims : bits;
    int length = tall ? bits : dims;
    double[][] basis = new double[vectors][length];
    for (int v = 0; v < vectors; v++) {
      for (int i = 0; i < length; i++) {
        basis[v][i] = drawn.directions[tall ? i * dims + v : v * dims + i];
      }
    }
    Rotation.orthonormalise(basis);
    float[] directions = new float[bits * dims];
    for (int v = 0; v < vectors; v++) {
      for (int i = 0; i < length; i++) {
        directions[tall ? i * dims + v : v * dims + i] = (float) basis[v][i];
      }
    }
    return new SignHash(dims, bits, directions);
  }

  /** d. */
  public int dims() {
    return dims;
  }

  /** How many bits a hash has. */
  public int bits() {
    return bits;
  }

  /** How many words of 64 bits a hash takes. */
  public int words() {
    return (bits + Long.SIZE - 1) / Long.SIZE;
  }

  /**
   * The hashes [L, words] of {@code vectors} [L, d].
   *
   * @throws IllegalArgumentException if the last row is not whole or a number is not finite
   */
  public long[] encode(float[] vectors) {
    int rows = Rows.bounded("vectors", vectors, dims);
    long[] hashes = new long[Math.multiplyExact(rows, words())];
    for (int l = 0; l < rows; l++) {
      encode(vectors, l * dims, hashes, l * words());
    }
    return hashes;
  }

  /** Writes the hash of one vector. */
  void encode(float[] vectors, int offset, long[] hashes, int to) {
    for (int w = 0; w < words(); w++) {
      long word = 0;
      for (int b = w * Long.SIZE; b < Math.min(bits, (w + 1) * Long.SIZE); b++) {
        boolean positive = Vectors.dot(directions, b * dims, vectors, offset, dims) >= 0;
        word |= (positive ? 1L : 0) << b;
      }
      hashes[to + w] = word;
    }
  }
}
