package seminar.retrieve;

import seminar.math.TopK;
import seminar.quantize.Cost;
import seminar.retrieve.CascadeRetriever.GraphOptions;

/**
 * A graph of near neighbours on several levels, each with a part of the nodes of the one below: a
 * walk takes large steps first, then small ones (hierarchical navigable small worlds, HNSW).
 * Immutable and thread-safe.
 *
 * @see <a href="https://doi.org/10.1109/TPAMI.2018.2889473">Malkov, Yashunin. Efficient and robust
 *     approximate nearest neighbor search using hierarchical navigable small world graphs. TPAMI
 *     2020</a>
 */
final class SmallWorld {
  private final Points points;
  private final GraphOptions options;
  private final LayeredLinks links;
  private final Spare<GraphWalk> spare = new Spare<>();

  /** With links of these points. */
  SmallWorld(Points points, GraphOptions options, LayeredLinks links) {
    this.points = points;
    this.options = options;
    this.links = links;
  }

  /** Builds a graph. Same points and options, same links. */
  static SmallWorld of(Points points, GraphOptions options) {
    return new SmallWorld(points, options, new LayeredLinks(options.links(), 0)).grown(points);
  }

  /** The graph that building with all points at once would have given; this one stays. */
  SmallWorld grown(Points more) {
    return new SmallWorld(more, options, GraphGrowth.grow(links, more, options));
  }

  /** The same graph, searched with another width. */
  SmallWorld withOptions(GraphOptions other) {
    return new SmallWorld(points, other, links);
  }

  Points points() {
    return points;
  }

  GraphOptions options() {
    return options;
  }

  LayeredLinks links() {
    return links;
  }

  /**
   * About the {@code min(k, L)} nearest to a vector, the nearest first; all of them, exactly, where
   * k or the width of the search is at least L.
   *
   * @param at where the vector starts in {@code vectors}
   */
  Retrieval search(float[] vectors, int at, int k) {
    int count = Math.min(k, points.count());
    if (count == 0) {
      return new Retrieval(new TopK(new int[0], new float[0]), new Cost(0, 0, 0));
    }
    GraphWalk walk = spare.take(GraphWalk::new);
    walk.begin(points, vectors, at, links.entry());
    int width = Math.max(count, options.searchWidth());
    walk.descend(links, 0, width);
    walk.follow(links, 0, width);
    walk.fill(links);
    long[] keys = new long[walk.found()];
    walk.copyTo(keys);
    long multiplications = walk.looked() * points.dims();
    spare.giveBack(walk);
    int[] events = new int[count];
    float[] nearness = new float[count];
    for (int i = 0; i < count; i++) {
      events[i] = EventHeap.event(keys[i]);
      nearness[i] = EventHeap.nearness(keys[i]);
    }
    Cost cost = new Cost(0, multiplications, 4 * multiplications);
    return new Retrieval(new TopK(events, nearness), cost);
  }
}
