package seminar.train;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import seminar.math.Workers;

/** A program that trains with a checkpoint after every step and tells each step. */
final class KilledTraining {
  static final int EPOCHS = 50;

  private KilledTraining() {}

  /**
   * Trains from where the checkpoint stands.
   *
   * @param arguments the file of the checkpoint
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    TrainListener telling =
        new TrainListener() {
          @Override
          public void step(Step step) {
            out.println("step");
            out.flush();
          }

          @Override
          public void epoch(Epoch result) {}
        };
    try (Workers workers = Workers.of(2)) {
      TinyTraining training = new TinyTraining(TinyTraining.Kind.PRETRAINING, workers, EPOCHS);
      Checkpoints every = training.checkpoints(Path.of(arguments[0]), 1);
      out.println("bits " + training.bits(training.train(telling, every)));
    }
  }
}
