package seminar.search;

import seminar.compute.Backend;
import seminar.compute.Matrix;
import seminar.compute.Scratch;

/**
 * SimHash: vectors as the signs of random projections, packed into words (Charikar 2002).
 *
 * <pre>
 *   bit b of x = 1[(x R + r)_b &gt; 0],   R [d, m] of independent normal numbers, r = 0 as a rule
 * </pre>
 *
 * <p>The share of equal bits of two vectors is on average {@code 1 − angle / π}. Shapes: n vectors,
 * m bits, ⌈m / 64⌉ words for each vector.
 *
 * @see <a href="https://doi.org/10.1145/509907.509965">Charikar. STOC 2002</a>
 */
final class SignBits {
  private final Scratch scratch = new Scratch();
  private final String name;
  private int bits;
  private long[] words = new long[0];

  /**
   * Bits of one kind of vectors.
   *
   * @param name name of the scratch memory
   */
  SignBits(String name) {
    this.name = name;
  }

  /**
   * Packs vectors.
   *
   * @param x [n, d]
   * @param projection R [d, m]
   * @param bias r [1, m]
   */
  void encode(Backend backend, Matrix x, Matrix projection, Matrix bias) {
    bits = projection.cols();
    Matrix projected = scratch.matrix(name, x.rows(), bits);
    backend.dense().linear(x, projection, bias, projected);
    float[] values = projected.toArray();
    int perRow = wordsPerRow();
    words = new long[x.rows() * perRow];
    for (int i = 0; i < x.rows(); i++) {
      for (int b = 0; b < bits; b++) {
        if (values[i * bits + b] > 0) {
          words[i * perRow + b / Long.SIZE] |= 1L << b;
        }
      }
    }
  }

  private int wordsPerRow() {
    return (bits + Long.SIZE - 1) / Long.SIZE;
  }

  /** How many bits of vector i and of the other's vector j differ. */
  int distance(int i, SignBits other, int j) {
    int perRow = wordsPerRow();
    int distance = 0;
    for (int w = 0; w < perRow; w++) {
      distance += Long.bitCount(words[i * perRow + w] ^ other.words[j * perRow + w]);
    }
    return distance;
  }

  /** The buckets of vectors {@code 0 .. n - 1} under the bits {@code [from, from + width)}. */
  int[] buckets(int n, int from, int width) {
    int[] buckets = new int[n];
    java.util.Arrays.setAll(buckets, i -> bucket(i, from, width));
    return buckets;
  }

  /** Bits {@code [from, from + width)} of vector i as a number, the first bit lowest. */
  int bucket(int i, int from, int width) {
    int bucket = 0;
    for (int b = 0; b < width; b++) {
      int at = from + b;
      long word = words[i * wordsPerRow() + at / Long.SIZE];
      bucket |= (int) (word >>> at & 1) << b;
    }
    return bucket;
  }
}
