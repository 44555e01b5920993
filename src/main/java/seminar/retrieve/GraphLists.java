package seminar.retrieve;

import java.util.List;
import seminar.math.Workers;
import seminar.quantize.Cost;
import seminar.retrieve.CascadeRetriever.GraphOptions;
import seminar.retrieve.CascadeRetriever.Metric;

/** About the K nearest, found by walking a graph of near neighbours for each channel. */
final class GraphLists implements ChannelLists {
  private final List<SmallWorld> graphs; // [M]

  /** Over events [L, channels, dims]: builds a graph for each channel, channels in parallel. */
  GraphLists(
      float[] events,
      int channels,
      int dims,
      Metric metric,
      GraphOptions options,
      Workers workers) {
    SmallWorld[] built = new SmallWorld[channels];
    workers.forEach(
        channels,
        (shard, from, to) -> {
          for (int channel = from; channel < to; channel++) {
            Points points = new Points(events, channels, channel, dims, metric);
            built[channel] = SmallWorld.of(points, options);
          }
        });
    this.graphs = List.of(built);
  }

  @Override
  public Cost mark(float[] vectors, int vector, int channel, int k, boolean[] found) {
    Retrieval near = graphs.get(channel).search(vectors, vector, k);
    for (int event : near.top().indices()) {
      found[event] = true;
    }
    return near.cost();
  }
}
