package seminar.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import seminar.compute.Matrix;
import seminar.data.Corpus;
import seminar.data.Split;
import seminar.math.Rng;
import seminar.model.Parameter;
import seminar.model.Parameters;
import seminar.world.World;
import seminar.world.WorldOptions;

/**
 * The smallest model with a table, a dense parameter and random numbers of its own: loss = mean of
 * (x_item · w − label)² + Σ_j w_j ε_j.
 */
final class ToyModel implements Trainable {
  static final Corpus CORPUS =
      World.of(WorldOptions.quick().withUsers(20).withItems(1200, 6)).corpus();
  private static final int D = 3;

  private final Parameters parameters = new Parameters(3);
  private final Parameter table = parameters.table("items", CORPUS.catalog().size() + 1, D, 0.1);
  private final Parameter weights = parameters.dense("weights", 1, D, 1);

  /** Two or three batches of 8 users, four requests each. */
  static TrainOptions options() {
    return new TrainOptions(3, 8, 4, 1, Adam.Options.withRate(0.01), 7);
  }

  static TrainingBatches batches(TrainOptions options) {
    return new TrainingBatches(CORPUS, Split.leaveOneOut(CORPUS.histories()), 20, options);
  }

  @Override
  public Parameters parameters() {
    return parameters;
  }

  @Override
  public StepLoss gradients(LabelledBatch labelled) {
    parameters.clearGradients();
    int[] items = labelled.batch().candidateItems();
    int[] rows = Arrays.stream(items).distinct().sorted().toArray();
    float[] dTable = new float[rows.length * D];
    float[] dWeights = new float[D];
    float[] w = weights.value().toArray();
    double click = 0;
    for (int c = 0; c < items.length; c++) {
      double error = -labelled.labels()[c];
      for (int j = 0; j < D; j++) {
        error += w[j] * table.value().get(items[c], j);
      }
      click += error * error / items.length;
      for (int j = 0; j < D; j++) {
        float slope = (float) (2 * error / items.length);
        dTable[Arrays.binarySearch(rows, items[c]) * D + j] += slope * w[j];
        dWeights[j] += slope * table.value().get(items[c], j);
      }
    }
    SplittableRandom rng = Rng.stream("noise", labelled.seed());
    double noise = 0;
    for (int j = 0; j < D; j++) {
      float epsilon = (float) (0.1 * rng.nextGaussian());
      noise += w[j] * epsilon;
      dWeights[j] += epsilon;
    }
    Matrix gradient = table.touch(rows);
    gradient.set(dTable);
    weights.gradient().set(dWeights);
    Map<String, Double> terms = new LinkedHashMap<>();
    terms.put("click", click);
    terms.put("noise", noise);
    return new StepLoss(click + noise, terms);
  }
}
