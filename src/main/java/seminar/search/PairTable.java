package seminar.search;

import java.io.IOException;
import java.util.List;
import seminar.compute.Matrix;
import seminar.math.Checks;
import seminar.model.Batch;
import seminar.model.CatalogVectors;
import seminar.model.GivenItem;

/**
 * The vectors of every item and query of a trained model, encoded once, and those of items that
 * came later: what a service makes pairs of.
 *
 * <p>Shapes: n pairs, d dims. Thread-safe; the model's parameters must not move while it is used,
 * and nobody else may encode with the model while an item is added.
 */
public final class PairTable {
  private final int dims;
  private final int lastQuery;
  private volatile CatalogVectors vectors;

  PairTable(CatalogVectors vectors, int dims, int lastQuery) {
    this.vectors = vectors;
    this.dims = dims;
    this.lastQuery = lastQuery;
  }

  /** d. */
  public int dims() {
    return dims;
  }

  /** The number of the first item that is not there; those of the catalogue begin with 1. */
  public int items() {
    return vectors.items();
  }

  /**
   * Adds items that are in no catalogue.
   *
   * @return the number of the first; the others follow
   * @throws IllegalArgumentException if features have another length than those of the catalogue,
   *     there is no such attribute, or the model's features know the items of its catalogue alone
   */
  public synchronized int add(List<GivenItem> given) {
    int first = vectors.items();
    vectors = vectors.plus(given);
    return first;
  }

  /** Keeps what is to be added, for instance in a file. */
  public interface Keeping {
    /** Called before anybody sees it; if it throws, nothing is added. */
    void keep() throws IOException;
  }

  /**
   * The same, once they are kept elsewhere.
   *
   * @throws IOException if they cannot be kept
   * @throws IllegalArgumentException as {@link #add(List)}
   */
  public synchronized int add(List<GivenItem> given, Keeping keeping) throws IOException {
    int first = vectors.items();
    CatalogVectors next = vectors.plus(given);
    keeping.keep();
    vectors = next;
    return first;
  }

  /**
   * Fused pairs (CH-4).
   *
   * @param items item of each pair [n]
   * @param queries query of each pair [n]; 0 for none
   * @param out receives [n, d]
   * @throws IllegalArgumentException if there is no such item or query
   */
  public void pairs(int[] items, int[] queries, Matrix out) {
    CatalogVectors now = vectors;
    for (int i = 0; i < items.length; i++) {
      Checks.within(0, now.items() - 1, "item", items[i]);
      Checks.within(0, lastQuery, "query", queries[i]);
    }
    now.pairs(items, queries, out);
  }

  /** Items and queries apart, for searches that ask for one of them. */
  EncodedBatch.Parts parts(Batch batch) {
    CatalogVectors now = vectors;
    return new EncodedBatch.Parts(
        out -> now.items(batch.items(), out),
        out -> now.queries(batch.queries(), out),
        (items, asked) -> {
          now.items(batch.candidateItems(), items);
          now.queries(batch.candidateQueries(), asked);
        });
  }
}
