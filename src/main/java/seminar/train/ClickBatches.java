package seminar.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import seminar.data.ClickSplit;
import seminar.data.ClickSplit.Stage;
import seminar.data.Corpus;
import seminar.data.Exposures;
import seminar.model.Batch;

/**
 * Mini-batches of exposures: what a user was shown, with its query, and whether it was taken. There
 * is nothing to draw but which exposures of a user an epoch learns from.
 */
public final class ClickBatches extends Batches {
  private final Corpus corpus;
  private final Exposures exposures;
  private final ClickSplit split;
  private final ExposureFeatures features;
  private final boolean side;
  private final int sequenceLength;
  private final TrainOptions options;

  /**
   * Batches for a model that sees at most {@code sequenceLength} events.
   *
   * @param side whether the model reads side features
   * @throws IllegalArgumentException if the corpus has no exposures, or none for training, or a
   *     warm start is longer
   */
  public ClickBatches(
      Corpus corpus,
      ClickSplit split,
      ExposureFeatures features,
      boolean side,
      int sequenceLength,
      TrainOptions options) {
    super(learning(split), corpus.histories(), options);
    options.checkLength(sequenceLength);
    this.corpus = corpus;
    this.split = split;
    this.features = features;
    this.side = side;
    this.sequenceLength = sequenceLength;
    this.options = options;
    exposures =
        corpus
            .exposures()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "corpus %s has no exposures: clicks cannot be learned from it"
                            .formatted(corpus.manifest().name())));
  }

  /** The users with a training exposure. */
  private static int[] learning(ClickSplit split) {
    int[] learning =
        IntStream.range(0, split.users())
            .filter(user -> split.end(Stage.TRAINING, user) > split.start(Stage.TRAINING, user))
            .toArray();
    if (learning.length == 0) {
      throw new IllegalArgumentException(
          "no exposure is for training: validation begins too early");
    }
    return learning;
  }

  @Override
  int known(int user) {
    return exposures.position(split.end(Stage.TRAINING, user) - 1);
  }

  @Override
  public LabelledBatch batch(int epoch, int number, int[] order) {
    SplittableRandom rng = random(epoch, number);
    int[] owners = users(number, order);
    long[][] chosen = new long[owners.length][];
    for (int i = 0; i < chosen.length; i++) {
      long start = split.start(Stage.TRAINING, owners[i]);
      int count = Math.toIntExact(split.end(Stage.TRAINING, owners[i]) - start);
      chosen[i] =
          Arrays.stream(BatchMaker.sample(rng, 0, count, options.targetsPerUser()))
              .mapToLong(offset -> start + offset)
              .toArray();
    }
    int seen = options.length(epoch, sequenceLength);
    return new LabelledBatch(batch(owners, chosen, seen), labels(chosen), seed(epoch, number));
  }

  /**
   * Exposures as a batch, one candidate each, in the order in which they are given.
   *
   * @param owners users
   * @param chosen exposures of each user, rising
   */
  public Batch batch(int[] owners, long[][] chosen) {
    return batch(owners, chosen, sequenceLength);
  }

  private Batch batch(int[] owners, long[][] chosen, int seen) {
    BatchMaker maker = new BatchMaker(corpus.histories(), seen);
    for (int i = 0; i < owners.length; i++) {
      long[] shown = chosen[i];
      int[] positions = new int[shown.length];
      int[][] items = new int[shown.length][1];
      int[][] queries = new int[shown.length][1];
      float[] sideFeatures = new float[side ? shown.length * ExposureFeatures.COUNT : 0];
      for (int e = 0; e < shown.length; e++) {
        positions[e] = exposures.position(shown[e]);
        items[e][0] = exposures.item(shown[e]);
        queries[e][0] = exposures.query(shown[e]);
        if (side) {
          features.copy(shown[e], sideFeatures, e * ExposureFeatures.COUNT);
        }
      }
      maker.add(owners[i], positions, items, queries, sideFeatures);
    }
    return maker.take();
  }

  private float[] labels(long[][] chosen) {
    long[] shown = Arrays.stream(chosen).flatMapToLong(Arrays::stream).toArray();
    float[] labels = new float[shown.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = exposures.clicked(shown[i]) ? 1 : 0;
    }
    return labels;
  }
}
