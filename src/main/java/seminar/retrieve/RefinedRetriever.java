package seminar.retrieve;

import java.util.Collections;
import java.util.List;
import seminar.math.Checks;
import seminar.math.TopK;
import seminar.math.TopSet;
import seminar.quantize.Cost;
import seminar.quantize.Rows;

/**
 * Two stages: a scan proposes more events than are asked for, and their exact scores decide.
 *
 * <p>For K events the first stage proposes {@code max(factor · K, least)}. What the first stage
 * must get right is then only that the K best are among them, so coarse codes are enough. The
 * second stage reads d floats of each candidate, in the order of events.
 *
 * <p>Memory: the codes of the first stage, which every search reads, and keys [L, d], of which a
 * search reads a few. Immutable and thread-safe.
 */
public final class RefinedRetriever implements Retriever {
  private final ScanRetriever first;
  private final Keys keys;
  private final Options options;

  /**
   * How many candidates there are.
   *
   * @param factor r: candidates for each event asked for, at least 1
   * @param least the fewest candidates
   */
  public record Options(int factor, int least) {
    /** Checks the ranges. */
    public Options {
      Checks.atLeast(1, "factor r", factor);
      Checks.atLeast(0, "least candidates", least);
    }

    /** Two for each event, and not less than 256: what Figure 2 needs (recall .99). */
    public static Options standard() {
      return new Options(2, 256);
    }

    /** Of how many events exact scores are computed for K. */
    int candidates(int k) {
      return (int) Math.min(Integer.MAX_VALUE, Math.max((long) factor * k, least));
    }
  }

  private RefinedRetriever(ScanRetriever first, Keys keys, Options options) {
    this.first = first;
    this.keys = keys;
    this.options = options;
  }

  /**
   * Over fused keys.
   *
   * @param first proposes candidates
   * @param keys [L, d], not copied, to be left alone
   * @throws IllegalArgumentException if the keys are not as many or not as wide as those of the
   *     first stage, or not finite
   */
  public static RefinedRetriever of(ScanRetriever first, float[] keys, Options options) {
    Rows.bounded("keys", keys, first.width());
    return of(first, new Keys.OnHeap(keys, first.width()), options);
  }

  /** Over fused keys that may lie in a file. */
  static RefinedRetriever of(ScanRetriever first, Keys keys, Options options) {
    Checks.sameLength("list of keys", keys.rows(), "first stage", first.size());
    return new RefinedRetriever(first, keys, options);
  }

  @Override
  public int size() {
    return first.size();
  }

  @Override
  public int width() {
    return first.width();
  }

  /**
   * The events whose keys have the largest inner products with {@code query}, as far as the first
   * stage proposes them.
   */
  @Override
  public Retrieval search(float[] query, int k) {
    return search(query, k, Subset.all());
  }

  @Override
  public Retrieval search(float[] query, int k, Subset among) {
    SearchScratch scratch = first.takeScratch();
    first.candidates(scratch, query, k, options.candidates(k), among);
    Retrieval found = refine(scratch, k);
    first.spare().giveBack(scratch);
    return found;
  }

  @Override
  public List<Retrieval> searchAll(List<float[]> queries, int k) {
    return searchAll(queries, k, Collections.nCopies(queries.size(), Subset.all()));
  }

  @Override
  public List<Retrieval> searchAll(List<float[]> queries, int k, List<Subset> among) {
    List<SearchScratch> all = first.candidates(queries, k, options.candidates(k), among);
    List<Retrieval> found = all.stream().map(scratch -> refine(scratch, k)).toList();
    all.forEach(first.spare()::giveBack);
    return found;
  }

  @Override
  public int[] choose(float[] query, int k, Subset among) {
    SearchScratch scratch = first.takeScratch();
    first.candidates(scratch, query, k, options.candidates(k), among);
    int count = score(scratch);
    int[] chosen = new int[Math.min(k, count)];
    TopSet.choose(scratch.exact, count, chosen, chosen.length);
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = scratch.best.events()[chosen[i]];
    }
    first.spare().giveBack(scratch);
    return chosen;
  }

  private Retrieval refine(SearchScratch scratch, int k) {
    int count = score(scratch);
    TopK top = TopK.of(scratch.exact, 0, count, k);
    int[] indices = top.indices();
    for (int i = 0; i < indices.length; i++) {
      indices[i] = scratch.best.events()[indices[i]];
    }
    long numbers = (long) count * first.width();
    return new Retrieval(top, first.cost().plus(new Cost(0, numbers, 4 * numbers)));
  }

  /**
   * Scores the scratch's candidates exactly, and adds what is added to their scores.
   *
   * @return how many there are
   */
  private int score(SearchScratch scratch) {
    int count = scratch.best.settle();
    int[] events = scratch.best.events();
    if (scratch.exact.length < count) {
      scratch.exact = new float[count];
    }
    float[] scores = scratch.exact;
    try {
      for (int i = 0; i < count; i++) {
        scores[i] = keys.dot(scratch.query, events[i]);
      }
    } catch (InternalError e) { // how the machine tells that a mapped page is gone
      throw new IllegalStateException(
          "keys cannot be read: the file of the index was cut while it was open; open it again, and"
              + " replace it by a new file the next time",
          e);
    }
    scratch.best.addOffsets(scores);
    return count;
  }
}
