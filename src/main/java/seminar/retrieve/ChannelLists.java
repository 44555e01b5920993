package seminar.retrieve;

import seminar.quantize.Cost;

/** Finds events that are near in one channel: the first stage of a {@link CascadeRetriever}. */
interface ChannelLists {
  /**
   * About K events of a channel that are near a vector, in any order.
   *
   * @param vector where the vector of d numbers starts in {@code vectors}
   * @param found marks the events that are found
   * @return what it took
   */
  Cost mark(float[] vectors, int vector, int channel, int k, boolean[] found);
}
