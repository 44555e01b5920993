package seminar.recall;

import java.util.Arrays;
import seminar.math.Rng;
import seminar.math.Vectors;
import seminar.recall.NormRecall.CodebookFit;
import seminar.recall.NormRecall.NormLaw;
import seminar.recall.NormRecall.Options;
import seminar.retrieve.Target;

/**
 * One synthetic history with its target.
 *
 * @param events [L, M, d]
 * @param learning [n, M, d], what codebooks are learned from
 * @param target vectors [M, d] and weights
 * @param name of its random streams
 */
record NormSequence(float[] events, float[] learning, Target target, String name) {
  /** Draws sequence number {@code number}. */
  static NormSequence of(Options options, int number) {
    String name = "fig2/sequence/" + number;
    float[] events = draw(options, name + "/events", options.sequenceLength());
    float[] target = target(options, number).vectors();
    float[] learning =
        options.fit() == CodebookFit.OTHER_HISTORY
            ? draw(options, name + "/other", options.sequenceLength())
            : events;
    if (options.fit() == CodebookFit.HISTORY_AND_TARGET) {
      learning = Arrays.copyOf(events, events.length + target.length);
      System.arraycopy(target, 0, learning, events.length, target.length);
    }
    return new NormSequence(events, learning, new Target(target, options.gamma()), name);
  }

  /** The target of sequence number {@code number} alone. */
  static Target target(Options options, int number) {
    String name = "fig2/sequence/" + number;
    return new Target(draw(options, name + "/target", 1), options.gamma());
  }

  private static float[] draw(Options options, String stream, int count) {
    int channels = options.weights().size();
    int dims = options.dims();
    float[] vectors = new float[count * channels * dims]; // [count, M, d]
    Rng.gaussian(Rng.stream(stream, options.seed()), vectors, 1);
    for (int row = 0; row < count * channels; row++) {
      if (options.norms() == NormLaw.SAME) {
        Vectors.normalize(vectors, row * dims, dims);
      } else {
        float mean = (float) Math.scalb(0.25, row % channels);
        for (int n = row * dims; n < (row + 1) * dims; n++) {
          vectors[n] += mean;
        }
      }
    }
    return vectors;
  }
}
