package seminar.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import seminar.data.AtomicFiles;
import seminar.measure.Place;
import seminar.measure.RankingMeasure;
import seminar.measure.RankingReport;
import seminar.measure.TieRule;
import seminar.measure.UserValues;
import seminar.train.TrainListener;

/**
 * How one model with one seed ranked every test user: a file that a comparison is computed from,
 * and that spares the training when the comparison is made again.
 *
 * <p>Shapes: users, first, last [n]; a positive has a place from {@code first} to {@code last},
 * which differ where scores are equal.
 *
 * @param name the model
 * @param identity what the run depends on: options, seed, corpus, negatives, version
 * @param parameters how many numbers it has
 * @param pretraining each epoch of pretraining; none without
 * @param epochs each epoch of training; none for a model that has none
 * @param seconds wall times
 * @param ties how equal scores were ranked
 * @param users user of each place
 * @param first best place of the positive, from 0
 * @param last worst place
 * @param notes what else the model says of itself
 * @param provenance code and machine
 */
public record RankedRun(
    String name,
    Identity identity,
    long parameters,
    List<TrainListener.Epoch> pretraining,
    List<TrainListener.Epoch> epochs,
    Run.Seconds seconds,
    TieRule ties,
    int[] users,
    int[] first,
    int[] last,
    Map<String, String> notes,
    Provenance provenance) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a run depends on.
   *
   * @param options all options of the model, its training and the task
   * @param seed seed of everything drawn in training
   * @param corpus hash of the corpus
   * @param features hash of the features of its items, which that of the corpus does not cover
   * @param negatives hash of the negatives of the test
   * @param version version of the code
   */
  public record Identity(
      JsonNode options,
      long seed,
      String corpus,
      String features,
      String negatives,
      String version) {
    /** Runs of before say nothing of their features. */
    public Identity {
      features = features == null ? Provenance.UNKNOWN : features;
    }

    /** Eight hexadecimal digits that differ where anything of this does. */
    String hash() {
      try {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        return HexFormat.of().formatHex(sha.digest(JSON.writeValueAsBytes(this)), 0, 4);
      } catch (NoSuchAlgorithmException | JsonProcessingException e) {
        throw new IllegalStateException("cannot hash " + this, e);
      }
    }

    /** Of options that have a JSON form. */
    static Identity of(
        Object options,
        long seed,
        String corpus,
        String features,
        String negatives,
        String version) {
      try {
        JsonNode json = JSON.readTree(JSON.writeValueAsString(options));
        return new Identity(json, seed, corpus, features, negatives, version);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("these options have no JSON: " + options, e);
      }
    }
  }

  /** The same as figures of learning show it, with what made it spelled out. */
  public Run told(Run.CorpusOf of, Setup setup) {
    RankingReport report = report();
    return new Run(
        name,
        of,
        setup,
        parameters,
        pretraining,
        epochs,
        report.summary(),
        report.users(),
        seconds,
        provenance);
  }

  /** A run from what it ranked. */
  static RankedRun of(
      String name,
      Identity identity,
      long parameters,
      List<TrainListener.Epoch> pretraining,
      List<TrainListener.Epoch> epochs,
      Run.Seconds seconds,
      RankingReport report,
      Map<String, String> notes,
      Provenance provenance) {
    int n = report.places().size();
    int[] users = new int[n];
    int[] first = new int[n];
    int[] last = new int[n];
    for (int i = 0; i < n; i++) {
      users[i] = report.owners().get(i);
      first[i] = report.places().get(i).first();
      last[i] = report.places().get(i).last();
    }
    return new RankedRun(
        name,
        identity,
        parameters,
        pretraining,
        epochs,
        seconds,
        report.ties(),
        users,
        first,
        last,
        notes,
        provenance);
  }

  /** The same run under another name. */
  RankedRun named(String value) {
    return new RankedRun(
        value,
        identity,
        parameters,
        pretraining,
        epochs,
        seconds,
        ties,
        users,
        first,
        last,
        notes,
        provenance);
  }

  /** The ranks as a report. */
  public RankingReport report() {
    List<Integer> owners = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < users.length; i++) {
      owners.add(users[i]);
      places.add(new Place(first[i], last[i]));
    }
    return new RankingReport(ties, owners, places);
  }

  /** A measure of each user. */
  public UserValues values(RankingMeasure measure) {
    return report().values(measure);
  }

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
  public static RankedRun read(Path file) throws IOException {
    try {
      return JSON.readValue(Files.readAllBytes(file), RankedRun.class);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "%s is not a run that can be read (%s): remove it to train anew"
              .formatted(file, e.getOriginalMessage()),
          e);
    }
  }
}
