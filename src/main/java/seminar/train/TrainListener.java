package seminar.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * Hears how training goes; called by the thread that trains.
 *
 * <p>A training that continues from a checkpoint tells the steps after it, with their own numbers.
 */
public interface TrainListener {
  /** A step was done. */
  void step(Step step);

  /** An epoch was done. */
  void epoch(Epoch result);

  /** Training has ended: all epochs are done, or it was stopped early. */
  default void done() {}

  /**
   * What a step was.
   *
   * @param epoch from 1
   * @param batch from 1
   * @param batches batches of an epoch
   * @param users histories in this batch
   * @param loss loss of this batch
   * @param gradientNorm length of the gradient over all parameters that learn, before clipping
   */
  record Step(int epoch, int batch, int batches, int users, StepLoss loss, double gradientNorm) {}

  /**
   * What an epoch achieved.
   *
   * @param epoch from 1
   * @param loss mean loss of its batches, in nats
   * @param terms mean of each term of the loss, in nats
   * @param validation the validation measure after it; larger is better
   * @param best whether this is the best so far
   */
  record Epoch(int epoch, double loss, Map<String, Double> terms, double validation, boolean best) {
    /** Copies the terms and keeps their order. */
    public Epoch {
      terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
    }
  }

  /** A listener that does nothing. */
  static TrainListener silent() {
    return epochs(result -> {});
  }

  /** A listener that hears epochs alone: {@code TrainListener.epochs(System.out::println)}. */
  static TrainListener epochs(Consumer<Epoch> listener) {
    return new TrainListener() {
      @Override
      public void step(Step step) {}

      @Override
      public void epoch(Epoch result) {
        listener.accept(result);
      }
    };
  }

  /**
   * A listener that tells how much of a training is done.
   *
   * @param epochs of the training
   * @param listener hears the share, 0 to 1
   */
  static TrainListener share(int epochs, DoubleConsumer listener) {
    return new TrainListener() {
      @Override
      public void step(Step step) {
        listener.accept((step.epoch() - 1 + (double) step.batch() / step.batches()) / epochs);
      }

      @Override
      public void epoch(Epoch result) {
        listener.accept((double) result.epoch() / epochs);
      }
    };
  }

  /** A listener that tells both, the first one first. */
  static TrainListener both(TrainListener first, TrainListener second) {
    return new TrainListener() {
      @Override
      public void step(Step step) {
        first.step(step);
        second.step(step);
      }

      @Override
      public void epoch(Epoch result) {
        first.epoch(result);
        second.epoch(result);
      }

      @Override
      public void done() {
        first.done();
        second.done();
      }
    };
  }
}
