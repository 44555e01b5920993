package seminar.retrieve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.util.hnsw.HnswGraphBuilder;
import org.apache.lucene.util.hnsw.HnswGraphSearcher;
import org.apache.lucene.util.hnsw.OnHeapHnswGraph;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;
import org.apache.lucene.util.hnsw.UpdateableRandomVectorScorer;
import seminar.math.Workers;
import seminar.quantize.Cost;
import seminar.retrieve.CascadeRetriever.GraphOptions;
import seminar.retrieve.CascadeRetriever.Metric;

/**
 * About the K nearest, found by walking a graph of near neighbours for each channel (hierarchical
 * navigable small worlds, HNSW), built and searched by Apache Lucene.
 *
 * @see <a href="https://doi.org/10.1109/TPAMI.2018.2889473">Malkov, Yashunin. Efficient and robust
 *     approximate nearest neighbor search using hierarchical navigable small world graphs. TPAMI
 *     2020</a>
 */
final class GraphLists implements ChannelLists {
  private final float[] events; // [L, M, d]
  private final int channels;
  private final int dims;
  private final Metric metric;
  private final GraphOptions options;
  private final List<OnHeapHnswGraph> graphs; // [M]

  /** Builds a graph for each channel, channels in parallel. */
  GraphLists(
      float[] events,
      int channels,
      int dims,
      Metric metric,
      GraphOptions options,
      Workers workers) {
    this.events = events;
    this.channels = channels;
    this.dims = dims;
    this.metric = metric;
    this.options = options;
    OnHeapHnswGraph[] built = new OnHeapHnswGraph[channels];
    workers.forEach(
        channels,
        (shard, from, to) -> {
          for (int channel = from; channel < to; channel++) {
            built[channel] = build(channel);
          }
        });
    this.graphs = List.of(built);
  }

  private OnHeapHnswGraph build(int channel) {
    RandomVectorScorerSupplier scorers =
        new RandomVectorScorerSupplier() {
          @Override
          public UpdateableRandomVectorScorer scorer() {
            return new Nearness(channel, new float[0], 0);
          }

          @Override
          public RandomVectorScorerSupplier copy() {
            return this; // a scorer has the only state
          }
        };
    try {
      return HnswGraphBuilder.create(
              scorers, options.links(), options.constructionWidth(), options.seed())
          .build(size());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // nothing here reads a file
    }
  }

  private int size() {
    return events.length / channels / dims;
  }

  @Override
  public Cost mark(float[] vectors, int vector, int channel, int k, boolean[] found) {
    int width = Math.max(k, options.searchWidth());
    Nearness nearness = new Nearness(channel, vectors, vector);
    try {
      KnnCollector walk =
          HnswGraphSearcher.search(nearness, width, graphs.get(channel), null, Integer.MAX_VALUE);
      ScoreDoc[] near = walk.topDocs().scoreDocs; // best first
      IntStream.range(0, Math.min(k, near.length)).forEach(i -> found[near[i].doc] = true);
      return new Cost(0, nearness.count * dims, 4L * nearness.count * dims);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How near events of a channel are to one vector; counts how often it is asked. */
  private final class Nearness implements UpdateableRandomVectorScorer {
    private final int channel;
    private float[] vectors;
    private int at;
    private long count;

    private Nearness(int channel, float[] vectors, int at) {
      this.channel = channel;
      this.vectors = vectors;
      this.at = at;
    }

    @Override
    public void setScoringOrdinal(int event) {
      vectors = events;
      at = start(event);
    }

    @Override
    public float score(int event) {
      count++;
      return metric.nearness(vectors, at, events, start(event), dims);
    }

    @Override
    public int maxOrd() {
      return size();
    }

    private int start(int event) {
      return (event * channels + channel) * dims;
    }
  }
}
