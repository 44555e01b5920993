package seminar.train;

import java.io.IOException;
import java.util.List;
import java.util.function.DoubleSupplier;
import seminar.compute.Backend;
import seminar.model.Parameters;

/**
 * The loop: what is due for renewal, gradients of a batch, their limit, a step of Adam, validation
 * after each epoch; the best epoch's parameters are kept, or the last one's ({@link
 * TrainOptions.Keep}). With {@link Checkpoints} a training that was cut off anywhere goes on as if
 * nothing had happened.
 *
 * <p>Departure from the released code, which always keeps the last epoch (FACTS P2): see
 * docs/DEPARTURES.md.
 */
public final class Trainer {
  private final Backend backend;
  private final Trainable model;
  private final Batches batches;
  private final TrainOptions options;
  private final GradientNorm norms;
  private final FiniteCheck finite;

  /** A loop that has not started. */
  public Trainer(Backend backend, Trainable model, Batches batches, TrainOptions options) {
    this.backend = backend;
    this.model = model;
    this.batches = batches;
    this.options = options;
    norms = new GradientNorm(backend);
    finite = new FiniteCheck(model.parameters(), norms, options);
  }

  /** Is told when the training could continue from where it stands. */
  @FunctionalInterface
  private interface Boundary<E extends Exception> {
    /** A step was done, or an epoch and its validation. */
    void reached(boolean endOfEpoch) throws E;
  }

  /**
   * Trains until all epochs are done or patience has run out, and leaves in the model the
   * parameters that the options keep.
   *
   * @param validation the measure to be made large, computed with the model as it is when called
   * @return one row for each epoch
   * @throws ArithmeticException if a loss, a gradient, a parameter or the measure is not finite;
   *     the message names it
   */
  public List<TrainListener.Epoch> train(DoubleSupplier validation, TrainListener listener) {
    return run(start(), validation, listener, endOfEpoch -> {});
  }

  /**
   * The same with a checkpoint. If its file is there, training goes on from it; in the end
   * parameters and rows are the same bits as without any disturbance.
   *
   * @throws IOException if the checkpoint cannot be written, or is there and cannot be read, is
   *     truncated or damaged, or is of another training; the model is then as it was
   */
  public List<TrainListener.Epoch> train(
      DoubleSupplier validation, TrainListener listener, Checkpoints checkpoints)
      throws IOException {
    TrainState state = start();
    Checkpoints.Keeper keeper = checkpoints.new Keeper(state, System::nanoTime);
    keeper.resume(batches.perEpoch());
    return run(
        state,
        validation,
        listener,
        endOfEpoch -> {
          if (endOfEpoch) {
            keeper.write();
          } else if (keeper.due()) {
            finite.parameters(state);
            keeper.write();
          }
        });
  }

  /**
   * The record of a training that this loop has done to its end.
   *
   * @param run what was trained; the options of the training are filled in
   * @param epochs what {@code train} returned
   */
  public TrainingRecord record(RunIdentity run, List<TrainListener.Epoch> epochs) {
    return new TrainingRecord(run.with(options), epochs, epochs.size() * batches.perEpoch());
  }

  private TrainState start() {
    return new TrainState(options, model.parameters(), new Adam(backend, options.adam()));
  }

  private <E extends Exception> List<TrainListener.Epoch> run(
      TrainState state, DoubleSupplier validation, TrainListener listener, Boundary<E> boundary)
      throws E {
    while (!state.over()) {
      int[] order = batches.order(state.epoch());
      while (state.batch() < batches.perEpoch()) {
        listener.step(step(state, order));
        boundary.reached(false);
      }
      finite.parameters(state);
      double measure = validation.getAsDouble();
      finite.validation(measure, state.epoch(), state.batch());
      listener.epoch(state.endEpoch(measure));
      boundary.reached(true);
    }
    state.leaveKept();
    listener.done();
    return state.epochs();
  }

  private TrainListener.Step step(TrainState state, int[] order) {
    Parameters parameters = model.parameters();
    int epoch = state.epoch();
    int number = state.batch() + 1;
    LabelledBatch batch = batches.batch(epoch, number - 1, order);
    model.renew(state.adam().steps(), batches);
    StepLoss loss = model.gradients(batch);
    finite.loss(loss, epoch, number);
    double norm = norms.of(parameters);
    finite.gradient(norm, epoch, number);
    if (options.clip() > 0) {
      norms.clip(parameters, norm, options.clip());
    }
    state.adam().step(parameters);
    state.addBatch(loss);
    int users = batch.batch().groups().historyCount();
    return new TrainListener.Step(epoch, number, batches.perEpoch(), users, loss, norm);
  }
}
