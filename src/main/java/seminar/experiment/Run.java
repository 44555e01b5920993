package seminar.experiment;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import seminar.data.AtomicFiles;
import seminar.data.CorpusStatistics;
import seminar.train.TrainListener;

/**
 * One training and its result: everything that a table or figure shows, and what made it.
 *
 * @param name what the model is called in tables
 * @param corpus the corpus it was trained on
 * @param setup how it was made, pretrained, trained and judged
 * @param parameters how many numbers were learned
 * @param pretraining loss and validation NDCG@10 of each epoch of pretraining; none without
 * @param epochs loss and validation NDCG@10 of each epoch of training
 * @param test measures on the test targets, by the paper's names
 * @param testUsers users with a test target
 * @param seconds wall time of training with validation, and of the test
 * @param provenance code and machine
 */
public record Run(
    String name,
    CorpusOf corpus,
    Setup setup,
    long parameters,
    List<TrainListener.Epoch> pretraining,
    List<TrainListener.Epoch> epochs,
    Map<String, Double> test,
    int testUsers,
    Seconds seconds,
    Provenance provenance) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * A corpus and its frozen negatives.
   *
   * @param name name of the corpus
   * @param hash hash of its content
   * @param options how it was made or read
   * @param statistics sizes and shares
   * @param validationNegatives hash of the negatives of validation
   * @param testNegatives hash of the negatives of the test
   */
  public record CorpusOf(
      String name,
      String hash,
      Map<String, String> options,
      CorpusStatistics statistics,
      String validationNegatives,
      String testNegatives) {}

  /**
   * Wall time in seconds; NaN for a training that was read from a file, which keeps no times.
   *
   * @param pretraining all epochs of pretraining with their validation
   * @param training all epochs of training with their validation
   * @param test ranking of all test users
   */
  public record Seconds(double pretraining, double training, double test) {}

  /**
   * Writes the record as JSON.
   *
   * @throws IOException if the file cannot be written; an old one is then untouched
   */
  public void write(Path file) throws IOException {
    AtomicFiles.write(file, JSON.writeValueAsBytes(this));
  }
}
