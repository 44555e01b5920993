package seminar.retrieve;

import java.util.SplittableRandom;
import seminar.math.TopK;
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

  /** The K nearest, found by looking at all events. */
  record Exact(float[] events, int channels, int dims, CascadeRetriever.Metric metric)
      implements ChannelLists {
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

  /**
   * The K events whose rotated signs differ least from the target's (LSH), for each channel.
   *
   * <p>Few bits tell few distances apart, so a list mostly ends within a tie; of equally near
   * events the earlier is kept. Over 100 sequences of the released evaluation's setting (L = 2000,
   * 64 bits) recall is .530, .737, .910, .989 at K = 32, 64, 128, 256, ± .02 at most; with the
   * index of faiss 1.15.1, over 100 others, .548, .741, .910, .987. Exact lists lead to .607, .804,
   * .946, .996.
   *
   * @param signs of the events of each channel [M]
   */
  record Hashed(HashRetriever[] signs) implements ChannelLists {
    static Hashed of(float[] events, int channels, int dims, int bits, SplittableRandom rng) {
      HashRetriever[] signs = new HashRetriever[channels];
      int count = events.length / channels / dims;
      for (int m = 0; m < channels; m++) {
        SignHash hash = SignHash.rotated(dims, bits, rng);
        float[] channel = new float[count * dims];
        for (int l = 0; l < count; l++) {
          System.arraycopy(events, (l * channels + m) * dims, channel, l * dims, dims);
        }
        signs[m] = new HashRetriever(hash, hash.encode(channel));
      }
      return new Hashed(signs);
    }

    @Override
    public Cost mark(float[] vectors, int vector, int channel, int k, boolean[] found) {
      HashRetriever events = signs[channel];
      SearchScratch scratch = events.takeScratch();
      System.arraycopy(vectors, vector, scratch.query, 0, events.width());
      events.candidates(scratch, k, Subset.all());
      int count = scratch.best.settle();
      for (int i = 0; i < count; i++) {
        found[scratch.best.events()[i]] = true;
      }
      events.spare().giveBack(scratch);
      return events.cost();
    }
  }
}
