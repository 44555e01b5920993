package seminar.retrieve;

import seminar.math.TopK;
import seminar.quantize.Cost;
import seminar.retrieve.CascadeRetriever.Metric;

/** The K nearest, found by looking at all events. */
record ExactLists(float[] events, int channels, int dims, Metric metric) implements ChannelLists {
  @Override
  public Cost mark(float[] vectors, int vector, int channel, int k, boolean[] found) {
    float[] nearness = new float[found.length];
    for (int l = 0; l < found.length; l++) {
      int event = (l * channels + channel) * dims;
      nearness[l] = metric.nearness(vectors, vector, events, event, dims);
    }
    for (int event : TopK.of(nearness, k).indices()) {
      found[event] = true;
    }
    return new Cost(0, (long) found.length * dims, 4L * found.length * dims);
  }
}
