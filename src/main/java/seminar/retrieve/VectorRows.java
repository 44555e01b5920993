package seminar.retrieve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongPredicate;
import seminar.math.Rng;
import seminar.math.TopK;
import seminar.math.Vectors;
import seminar.math.Workers;
import seminar.quantize.GridQuantizer;
import seminar.quantize.Quantizer;
import seminar.quantize.Rows;
import seminar.retrieve.CascadeRetriever.Metric;

/**
 * One state of a {@link VectorIndex}: its rows, of which the first have codes. What a search reads
 * of it never changes; rows may be written behind it, for the state to come.
 *
 * @param dims d
 * @param metric what is near
 * @param ids of rows [rows or more]
 * @param keys [rows or more, d]
 * @param rows how many there are, removed ones included
 * @param encoded how many of them have codes
 * @param codes of these, lifted for Euclidean distances
 * @param lift c, the median length of the encoded rows
 * @param there the rows that are not removed
 */
record VectorRows(
    int dims,
    Metric metric,
    long[] ids,
    float[] keys,
    int rows,
    int encoded,
    ScanRetriever codes,
    float lift,
    BitSet there) {
  private static final int BITS = 4;
  private static final RefinedRetriever.Options CANDIDATES = RefinedRetriever.Options.standard();

  /** Longer ones are far from all others, and their lengths must stay within what is searched. */
  private static final double MOST_LIFTED = Rows.MOST_LENGTH / 4;

  /** So many rows, all with codes. */
  static VectorRows of(long[] ids, float[] keys, int rows, int dims, Metric metric) {
    float[] some = Arrays.copyOf(keys, rows * dims);
    float lift = metric == Metric.L2 ? medianLength(some, dims) : 0;
    float[] lifted = metric == Metric.L2 ? lifted(some, dims, lift) : some;
    int width = metric == Metric.L2 ? dims + 1 : dims;
    Quantizer quantizer =
        rows == 0
            ? GridQuantizer.of(width, BITS)
            : GridQuantizer.rabitq(lifted, width, BITS, Rng.stream("index/rotation", 1));
    BitSet there = new BitSet();
    there.set(0, rows);
    ScanRetriever codes =
        FastScanRetriever.of(quantizer, quantizer.encode(lifted, Workers.common()));
    return new VectorRows(dims, metric, ids, keys, rows, rows, codes, lift, there);
  }

  private static float medianLength(float[] keys, int dims) {
    float[] lengths = new float[keys.length / dims];
    for (int l = 0; l < lengths.length; l++) {
      lengths[l] = Vectors.norm(keys, l * dims, dims);
    }
    Arrays.sort(lengths);
    float median = lengths.length > 0 ? lengths[lengths.length / 2] : 0;
    return median > 0 ? median : 1;
  }

  /** Vectors whose inner products with lifted queries fall with the distance. */
  private static float[] lifted(float[] vectors, int dims, float lift) {
    int rows = vectors.length / dims;
    float[] lifted = new float[Math.multiplyExact(rows, dims + 1)];
    for (int l = 0; l < rows; l++) {
      System.arraycopy(vectors, l * dims, lifted, l * (dims + 1), dims);
      double square = Vectors.dot(vectors, l * dims, vectors, l * dims, dims);
      lifted[(l + 1) * (dims + 1) - 1] = (float) -Math.min(square / (2.0 * lift), MOST_LIFTED);
    }
    return lifted;
  }

  /** The same codes with other rows behind them, or with rows removed. */
  VectorRows with(long[] ids, float[] keys, int rows, BitSet there) {
    return new VectorRows(dims, metric, ids, keys, rows, encoded, codes, lift, there);
  }

  /** The best for a query that has been checked, among those whose numbers are wanted. */
  List<VectorIndex.Match> search(float[] query, int k, LongPredicate wanted) {
    Subset among = new Subset(0, Integer.MAX_VALUE, row -> there.get(row) && wanted.test(ids[row]));
    int[] found = candidates(query, k, among);
    float[] scores = new float[found.length];
    for (int i = 0; i < found.length; i++) {
      scores[i] = metric.nearness(query, 0, keys, found[i] * dims, dims);
    }
    TopK top = TopK.of(scores, k);
    List<VectorIndex.Match> best = new ArrayList<>(top.size());
    for (int i = 0; i < top.size(); i++) {
      best.add(new VectorIndex.Match(ids[found[top.indices()[i]]], top.scores()[i]));
    }
    return best;
  }

  /** Rows that may be the best, rising: the best by codes, and all without codes. */
  private int[] candidates(float[] query, int k, Subset among) {
    float[] asked = metric == Metric.L2 ? Arrays.copyOf(query, dims + 1) : query;
    if (metric == Metric.L2) {
      asked[dims] = lift;
    }
    BitSet candidates = new BitSet(rows);
    if (encoded > 0) {
      int count = Math.min(encoded, CANDIDATES.candidates(k));
      for (int row : codes.search(asked, count, among).top().indices()) {
        candidates.set(row);
      }
    }
    for (int row = encoded; row < rows; row++) {
      if (among.contains(row)) {
        candidates.set(row);
      }
    }
    return candidates.stream().toArray();
  }
}
