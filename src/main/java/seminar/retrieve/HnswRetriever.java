package seminar.retrieve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import seminar.math.Checks;
import seminar.quantize.Rows;
import seminar.retrieve.CascadeRetriever.GraphOptions;
import seminar.retrieve.CascadeRetriever.Metric;

/**
 * Walks a graph of near neighbours (HNSW) over fused keys: looks at a few hundred events whatever
 * their number, and finds nearly all of the best. {@link CascadeRetriever#hnsw} has a graph for
 * each channel.
 *
 * <p>By {@link Metric#INNER_PRODUCT} a score is the inner product, as everywhere. By {@link
 * Metric#L2} the best are the <b>nearest</b>, and a score is −‖q − k‖².
 *
 * <p>A search finds {@code min(k, L)} events always, and the exact answer where k or efSearch is at
 * least L. A graph is built on one thread, event by event, so it can grow: {@link #append} gives
 * what building with all events at once would have given, to the last link. Immutable and
 * thread-safe; a search at the same time as others takes 4·L bytes more.
 */
public final class HnswRetriever implements Retriever {
  private final SmallWorld graph;

  HnswRetriever(SmallWorld graph) {
    this.graph = graph;
  }

  /**
   * Builds a graph.
   *
   * @param keys [L, dims], copied
   * @throws IllegalArgumentException if the last key is not whole, a number is not finite, a length
   *     is neither 0 nor within {@link Rows#LEAST_LENGTH} and {@link Rows#MOST_LENGTH}, or there
   *     are more links than an array holds
   */
  public static HnswRetriever of(float[] keys, int dims, Metric metric, GraphOptions options) {
    Rows.bounded("keys", keys, dims);
    return new HnswRetriever(SmallWorld.of(new Points(keys.clone(), 1, 0, dims, metric), options));
  }

  /**
   * With later events.
   *
   * @param later keys [n, d]
   * @throws IllegalArgumentException if the last key is not whole, a number is not finite, a length
   *     is neither 0 nor within {@link Rows#LEAST_LENGTH} and {@link Rows#MOST_LENGTH}, or there
   *     are more links than an array holds
   */
  public HnswRetriever append(float[] later) {
    Points points = graph.points();
    Rows.bounded("keys", later, points.dims());
    float[] first = points.events();
    float[] all = Arrays.copyOf(first, Math.addExact(first.length, later.length));
    System.arraycopy(later, 0, all, first.length, later.length);
    return new HnswRetriever(graph.grown(new Points(all, 1, 0, points.dims(), points.metric())));
  }

  /**
   * The same graph, walked with more or fewer candidates.
   *
   * @throws IllegalArgumentException if {@code efSearch < 1}
   */
  public HnswRetriever withSearchWidth(int efSearch) {
    GraphOptions built = options();
    return new HnswRetriever(
        graph.withOptions(
            new GraphOptions(built.links(), built.constructionWidth(), efSearch, built.seed())));
  }

  @Override
  public int size() {
    return graph.points().count();
  }

  @Override
  public int width() {
    return graph.points().dims();
  }

  /** What is near. */
  public Metric metric() {
    return graph.points().metric();
  }

  /** How the graph was built and is walked. */
  public GraphOptions options() {
    return graph.options();
  }

  /** Memory of keys and links. */
  public long bytes() {
    return 4L * size() * width() + graph.links().bytes();
  }

  @Override
  public Retrieval search(float[] query, int k) {
    Checks.atLeast(1, "K", k);
    Checks.sameLength("query", query.length, "row of an event", width());
    Rows.bounded("query", query, width());
    return graph.search(query, 0, k);
  }

  /**
   * Writes keys and graph.
   *
   * @throws IOException if it cannot be written; what was there before is untouched
   */
  public void write(Path file) throws IOException {
    GraphFile.write(graph, file);
  }

  /**
   * Opens a graph with its keys; everything is read into memory.
   *
   * @throws IOException if the file cannot be read, is broken, or states sizes, numbers or links
   *     that cannot be
   */
  public static HnswRetriever open(Path file) throws IOException {
    return new HnswRetriever(GraphFile.read(file));
  }
}
