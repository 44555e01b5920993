package seminar.retrieve;

import seminar.math.Checks;
import seminar.math.TopK;
import seminar.quantize.Cost;
import seminar.quantize.Rows;

/**
 * Scores all events, block by block, and keeps the best as they go by: exactly, from codes, or from
 * codes of four bits.
 *
 * <p>A target is first made one query vector, whose inner product with an event's row is the score;
 * {@link #search(float[], int)} takes such a vector at once, for instance one into which an
 * attention head's projections are folded ({@link HeadFold}).
 *
 * <p>A search allocates nothing but its result as long as searches come one after the other.
 * Immutable and thread-safe.
 */
public abstract sealed class ScanRetriever implements Retriever
    permits ExactRetriever, CodeRetriever, FastScanRetriever {
  private final Spare<Scratch> spare = new Spare<>(this::newScratch);

  /** How many numbers a query has. */
  public abstract int width();

  /** Memory that a search reads: events or codes, and tables. */
  public abstract long bytes();

  /** Writes the query [width] of a target. */
  abstract void query(Target target, float[] query);

  /** Offers the scores of all events for the scratch's query to its best. */
  abstract void scan(Scratch scratch);

  abstract Cost cost();

  /** Room for one search. */
  abstract Scratch newScratch();

  /** Turns scores as they were kept into inner products. */
  void rescale(TopK top, Scratch scratch) {}

  @Override
  public final Retrieval search(Target target, int k) {
    Checks.atLeast(1, "K", k);
    Scratch scratch = spare.take();
    query(target, scratch.query);
    return search(scratch, k);
  }

  /**
   * The {@code min(k, L)} events whose rows have the largest inner products with {@code query}.
   *
   * @param query [width]
   * @throws IllegalArgumentException if {@code k < 1}, the query has another length or is not
   *     finite
   */
  public final Retrieval search(float[] query, int k) {
    Checks.atLeast(1, "K", k);
    Checks.sameLength("query", query.length, "row of an event", width());
    Scratch scratch = spare.take();
    System.arraycopy(query, 0, scratch.query, 0, query.length);
    return search(scratch, k);
  }

  private Retrieval search(Scratch scratch, int k) {
    candidates(scratch, k);
    TopK top = scratch.best.top();
    rescale(top, scratch);
    spare.giveBack(scratch);
    return new Retrieval(top, cost());
  }

  /** Finds the {@code k} best for the scratch's query, not yet in order. */
  final void candidates(Scratch scratch, int k) {
    Rows.finite("target", scratch.query, width());
    scratch.best.reset(Math.min(k, Math.max(1, size())));
    scan(scratch);
  }

  final Spare<Scratch> spare() {
    return spare;
  }
}
