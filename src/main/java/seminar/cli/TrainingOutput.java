package seminar.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;
import seminar.terminal.Console;
import seminar.train.Checkpoints;
import seminar.train.JsonLines;
import seminar.train.RunIdentity;
import seminar.train.TrainListener;

/** Where a training keeps its file, and what it tells while it goes. */
final class TrainingOutput {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "The file of the model. It is written while training goes on; the same command given"
              + " again continues from it.")
  private Path out;

  @Option(
      names = "--log",
      paramLabel = "FILE",
      description = "Also appends every step and epoch to this file, one JSON object a line.")
  private Path log;

  @Option(
      names = "--checkpoint-seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "Renews the file after so many seconds too (default: ${DEFAULT-VALUE}).")
  private int seconds;

  /** The file of the model. */
  Path file() {
    return out;
  }

  Checkpoints checkpoints(RunIdentity run) {
    return new Checkpoints(out, run, 0, seconds);
  }

  /**
   * Checks before a training that there is something to do and that its files can be written.
   *
   * @throws IOException if not
   */
  void check(int epochs) throws IOException {
    if (epochs == 0) {
      throw new IllegalArgumentException(
          "--epochs is 0: nothing would be trained and %s not be written".formatted(out));
    }
    OutputFolder.forFile(out, "--out");
    if (log != null) {
      OutputFolder.forFile(log, "--log");
    }
  }

  /** A training that is told. */
  @FunctionalInterface
  interface Training<R> {
    R run(TrainListener listener) throws IOException;
  }

  /**
   * Runs a training that shows its progress and writes its log.
   *
   * @param part its share of the whole work on the console
   * @param next what the console says after it; empty for nothing
   */
  <R> R tell(Console console, int epochs, double part, String next, Training<R> training)
      throws IOException {
    TrainListener shown = new Shower(console, epochs, part / Math.max(1, epochs), next);
    if (log == null) {
      return training.run(shown);
    }
    try (JsonLines lines = JsonLines.append(log, 1)) {
      return training.run(TrainListener.both(shown, lines));
    }
  }

  /** One step of the console for each epoch, which says what the one before achieved. */
  private static final class Shower implements TrainListener {
    private final Console console;
    private final int epochs;
    private final double part;
    private final String next;
    private String before = "";
    private int now;

    Shower(Console console, int epochs, double part, String next) {
      this.next = next;
      this.console = console;
      this.epochs = epochs;
      this.part = part;
    }

    @Override
    public void step(Step step) {
      if (step.epoch() != now) {
        now = step.epoch();
        console.step("epoch %d of %d%s".formatted(now, epochs, before), part);
      }
      console.at((double) step.batch() / step.batches());
    }

    @Override
    public void epoch(Epoch result) {
      before =
          String.format(
              Locale.ROOT, " (loss %.4f, NDCG@10 %.4f)", result.loss(), result.validation());
    }

    @Override
    public void done() {
      if (!next.isEmpty()) {
        console.step(next, 0);
      }
    }
  }
}
