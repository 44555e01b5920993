package seminar.retrieve;

import seminar.math.Checks;
import seminar.math.TopK;
import seminar.quantize.Cost;
import seminar.quantize.Rows;

/**
 * Scores all events, block by block, and keeps the best as they go by: exactly, from codes, from
 * codes of four bits, or from hashes.
 *
 * <p>A search allocates nothing but its result as long as searches come one after the other.
 * Immutable and thread-safe.
 */
public abstract sealed class ScanRetriever implements Retriever
    permits ExactRetriever, CodeRetriever, FastScanRetriever, HashRetriever {
  private final Spare<SearchScratch> spare = new Spare<>(this::newScratch);

  /** Memory that a search reads: events, codes or hashes, and tables. */
  public abstract long bytes();

  /** Offers the scores of all events for the scratch's query to its best. */
  abstract void scan(SearchScratch scratch);

  abstract Cost cost();

  /** Room for one search. */
  abstract SearchScratch newScratch();

  /**
   * The events whose rows have the largest inner products with {@code query}, or its nearest
   * hashes.
   */
  @Override
  public final Retrieval search(float[] query, int k) {
    Checks.atLeast(1, "K", k);
    Checks.sameLength("query", query.length, "row of an event", width());
    SearchScratch scratch = spare.take();
    System.arraycopy(query, 0, scratch.query, 0, query.length);
    return search(scratch, k);
  }

  /** Searches for the scratch's query and gives the scratch back. */
  final Retrieval search(SearchScratch scratch, int k) {
    candidates(scratch, k);
    TopK top = scratch.best.top();
    for (int i = 0; i < top.size() && scratch.shift != 0; i++) {
      top.scores()[i] += scratch.shift;
    }
    spare.giveBack(scratch);
    return new Retrieval(top, cost());
  }

  /** Finds the {@code k} best for the scratch's query, not yet in order. */
  final void candidates(SearchScratch scratch, int k) {
    Rows.bounded("query", scratch.query, width());
    scratch.best.reset(Math.min(k, Math.max(1, size())));
    scan(scratch);
  }

  final Spare<SearchScratch> spare() {
    return spare;
  }
}
