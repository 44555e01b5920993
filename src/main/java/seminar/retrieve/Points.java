package seminar.retrieve;

import seminar.retrieve.CascadeRetriever.Metric;

/**
 * The events of a graph: vectors that are near each other or not.
 *
 * @param events [L, channels, dims], not copied
 * @param channel whose vectors count
 */
record Points(float[] events, int channels, int channel, int dims, Metric metric) {
  /** L. */
  int count() {
    return events.length / channels / dims;
  }

  /** Where the vector of an event begins. */
  int start(int event) {
    return (event * channels + channel) * dims;
  }

  /** How near two events are. */
  float nearness(int a, int b) {
    return metric.nearness(events, start(a), events, start(b), dims);
  }

  /** How near an event is to the vector that starts at {@code at}. */
  float nearness(float[] vectors, int at, int event) {
    return metric.nearness(vectors, at, events, start(event), dims);
  }
}
