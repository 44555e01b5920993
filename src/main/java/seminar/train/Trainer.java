package seminar.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import seminar.compute.Backend;

/**
 * The loop: gradients of a batch, a step of Adam, validation after each epoch; the best epoch's
 * parameters are kept.
 *
 * <p>Departure from the released code, which always keeps the last epoch (FACTS P2): see
 * docs/DEPARTURES.md.
 */
public final class Trainer {
  private final Trainable model;
  private final TrainingBatches batches;
  private final TrainOptions options;
  private final Adam adam;

  /** A loop that has not started. */
  public Trainer(Backend backend, Trainable model, TrainingBatches batches, TrainOptions options) {
    this.model = model;
    this.batches = batches;
    this.options = options;
    adam = new Adam(backend, options.adam());
  }

  /**
   * Trains all epochs and leaves the best parameters in the model.
   *
   * @param validation the measure to be made large, computed with the model as it is when called
   * @return one row for each epoch
   * @throws ArithmeticException if the loss is not finite
   */
  public List<TrainListener.Epoch> train(DoubleSupplier validation, TrainListener listener) {
    List<TrainListener.Epoch> epochs = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    Map<String, float[]> kept = model.parameters().snapshot();
    for (int epoch = 1; epoch <= options.epochs(); epoch++) {
      double loss = epoch(epoch, listener);
      double measure = validation.getAsDouble();
      boolean better = measure > best;
      if (better) {
        best = measure;
        kept = model.parameters().snapshot();
      }
      TrainListener.Epoch row = new TrainListener.Epoch(epoch, loss, measure, better);
      epochs.add(row);
      listener.epoch(row);
    }
    model.parameters().restore(kept);
    return epochs;
  }

  private double epoch(int epoch, TrainListener listener) {
    int[] order = batches.order(epoch);
    double sum = 0;
    for (int b = 0; b < batches.perEpoch(); b++) {
      double loss = model.gradients(batches.batch(epoch, b, order)).total();
      adam.step(model.parameters());
      sum += loss;
      listener.step(epoch, b + 1, batches.perEpoch(), loss);
    }
    return sum / batches.perEpoch();
  }
}
