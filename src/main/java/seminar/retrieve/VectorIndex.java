package seminar.retrieve;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import seminar.file.SectionFile;
import seminar.math.Checks;
import seminar.quantize.Rows;
import seminar.retrieve.CascadeRetriever.Metric;

/**
 * Vectors under numbers of one's own that come, change and go while others search: codes of four
 * bits for each number (RaBitQ) propose, exact scores decide.
 *
 * <pre>{@code
 * var index = VectorIndex.of(64, Metric.INNER_PRODUCT);
 * index.put(itemId, vector);
 * List<VectorIndex.Match> best = index.search(query, 10);
 * }</pre>
 *
 * <p>A search reads one state of the index from beginning to end; a change makes a new state.
 * Vectors that came last, at most {@value #TAIL} and a quarter of the others, are searched exactly;
 * then they are encoded, and what was removed is left out. Euclidean distances are turned into
 * inner products by one more number: {@code −‖q − x‖² = 2 ⟨(q, c), (x, −‖x‖² / 2c)⟩ − ‖q‖²}, with c
 * the median length of the vectors.
 *
 * <p>Thread-safe: any number search, and changes wait for each other.
 */
public final class VectorIndex {
  private static final int TAIL = 256;
  private static final String NAME = "SMNRVECS";
  private static final int VERSION = 1;
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final int dims;
  private final Metric metric;
  private final Map<Long, Integer> places = new HashMap<>(); // guarded by this
  private volatile VectorRows state;

  /**
   * A vector that was found.
   *
   * @param id its number
   * @param score its inner product with the query, or minus its squared distance; larger is nearer
   */
  public record Match(long id, float score) {}

  private VectorIndex(int dims, Metric metric) {
    this.dims = dims;
    this.metric = metric;
    this.state = VectorRows.of(new long[TAIL], new float[TAIL * dims], 0, dims, metric);
  }

  /**
   * Without a vector.
   *
   * @throws IllegalArgumentException if {@code dims} is below 1
   */
  public static VectorIndex of(int dims, Metric metric) {
    return new VectorIndex(Checks.atLeast(1, "dims d", dims), metric);
  }

  /** d. */
  public int dims() {
    return dims;
  }

  /** What is near. */
  public Metric metric() {
    return metric;
  }

  /** How many vectors there are. */
  public int size() {
    return state.there().cardinality();
  }

  /** Whether there is a vector of this number. */
  public synchronized boolean contains(long id) {
    return places.containsKey(id);
  }

  /**
   * Adds a vector, or puts it in the place of that of the same number.
   *
   * @param vector [d], copied
   * @throws IllegalArgumentException if it has another length or as {@link Rows#bounded}
   */
  public void put(long id, float[] vector) {
    putAll(new long[] {id}, vector);
  }

  /**
   * Adds vectors or puts them in the place of those of the same numbers; of equal numbers the last
   * counts.
   *
   * @param ids [n]
   * @param vectors [n, d], copied
   * @throws IllegalArgumentException if there are not as many vectors, or as {@link Rows#bounded};
   *     nothing has changed then
   */
  public synchronized void putAll(long[] ids, float[] vectors) {
    Checks.sameLength(
        "list of numbers", ids.length, "list of vectors", Rows.bounded("vector", vectors, dims));
    VectorRows old = state;
    int rows = Math.addExact(old.rows(), ids.length);
    boolean fits = rows <= old.ids().length;
    int room = fits ? old.ids().length : Math.max(rows, Math.addExact(old.rows(), old.rows() / 2));
    long[] allIds = fits ? old.ids() : Arrays.copyOf(old.ids(), room);
    float[] keys = fits ? old.keys() : Arrays.copyOf(old.keys(), Math.multiplyExact(room, dims));
    // rows behind those of a state are read by no search of it
    System.arraycopy(ids, 0, allIds, old.rows(), ids.length);
    System.arraycopy(vectors, 0, keys, old.rows() * dims, vectors.length);
    BitSet there = (BitSet) old.there().clone();
    for (int i = 0; i < ids.length; i++) {
      Integer before = places.put(ids[i], old.rows() + i);
      if (before != null) {
        there.clear(before);
      }
      there.set(old.rows() + i);
    }
    settle(old.with(allIds, keys, rows, there));
  }

  /**
   * Removes a vector.
   *
   * @return whether there was one
   */
  public synchronized boolean remove(long id) {
    Integer place = places.remove(id);
    if (place == null) {
      return false;
    }
    BitSet there = (BitSet) state.there().clone();
    there.clear(place);
    settle(state.with(state.ids(), state.keys(), state.rows(), there));
    return true;
  }

  /** Makes a state the one that is searched; encodes if too many rows are not, or are gone. */
  private void settle(VectorRows next) {
    int live = next.there().cardinality();
    boolean isFull = next.rows() - next.encoded() > TAIL + next.encoded() / 4;
    boolean isHollow = next.rows() - live > TAIL + live;
    if (!isFull && !isHollow) {
      state = next;
      return;
    }
    long[] ids = new long[live + TAIL];
    float[] keys = new float[Math.multiplyExact(live + TAIL, dims)];
    places.clear();
    int row = 0;
    for (int r = next.there().nextSetBit(0); r >= 0; r = next.there().nextSetBit(r + 1)) {
      ids[row] = next.ids()[r];
      System.arraycopy(next.keys(), r * dims, keys, row * dims, dims);
      places.put(ids[row], row);
      row++;
    }
    state = VectorRows.of(ids, keys, live, dims, metric);
  }

  /**
   * The best vectors for a query, best first; of equal scores the one that came earlier.
   *
   * @return {@code min(k, size)} matches
   * @throws IllegalArgumentException if {@code k < 1}, or the query has another length or a number
   *     that cannot be
   */
  public List<Match> search(float[] query, int k) {
    return search(query, k, id -> true);
  }

  /** As {@link #search(float[], int)}, among those vectors whose numbers are wanted. */
  public List<Match> search(float[] query, int k, LongPredicate wanted) {
    Checks.atLeast(1, "K", k);
    Checks.sameLength("query", query.length, "vector", dims);
    Rows.bounded("query", query, dims);
    return state.search(query, k, wanted);
  }

  /** The best for each of some queries. */
  public List<List<Match>> searchAll(List<float[]> queries, int k) {
    return queries.stream().map(query -> search(query, k)).toList();
  }

  /**
   * A copy of a vector.
   *
   * @throws IllegalArgumentException if there is none of this number
   */
  public synchronized float[] vector(long id) {
    Integer place = places.get(id);
    if (place == null) {
      throw new IllegalArgumentException("there is no vector with the number %d".formatted(id));
    }
    return Arrays.copyOfRange(state.keys(), place * dims, (place + 1) * dims);
  }

  /**
   * Writes the vectors and their numbers; codes are made again when it is opened.
   *
   * @throws IOException if it cannot be written; what was there before is untouched
   */
  public void write(Path file) throws IOException {
    VectorRows now = state;
    int live = now.there().cardinality();
    MemorySegment fields = MemorySegment.ofArray(new byte[24]);
    fields.setAtIndex(LONG, 0, dims);
    fields.setAtIndex(LONG, 1, metric.ordinal());
    fields.setAtIndex(LONG, 2, live);
    MemorySegment ids = MemorySegment.ofArray(new byte[Math.multiplyExact(8, live)]);
    float[] keys = new float[live * dims];
    int next = 0;
    for (int r = now.there().nextSetBit(0); r >= 0; r = now.there().nextSetBit(r + 1)) {
      ids.setAtIndex(LONG, next, now.ids()[r]);
      System.arraycopy(now.keys(), r * dims, keys, next * dims, dims);
      next++;
    }
    SectionFile.write(file, NAME, VERSION, List.of(fields, ids, SectionFile.section(keys)));
  }

  /**
   * Opens what {@link #write} wrote; the file is read whole and may change afterwards.
   *
   * @throws IOException if the file cannot be read, is broken, or states what cannot be
   */
  public static VectorIndex open(Path file) throws IOException {
    List<MemorySegment> sections = SectionFile.map(file, NAME, VERSION, 3);
    MemorySegment fields = sections.getFirst();
    long dims = fields.byteSize() == 24 ? fields.getAtIndex(LONG, 0) : 0;
    long metric = dims > 0 ? fields.getAtIndex(LONG, 1) : -1;
    long rows = dims > 0 ? fields.getAtIndex(LONG, 2) : -1;
    boolean shaped =
        dims > 0
            && dims <= Integer.MAX_VALUE
            && metric >= 0
            && metric < Metric.values().length
            && rows >= 0
            && sections.get(1).byteSize() % 8 == 0
            && sections.get(1).byteSize() / 8 == rows
            && sections.get(2).byteSize() % (4 * dims) == 0
            && sections.get(2).byteSize() / (4 * dims) == rows;
    if (!shaped) {
      throw SectionFile.broken(
          file, "it states %d vectors of %d numbers and does not hold them".formatted(rows, dims));
    }
    try {
      VectorIndex index = new VectorIndex((int) dims, Metric.values()[(int) metric]);
      index.putAll(sections.get(1).toArray(LONG), SectionFile.floats(sections.get(2)));
      if (index.size() != rows) {
        throw SectionFile.broken(file, "numbers of vectors occur twice");
      }
      return index;
    } catch (IllegalArgumentException e) {
      throw SectionFile.broken(file, e.getMessage());
    }
  }
}
