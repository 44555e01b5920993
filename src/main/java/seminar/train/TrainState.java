package seminar.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import seminar.model.Parameters;

/**
 * Everything that a training has come to: together with the parameters and the optimiser's moments
 * it says all about the rest. Random streams are named by seed, epoch and batch ({@link
 * TrainingBatches}), so the position is their state.
 */
final class TrainState {
  private final TrainOptions options;
  private final Parameters parameters;
  private final Adam adam;
  private final List<TrainListener.Epoch> epochs = new ArrayList<>();
  private final Map<String, Double> termSums = new LinkedHashMap<>();
  private Map<String, float[]> best = Map.of();
  private double lossSum;
  private int batch;

  TrainState(TrainOptions options, Parameters parameters, Adam adam) {
    this.options = options;
    this.parameters = parameters;
    this.adam = adam;
  }

  Parameters parameters() {
    return parameters;
  }

  Adam adam() {
    return adam;
  }

  TrainOptions options() {
    return options;
  }

  /** The epoch that is being trained, from 1. */
  int epoch() {
    return epochs.size() + 1;
  }

  /** How many batches of this epoch are done. */
  int batch() {
    return batch;
  }

  double lossSum() {
    return lossSum;
  }

  Map<String, Double> termSums() {
    return Collections.unmodifiableMap(termSums);
  }

  List<TrainListener.Epoch> epochs() {
    return List.copyOf(epochs);
  }

  /** The parameters of the best epoch; empty before the first, and where the last one is kept. */
  Map<String, float[]> best() {
    return best;
  }

  /** Continues from here instead. */
  void set(List<TrainListener.Epoch> rows, int batches, double sum, Map<String, Double> sums) {
    epochs.clear();
    epochs.addAll(rows);
    batch = batches;
    lossSum = sum;
    termSums.clear();
    termSums.putAll(sums);
  }

  void best(Map<String, float[]> values) {
    best = values;
  }

  void addBatch(StepLoss loss) {
    batch++;
    lossSum += loss.total();
    loss.terms().forEach((term, value) -> termSums.merge(term, value, Double::sum));
  }

  /** Ends the epoch whose batches are all done. */
  TrainListener.Epoch endEpoch(double measure) {
    boolean better = measure > bestMeasure();
    if (better && options.keep() == TrainOptions.Keep.BEST) {
      best = parameters.snapshot();
    }
    int count = batch;
    termSums.replaceAll((term, sum) -> sum / count);
    TrainListener.Epoch row =
        new TrainListener.Epoch(epoch(), lossSum / count, termSums, measure, better);
    epochs.add(row);
    batch = 0;
    lossSum = 0;
    termSums.clear();
    return row;
  }

  private double bestMeasure() {
    return epochs.stream()
        .mapToDouble(TrainListener.Epoch::validation)
        .max()
        .orElse(Double.NEGATIVE_INFINITY);
  }

  /** Whether all epochs are done or patience has run out. */
  boolean over() {
    return over(epochs);
  }

  /** Whether it would be over after these epochs. */
  boolean over(List<TrainListener.Epoch> rows) {
    return rows.size() >= options.epochs()
        || (options.patience() > 0 && waited(rows) >= options.patience());
  }

  /** Epochs without a better one, those of a warm start not counted. */
  private int waited(List<TrainListener.Epoch> rows) {
    return Math.min(sinceBest(rows), rows.size() - options.warmEpochs());
  }

  private static int sinceBest(List<TrainListener.Epoch> rows) {
    int count = 0;
    while (count < rows.size() && !rows.get(rows.size() - 1 - count).best()) {
      count++;
    }
    return count;
  }

  /** Puts the parameters that are to be kept into the model. */
  void leaveKept() {
    parameters.restore(best);
  }
}
