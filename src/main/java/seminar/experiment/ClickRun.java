package seminar.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import seminar.data.AtomicFiles;
import seminar.measure.Calibration;
import seminar.train.TrainListener;

/**
 * How one model predicted the latest exposures: a file that a table is computed from, and that
 * spares the training when the table is made again.
 *
 * @param name the model
 * @param identity what the run depends on; "negatives" are the counts of exposures
 * @param parameters how many numbers it has; 0 for click rates
 * @param epochs each epoch of training
 * @param test measures on the test exposures, by name
 * @param calibration predicted against observed click rates
 * @param seconds wall times
 * @param provenance code and machine
 */
public record ClickRun(
    String name,
    RankedRun.Identity identity,
    long parameters,
    List<TrainListener.Epoch> epochs,
    Map<String, Double> test,
    Calibration calibration,
    Run.Seconds seconds,
    Provenance provenance) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Writes the run as JSON.
   *
   * @throws IOException if the file cannot be written; an old one is then untouched
   */
  public void write(Path file) throws IOException {
    AtomicFiles.write(file, JSON.writeValueAsBytes(this));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if the file cannot be read or is not such a run; the message names it
   */
  public static ClickRun read(Path file) throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(file), ClickRun.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s is not a run that can be read (%s): remove it to train anew"
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }
}
