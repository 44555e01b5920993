package seminar.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import seminar.data.ClickSplit;
import seminar.data.ClickSplit.Stage;
import seminar.data.Corpus;
import seminar.data.Exposures;
import seminar.math.Rng;
import seminar.model.Batch;

/**
 * Mini-batches of exposures: what a user was shown, with its query, and whether it was taken. There
 * is nothing to draw but which exposures of a user an epoch learns from.
 *
 * <p>Batch b of epoch e is drawn from the stream {@code train/epoch/e/batch/b}, as in {@link
 * TrainingBatches}.
 */
public final class ClickBatches implements Batches {
  private final Corpus corpus;
  private final Exposures exposures;
  private final ClickSplit split;
  private final ExposureFeatures features;
  private final boolean side;
  private final int sequenceLength;
  private final TrainOptions options;
  private final int[] users;

  /**
   * Batches for a model that sees at most {@code sequenceLength} events.
   *
   * @param side whether the model reads side features
   * @throws IllegalArgumentException if the corpus has no exposures, or none for training
   */
  public ClickBatches(
      Corpus corpus,
      ClickSplit split,
      ExposureFeatures features,
      boolean side,
      int sequenceLength,
      TrainOptions options) {
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
    users =
        IntStream.range(0, split.users())
            .filter(user -> split.end(Stage.TRAINING, user) > split.start(Stage.TRAINING, user))
            .toArray();
    if (users.length == 0) {
      throw new IllegalArgumentException(
          "no exposure is for training: validation begins too early");
    }
  }

  @Override
  public int perEpoch() {
    return (users.length + options.usersPerBatch() - 1) / options.usersPerBatch();
  }

  @Override
  public int[] order(int epoch) {
    SplittableRandom rng = Rng.stream("train/epoch/" + epoch, options.seed());
    int[] order = Rng.permutation(rng, users.length);
    return Arrays.stream(order).map(i -> users[i]).toArray();
  }

  @Override
  public LabelledBatch batch(int epoch, int number, int[] order) {
    String name = "train/epoch/" + epoch + "/batch/" + number;
    SplittableRandom rng = Rng.stream(name, options.seed());
    int from = number * options.usersPerBatch();
    int to = Math.min(order.length, from + options.usersPerBatch());
    long[][] chosen = new long[to - from][];
    for (int i = 0; i < chosen.length; i++) {
      int user = order[from + i];
      long start = split.start(Stage.TRAINING, user);
      int count = Math.toIntExact(split.end(Stage.TRAINING, user) - start);
      chosen[i] =
          Arrays.stream(BatchMaker.sample(rng, 0, count, options.targetsPerUser()))
              .mapToLong(offset -> start + offset)
              .toArray();
    }
    Batch batch = batch(Arrays.copyOfRange(order, from, to), chosen);
    return new LabelledBatch(
        batch, labels(chosen), Rng.stream(name + "/seed", options.seed()).nextLong());
  }

  /**
   * Exposures as a batch, one candidate each, in the order in which they are given.
   *
   * @param owners users
   * @param chosen exposures of each user, rising
   */
  public Batch batch(int[] owners, long[][] chosen) {
    BatchMaker maker = new BatchMaker(corpus.histories(), sequenceLength);
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
    return toFloats(
        Arrays.stream(chosen)
            .flatMapToLong(Arrays::stream)
            .mapToInt(exposure -> exposures.clicked(exposure) ? 1 : 0)
            .toArray());
  }

  private static float[] toFloats(int[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values[i];
    }
    return floats;
  }
}
