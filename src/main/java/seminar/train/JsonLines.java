package seminar.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import seminar.file.AppendedLines;
import seminar.file.Json;
import seminar.math.Checks;

/**
 * Writes how training goes into a file, one JSON object a line: steps with loss, terms, length of
 * the gradient and users per second, and epochs with their means and the validation measure.
 *
 * <p>Lines are appended and reach the file at once, so that the file can be followed and survives a
 * crash. A training that continues from a checkpoint writes the steps after it again: of two lines
 * of the same step the later one counts. Speeds are of this machine and differ from run to run;
 * nothing reads them back.
 */
public final class JsonLines implements TrainListener, AutoCloseable {
  private final Path file;
  private final AppendedLines lines;
  private final int everySteps;
  private final LongSupplier clock;
  private long since;
  private long users;

  JsonLines(Path file, int everySteps, LongSupplier clock) throws IOException {
    this.file = file;
    this.everySteps = Checks.atLeast(1, "everySteps", everySteps);
    this.clock = clock;
    lines = AppendedLines.open(file);
    since = clock.getAsLong();
  }

  /**
   * Appends to a file, or begins it.
   *
   * @param everySteps of how many steps one is written; the count begins anew in each epoch
   * @throws IOException if the file cannot be written
   */
  public static JsonLines append(Path file, int everySteps) throws IOException {
    return new JsonLines(file, everySteps, System::nanoTime);
  }

  @Override
  public void step(Step step) {
    users += step.users();
    if (step.batch() % everySteps != 0) {
      return;
    }
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", "step");
    line.put("epoch", step.epoch());
    line.put("batch", step.batch());
    line.put("batches", step.batches());
    line.put("loss", step.loss().total());
    line.put("terms", step.loss().terms());
    line.put("gradientNorm", step.gradientNorm());
    line.put("usersPerSecond", speed());
    write(line);
  }

  /** Users per second since the last line. */
  private double speed() {
    long now = clock.getAsLong();
    double speed = users * 1e9 / Math.max(1, now - since);
    since = now;
    users = 0;
    return speed;
  }

  @Override
  public void epoch(Epoch result) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("event", "epoch");
    line.put("epoch", result.epoch());
    line.put("loss", result.loss());
    line.put("terms", result.terms());
    line.put("validation", result.validation());
    line.put("best", result.best());
    write(line);
    since = clock.getAsLong();
    users = 0;
  }

  private void write(Map<String, Object> line) {
    try {
      lines.write(Json.text(line) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("%s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    lines.close();
  }
}
