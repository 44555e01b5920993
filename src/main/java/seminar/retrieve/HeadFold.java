package seminar.retrieve;

import java.util.ArrayList;
import java.util.List;
import seminar.math.Checks;
import seminar.math.Vectors;
import seminar.quantize.Rows;

/**
 * Folds the projections of an attention into its query, so that one index of unprojected keys
 * serves every head.
 *
 * <pre>
 *   ⟨W_Qʰ q + b_Qʰ, W_Kʰ k + b_Kʰ⟩ = ⟨(W_Kʰ)ᵀ (W_Qʰ q + b_Qʰ), k⟩ + a number that is the same for all k
 * </pre>
 *
 * <p>A head's rows of W_Q and W_K mix sub-vectors, so a table of inner products of centroids would
 * not serve (as the paper's formula suggests); a folded query does, and ranks as the attention of
 * the head does. Shapes: W_Q, W_K [H·h, d], rows of a head together; q, folded query [d]. Cost:
 * 2·h·d multiplications for each head. Immutable and thread-safe.
 */
public final class HeadFold {
  private final int heads;
  private final int dims;
  private final float[] queryWeights; // [H·h, d]
  private final float[] queryBias; // [H·h]
  private final float[] keyWeights; // [H·h, d]

  private HeadFold(
      int heads, int dims, float[] queryWeights, float[] queryBias, float[] keyWeights) {
    this.heads = heads;
    this.dims = dims;
    this.queryWeights = queryWeights;
    this.queryBias = queryBias;
    this.keyWeights = keyWeights;
  }

  /**
   * From the projections of all heads; biases of keys do not change any order and are left out.
   *
   * @param queryWeights W_Q [H·h, dims], copied
   * @param queryBias b_Q [H·h], copied
   * @param keyWeights W_K [H·h, dims], copied
   * @throws IllegalArgumentException if shapes disagree, heads do not divide the rows, or a number
   *     is not finite
   */
  public static HeadFold of(
      float[] queryWeights, float[] queryBias, float[] keyWeights, int heads, int dims) {
    int rows = Rows.finite("query weights", queryWeights, dims);
    Checks.sameLength(
        "list of query rows",
        rows,
        "list of key rows",
        Rows.finite("key weights", keyWeights, dims));
    Checks.sameLength("query bias", queryBias.length, "list of query rows", rows);
    Checks.atLeast(1, "heads H", heads);
    if (rows == 0 || rows % heads != 0) {
      throw new IllegalArgumentException(
          "projections have %d rows: they must be a multiple of heads H=%d, and not 0"
              .formatted(rows, heads));
    }
    return new HeadFold(heads, dims, queryWeights.clone(), queryBias.clone(), keyWeights.clone());
  }

  /** H. */
  public int heads() {
    return heads;
  }

  /**
   * The folded query [d] of one head.
   *
   * @param query [d], fused
   * @throws IllegalArgumentException if the query has another length or there is no such head
   */
  public float[] fold(float[] query, int head) {
    Checks.sameLength("query", query.length, "row of a projection", dims);
    Checks.within(0, heads - 1, "head", head);
    float[] folded = new float[dims];
    int rows = queryBias.length / heads;
    for (int r = head * rows; r < (head + 1) * rows; r++) {
      float projected = Vectors.dot(queryWeights, r * dims, query, 0, dims) + queryBias[r];
      Vectors.addScaled(projected, keyWeights, r * dims, folded, 0, dims);
    }
    return folded;
  }

  /**
   * What each head attends to most: its K best events.
   *
   * @param retriever over unprojected fused keys
   * @param query [d], fused
   * @throws IllegalArgumentException as {@link #fold} and {@link ScanRetriever#search}
   */
  public List<Retrieval> search(ScanRetriever retriever, float[] query, int k) {
    List<Retrieval> found = new ArrayList<>();
    for (int head = 0; head < heads; head++) {
      found.add(retriever.search(fold(query, head), k));
    }
    return List.copyOf(found);
  }
}
