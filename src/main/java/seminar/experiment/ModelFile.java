package seminar.experiment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import seminar.compute.BackendKind;
import seminar.data.Corpus;
import seminar.file.Json;
import seminar.file.Provenance;
import seminar.math.Checks;
import seminar.model.AttentionOptions;
import seminar.model.ModelOptions;
import seminar.model.Parameters;
import seminar.search.InterestModel;
import seminar.search.Method;
import seminar.search.PretrainingSearchUnit;
import seminar.search.WrittenMethod;
import seminar.train.Checkpoint;
import seminar.train.RunIdentity;
import seminar.train.TrainListener;
import seminar.train.TrainingRecord;

/**
 * A trained model or pretrained search unit that was read from its file: the checkpoint of its
 * training, finished or not, or what {@link Trained#write} or {@link Pretrained#write} kept of it.
 *
 * <p>The file holds the setup and the parameters, not the corpus: it is opened beside the corpus it
 * was trained on, and with the same features.
 *
 * @param path where it lies
 * @param setup how its model was made, trained and judged
 * @param weights what the training leaves in the model
 */
public record ModelFile(Path path, Setup setup, Checkpoint.Weights weights) {
  private static final ObjectReader COMPLETE =
      Json.reader().with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

  private static final JsonNode USUAL = Json.node(Setup.laptop(1));
  private static final int HASH_SHOWN = 16;
  private static final String SETUP = "setup";
  private static final String PRETRAINING = "pretraining";

  /** What a file holds. */
  public enum Kind {
    /** What pretraining leaves. */
    UNIT("pretraining search unit", "pretrained search unit"),
    /** GSU and ESU, or a peer of SEMINAR. */
    MODEL("SEMINAR", "trained model");

    private final String title;
    private final String words;

    Kind(String title, String words) {
      this.title = title;
      this.words = words;
    }
  }

  /**
   * Reads a file of the given kind that was trained on this corpus.
   *
   * @throws IOException if there is no such file, it is damaged, holds another kind of model, was
   *     trained on another corpus or has options that this version does not know; the message says
   *     which and what to do
   */
  public static ModelFile read(Path path, Kind kind, Corpus corpus) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException(
          "there is no file %s: give one that holds a %s".formatted(path, kind.words));
    }
    Checkpoint.Weights weights = Checkpoint.weights(path);
    RunIdentity run = weights.header().run();
    if (!run.model().equals(kind.title)) {
      throw new IOException(
          "%s holds a %s: a %s is needed".formatted(path, run.model(), kind.title));
    }
    if (!run.corpus().equals(corpus.hash())) {
      throw new IOException(
          "%s was trained on the corpus %s, this one is %s: give the corpus it was trained on"
              .formatted(path, brief(run.corpus()), brief(corpus.hash())));
    }
    return new ModelFile(path, setup(path, run), weights);
  }

  private static Setup setup(Path path, RunIdentity run) throws IOException {
    JsonNode options = run.options().path(SETUP);
    try {
      if (options.deepCopy() instanceof ObjectNode all) {
        sayUnsaid(all, Setup.class, USUAL);
        return COMPLETE.forType(Setup.class).readValue(all);
      }
    } catch (JsonProcessingException e) {
      throw new IOException(otherVersion(path, run, Json.why(e)), e);
    }
    throw new IOException(otherVersion(path, run, "there are none"));
  }

  /**
   * Says null for every option that a file lacks and that no file of a usual setup says: one that
   * came later, and is where there was no choice before. Any other that is missing stays so.
   *
   * @param usual the same group of options as a usual setup is written
   */
  private static void sayUnsaid(ObjectNode group, Class<?> options, JsonNode usual) {
    for (RecordComponent option : options.getRecordComponents()) {
      String name = option.getName();
      if (!usual.has(name)) {
        group.putIfAbsent(name, group.nullNode());
      } else if (group.get(name) instanceof ObjectNode inner) {
        Class<?> type = option.getType() == Method.class ? WrittenMethod.class : option.getType();
        if (type.isRecord()) {
          sayUnsaid(inner, type, usual.get(name));
        }
      }
    }
  }

  private static String otherVersion(Path path, RunIdentity run, String reason) {
    return "%s was made by another version, %s: its options cannot be read (%s); train it anew"
        .formatted(path, run.version(), reason);
  }

  private static String brief(String hash) {
    return hash.substring(0, Math.min(HASH_SHOWN, hash.length()));
  }

  /** The same, to compute on another backend than it was trained on. */
  public ModelFile on(BackendKind backend) {
    return new ModelFile(path, setup.withBackend(backend), weights);
  }

  /**
   * The same, to rank by another number of events than it was trained with; K stays.
   *
   * @param length L, the latest events of a history that a request sees
   * @throws IllegalArgumentException if it is below 1, or histories were padded to their L in
   *     training, so that another one is another model
   */
  public ModelFile withLength(int length) {
    Checks.atLeast(1, "sequenceLength L", length);
    ModelOptions model = setup.model();
    if (model.attention().padding() == AttentionOptions.Padding.RELEASED
        && length != model.sequenceLength()) {
      throw new IllegalArgumentException(
          ("the histories of this model were padded to L = %d, which it has learned:"
                  + " it cannot rank with L = %d")
              .formatted(model.sequenceLength(), length));
    }
    return new ModelFile(path, setup.withModel(model.withSequenceLength(length)), weights);
  }

  /** How many epochs its training has done. */
  public int epochs() {
    return weights.header().epochs().size();
  }

  /**
   * What a training is a training of, but for the options of the training itself.
   *
   * @param source where the parameters that it begins with come from; empty if from nothing
   */
  public static RunIdentity identity(Kind kind, Setup setup, Map<String, ?> source, Corpus corpus) {
    Map<String, Object> options = new LinkedHashMap<>(source);
    options.put(SETUP, setup);
    return RunIdentity.of(kind.title, options, corpus.hash(), Provenance.programVersion());
  }

  /** A unit as the source of a model: what it was a training of, and how that went. */
  static Map<String, Object> source(Optional<Pretrained> unit) {
    return unit.isEmpty()
        ? Map.of()
        : Map.of("unit", unit.get().training().run(), PRETRAINING, unit.get().epochs());
  }

  /** What was trained, and how that went. */
  public TrainingRecord training() {
    return TrainingRecord.of(weights.header());
  }

  /** Whether the model was trained from a search unit, not from nothing. */
  boolean pretrained() {
    return weights.header().run().options().size() > 1; // the unit beside the setup
  }

  /**
   * The model, made by its own setup.
   *
   * @param experiment of the corpus that the file was read for
   * @throws IOException if the features are not those it was trained with
   */
  public InterestModel model(RankingExperiment experiment) throws IOException {
    InterestModel model = experiment.fresh(setup);
    restore(model.parameters());
    return model;
  }

  /**
   * The search unit, made by its own setup.
   *
   * @param experiment of the corpus that the file was read for
   * @throws IOException if the features are not those it was trained with
   */
  public Pretrained unit(RankingExperiment experiment) throws IOException {
    PretrainingSearchUnit unit = experiment.unit(setup);
    restore(unit.parameters());
    return new Pretrained(unit, training(), Double.NaN);
  }

  /**
   * The epochs of the unit that the model was trained from; none where the file does not have them.
   *
   * @throws IOException if they are those of another version
   */
  List<TrainListener.Epoch> pretraining() throws IOException {
    RunIdentity run = weights.header().run();
    JsonNode rows = run.options().path(PRETRAINING);
    if (rows.isMissingNode()) {
      return List.of();
    }
    try {
      return COMPLETE.forType(new TypeReference<List<TrainListener.Epoch>>() {}).readValue(rows);
    } catch (JsonProcessingException e) {
      throw new IOException(otherVersion(path, run, Json.why(e)), e);
    }
  }

  private void restore(Parameters parameters) throws IOException {
    Optional<String> difference = weights.header().difference(parameters);
    if (difference.isPresent()) {
      throw new IOException(
          "%s does not fit the features given here: %s. Give those it was trained with"
              .formatted(path, difference.get()));
    }
    parameters.restore(weights.values());
  }
}
