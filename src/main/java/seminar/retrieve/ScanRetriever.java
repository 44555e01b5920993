package seminar.retrieve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
    permits ExactRetriever, CodeRetriever, FastScanRetriever, ScalarRetriever, HashRetriever {
  /** Events that a batch of queries looks at while their codes are in the cache. */
  private static final int SHARED = 8 * KeyBlocks.CHUNK;

  /** So many times the events that are asked for give a threshold, of as many times as many. */
  private static final int FEW = 4;

  private final Spare<SearchScratch> spare;

  ScanRetriever() {
    this(new Spare<>());
  }

  /** With the scratch of another for queries of the same kind. */
  ScanRetriever(Spare<SearchScratch> spare) {
    this.spare = spare;
  }

  /** Memory that a search reads: events, codes or hashes, and tables. */
  public abstract long bytes();

  /**
   * Refuses what cannot be added to scores of this kind.
   *
   * @throws IllegalArgumentException if it cannot
   */
  void check(Subset among) {}

  /** Makes what all blocks need of the scratch's query: its tables, its signs. */
  abstract void prepare(SearchScratch scratch);

  /**
   * Offers the scores of the events {@code [from, to)} for the scratch's query to its best.
   *
   * @param from a multiple of {@link KeyBlocks#CHUNK}
   * @param to another, or L
   */
  abstract void scan(SearchScratch scratch, int from, int to);

  abstract Cost cost();

  /** Room for one search. */
  abstract SearchScratch newScratch();

  /**
   * The events whose rows have the largest inner products with {@code query}, or its nearest
   * hashes.
   */
  @Override
  public final Retrieval search(float[] query, int k) {
    return search(query, k, Subset.all());
  }

  @Override
  public final Retrieval search(float[] query, int k, Subset among) {
    SearchScratch scratch = takeScratch();
    begin(scratch, query, k);
    return search(scratch, k, among);
  }

  /** Searches for the scratch's query and gives the scratch back. */
  final Retrieval search(SearchScratch scratch, int k, Subset among) {
    candidates(scratch, k, among);
    Retrieval found = found(scratch);
    spare.giveBack(scratch);
    return found;
  }

  @Override
  public final List<Retrieval> searchAll(List<float[]> queries, int k) {
    return searchAll(queries, k, Collections.nCopies(queries.size(), Subset.all()));
  }

  @Override
  public final List<Retrieval> searchAll(List<float[]> queries, int k, List<Subset> among) {
    List<SearchScratch> all = candidates(queries, k, k, among);
    List<Retrieval> found = all.stream().map(this::found).toList();
    all.forEach(spare::giveBack);
    return found;
  }

  /** Finds the {@code count} best for each query, not yet in order; the codes are read once. */
  final List<SearchScratch> candidates(
      List<float[]> queries, int k, int count, List<Subset> among) {
    Checks.sameLength("list of queries", queries.size(), "list of subsets", among.size());
    List<SearchScratch> all = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      SearchScratch scratch = all.isEmpty() ? takeScratch() : newScratch();
      begin(scratch, queries.get(i), k);
      begin(scratch, count, among.get(i));
      all.add(scratch);
    }
    for (int first = 0; first < size(); first += SHARED) {
      for (int i = 0; i < all.size(); i++) {
        scan(all.get(i), among.get(i), first, Math.min(size(), first + SHARED));
      }
    }
    return all;
  }

  private void begin(SearchScratch scratch, float[] query, int k) {
    Checks.atLeast(1, "K", k);
    Checks.sameLength("query", query.length, "row of an event", width());
    System.arraycopy(query, 0, scratch.query, 0, query.length);
    Rows.bounded("query", scratch.query, width());
  }

  private Retrieval found(SearchScratch scratch) {
    TopK top = scratch.best.top();
    for (int i = 0; i < top.size() && scratch.shift != 0; i++) {
      top.scores()[i] += scratch.shift;
    }
    return new Retrieval(top, cost());
  }

  /** Finds the {@code count} best for the scratch's query, not yet in order. */
  final void candidates(SearchScratch scratch, int count, Subset among) {
    begin(scratch, count, among);
    scan(scratch, among, 0, size());
  }

  private void begin(SearchScratch scratch, int count, Subset among) {
    check(among);
    int wanted = Math.min(count, Math.max(1, size()));
    int total = Math.min(size(), among.to()) - Math.min(size(), among.from());
    scratch.best.reset(wanted, among, total);
    prepare(scratch);
    if (!among.offsets().isNone() && !scratch.best.wantsAll(total)) {
      raise(scratch, wanted, among);
    }
  }

  /**
   * Finds a score that enough events reach, where most is added to scores: under a recency bias
   * scores rise from block to block, and a threshold that rose with them would keep nearly all.
   */
  private void raise(SearchScratch scratch, int wanted, Subset among) {
    int from = Math.min(among.from(), size()) / KeyBlocks.CHUNK;
    int to = Math.ceilDiv(Math.min(among.to(), size()), KeyBlocks.CHUNK);
    int some = Math.ceilDiv(FEW * wanted, KeyBlocks.CHUNK);
    if (to - from < FEW * some) {
      return;
    }
    float[] added = new float[to - from];
    for (int chunk = from; chunk < to; chunk++) {
      int first = chunk * KeyBlocks.CHUNK;
      added[chunk - from] = among.offsets().largest(first, first + KeyBlocks.CHUNK);
    }
    int[] most = TopK.of(added, some).indices();
    Arrays.sort(most);
    for (int chunk : most) {
      int first = (from + chunk) * KeyBlocks.CHUNK;
      scan(scratch, among, first, Math.min(size(), first + KeyBlocks.CHUNK));
    }
    float floor = scratch.best.least();
    scratch.best.reset(wanted, among);
    scratch.best.raise(floor);
  }

  /** Scans those blocks of {@code [from, to)} in which some of the events are. */
  private void scan(SearchScratch scratch, Subset among, int from, int to) {
    int last = Math.min(to, among.to());
    int start = Math.max(from, Math.min(among.from(), last) / KeyBlocks.CHUNK * KeyBlocks.CHUNK);
    int end = Math.min(to, Math.ceilDiv(last, KeyBlocks.CHUNK) * KeyBlocks.CHUNK);
    if (start < end) {
      scan(scratch, start, end);
    }
  }

  /** A query that has been checked. */
  final void candidates(SearchScratch scratch, float[] query, int k, int count, Subset among) {
    begin(scratch, query, k);
    candidates(scratch, count, among);
  }

  final SearchScratch takeScratch() {
    return spare.take(this::newScratch);
  }

  final Spare<SearchScratch> spare() {
    return spare;
  }
}
