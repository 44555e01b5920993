package seminar.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seminar.data.CorpusStatistics;
import seminar.file.Json;
import seminar.file.Provenance;
import seminar.measure.Place;
import seminar.measure.RankingMeasure;
import seminar.measure.RankingReport;
import seminar.measure.TieRule;
import seminar.measure.UserValues;
import seminar.options.OptionPaths;
import seminar.train.TrainListener;

/**
 * One training and its result: what was trained, how that went, what made it, and how the model
 * ranked every test request. As a file it is what a comparison is computed from, and it spares the
 * training when the comparison is made again.
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
 * @param full how it ranked all items, by the way ({@link AllItems}); empty if it was not asked,
 *     and then left out of files
 */
public record Run(
    String name,
    Identity identity,
    long parameters,
    List<TrainListener.Epoch> pretraining,
    List<TrainListener.Epoch> epochs,
    Seconds seconds,
    TieRule ties,
    int[] users,
    int[] first,
    int[] last,
    Map<String, String> notes,
    Provenance provenance,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, RankedAll> full)
    implements RunFolder.Kept {
  private static final Set<String> SEEDS = Set.of("setup.training.seed", "setup.pretraining.seed");

  /** Where the options of an identity have the {@link Setup}. */
  static final String SETUP = "setup";

  /** Runs of before say nothing of all items. */
  public Run {
    full = full == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(full));
  }

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
        return HexFormat.of().formatHex(sha.digest(Json.bytes(this)), 0, 4);
      } catch (NoSuchAlgorithmException e) {
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
      return new Identity(Json.node(options), seed, corpus, features, negatives, version);
    }
  }

  /**
   * Wall time in seconds; NaN for a training that was read from the file of its model, which keeps
   * no times.
   *
   * @param pretraining all epochs of pretraining with their validation
   * @param training all epochs of training with their validation
   * @param test ranking of all test requests
   */
  public record Seconds(double pretraining, double training, double test) {}

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

  /** A run from what it ranked. */
  static Run of(
      String name,
      Identity identity,
      long parameters,
      List<TrainListener.Epoch> pretraining,
      List<TrainListener.Epoch> epochs,
      Seconds seconds,
      RankingReport report,
      Map<String, String> notes,
      Provenance provenance) {
    return new Run(
        name,
        identity,
        parameters,
        pretraining,
        epochs,
        seconds,
        report.ties(),
        report.owners().stream().mapToInt(user -> user).toArray(),
        report.places().stream().mapToInt(Place::first).toArray(),
        report.places().stream().mapToInt(Place::last).toArray(),
        notes,
        provenance,
        Map.of());
  }

  /** The same with rankings of all items. */
  Run withFull(Map<String, RankedAll> rankings) {
    return new Run(
        name,
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
        provenance,
        rankings);
  }

  /**
   * How the model ranked all items.
   *
   * @param way {@link AllItems#ALONE} or after a first stage
   * @return none if it was not asked
   */
  public Optional<RankingReport> report(String way) {
    return Optional.ofNullable(full.get(way)).map(ranking -> ranking.report(ties, users));
  }

  /**
   * How the model was made, trained and judged.
   *
   * @throws IllegalStateException if it was not trained, or has options of another version
   */
  public Setup setup() {
    try {
      JsonNode setup = identity.options().path(SETUP);
      if (setup.isObject()) {
        return Json.reader().treeToValue(setup, Setup.class);
      }
      throw new IllegalStateException("%s was not trained: it has no setup".formatted(name));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "the options of %s are of another version: %s".formatted(name, e.getOriginalMessage()),
          e);
    }
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
   * What goes beside a figure of this run: measures in place of ranks.
   *
   * @param corpus the corpus, spelled out
   */
  public Map<String, Object> told(CorpusOf corpus) {
    RankingReport report = report();
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("name", name);
    told.put("corpus", corpus);
    told.put(SETUP, identity.options().path(SETUP));
    told.put("parameters", parameters);
    told.put("pretraining", pretraining);
    told.put("epochs", epochs);
    told.put("test", report.summary());
    told.put("testUsers", report.positives());
    told.put("seconds", seconds);
    told.put("provenance", provenance);
    return told;
  }

  /**
   * In which data, code or options another run differs, one sentence for each, those of data and
   * code first; none if the two depend on the very same things.
   */
  public List<String> differences(Run other) {
    List<String> words = new ArrayList<>();
    Identity a = identity;
    Identity b = other.identity;
    add(words, "the corpora differ: hash", a.corpus, b.corpus);
    add(words, "the features of items differ: hash", a.features, b.features);
    add(words, "the test has other negatives: hash", a.negatives, b.negatives);
    add(words, "version of the code:", a.version, b.version);
    add(words, "commit of the code:", provenance.commit(), other.provenance.commit());
    add(words, "Java:", provenance.java(), other.provenance.java());
    add(words, "platform:", provenance.platform(), other.provenance.platform());
    add(words, "seed:", a.seed, b.seed);
    OptionPaths.differences(OptionPaths.describe(a.options), OptionPaths.describe(b.options))
        .stream()
        .filter(difference -> !SEEDS.contains(difference.path())) // said above
        .forEach(difference -> words.add(difference.toString()));
    return words;
  }

  private static void add(List<String> words, String what, Object a, Object b) {
    if (!a.equals(b)) {
      words.add("%s %s against %s".formatted(what, a, b));
    }
  }

  /**
   * Reads a run from its file.
   *
   * @throws IOException if the file cannot be read or is not such a run; the message names it
   */
  public static Run read(Path file) throws IOException {
    return RunFolder.read(file, Run.class, Optional.empty());
  }
}
