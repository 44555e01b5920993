package seminar.experiment;

import java.util.List;
import java.util.Map;
import seminar.file.Provenance;
import seminar.measure.Calibration;
import seminar.train.TrainListener;

/**
 * How one model predicted the latest exposures: a file that a table is computed from, and that
 * spares the training when the table is made again.
 *
 * @param name the model
 * @param identity what the run depends on; "negatives" are the shares of exposures
 * @param parameters how many numbers it has; 0 for click rates
 * @param epochs each epoch of training
 * @param test measures on the test exposures, by name
 * @param calibration predicted against observed click rates
 * @param seconds wall times
 * @param provenance code and machine
 */
public record ClickRun(
    String name,
    Run.Identity identity,
    long parameters,
    List<TrainListener.Epoch> epochs,
    Map<String, Double> test,
    Calibration calibration,
    Run.Seconds seconds,
    Provenance provenance)
    implements RunFolder.Kept {}
