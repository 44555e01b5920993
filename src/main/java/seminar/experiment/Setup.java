package seminar.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import seminar.compute.BackendKind;
import seminar.loss.NextItemOptions;
import seminar.model.ChannelOptions;
import seminar.model.ModelOptions;
import seminar.model.ParameterGroup;
import seminar.model.SequenceOptions;
import seminar.options.OptionPaths;
import seminar.options.Withers;
import seminar.search.Method;
import seminar.search.PsuOptions;
import seminar.search.Restored;
import seminar.train.Adam;
import seminar.train.TrainOptions;

/**
 * Everything that decides how SEMINAR, or one of its peers, is made, pretrained, trained and
 * judged.
 *
 * @param model shape of PSU, GSU and ESU
 * @param method how the interest in a candidate is found; the PSU is SEMINAR's alone
 * @param psu the pretraining losses
 * @param pretraining how the PSU is trained
 * @param training how GSU and ESU are trained
 * @param restored what they take over from the PSU
 * @param frozen what does not learn after pretraining
 * @param protocol what is learned from and how it is judged
 * @param backend what computes: others give other last bits; JSON leaves the CPU's unsaid, as it
 *     did before there was a choice
 */
@Withers
public record Setup(
    ModelOptions model,
    Method method,
    PsuOptions psu,
    TrainOptions pretraining,
    TrainOptions training,
    Restored restored,
    Set<ParameterGroup> frozen,
    Protocol protocol,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Usual.class) BackendKind backend)
    implements SetupBuilder.With {
  private static final int EXTENDED_NEGATIVES = 2048;
  private static final int EXTENDED_SHORT_TERM = 50;
  private static final int EXTENDED_BUCKETS = 8;

  /** Items' own vectors, which are products' only factors in SASRec, start at 0.02. */
  private static final double OWN_ITEM_START = 0.2;

  /**
   * Copies the groups, in their order; no backend is the CPU's.
   *
   * @throws IllegalArgumentException if a warm start is longer than L
   */
  public Setup {
    EnumSet<ParameterGroup> groups = EnumSet.noneOf(ParameterGroup.class);
    groups.addAll(frozen);
    frozen = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    backend = backend == null ? BackendKind.CPU : backend;
    pretraining.checkLength(model.sequenceLength());
    training.checkLength(model.sequenceLength());
  }

  /** Equals the backend that JSON leaves unsaid. */
  private static final class Usual {
    @Override
    public boolean equals(Object backend) {
      return backend == BackendKind.CPU;
    }

    @Override
    public int hashCode() {
      return BackendKind.CPU.hashCode();
    }
  }

  /** The paper's model, losses and training (§3, §4.1). */
  public static Setup paper(long seed) {
    return new Setup(
        ModelOptions.paper(),
        new Method.Seminar(),
        PsuOptions.paper(),
        TrainOptions.paper(seed),
        TrainOptions.paper(seed),
        Restored.EMBEDDINGS,
        Set.of(),
        Protocol.paper(),
        BackendKind.CPU);
  }

  /** What converges in minutes on two cores (docs/DEPARTURES.md). */
  public static Setup laptop(long seed) {
    return new Setup(
        ModelOptions.laptop(),
        new Method.Seminar(),
        PsuOptions.paper(),
        TrainOptions.laptop(seed).withEpochs(4),
        TrainOptions.laptop(seed),
        Restored.ALL,
        Set.of(),
        Protocol.paper(),
        BackendKind.CPU);
  }

  /** What learns from thousands of events until it learns no more (docs/DEPARTURES.md). */
  public static Setup lifelong(long seed) {
    return laptop(seed)
        .withModel(ModelOptions.lifelong())
        .withTraining(TrainOptions.lifelong(seed))
        .withPretraining(TrainOptions.lifelong(seed).withStretch(0).withEpochs(4));
  }

  /**
   * SASRec as its own paper trains it (Kang and McAuley 2018): d = 64, two layers of one head over
   * ids, L = 200, steps of 128 histories, one negative for each event; to the plateau
   * (docs/DEPARTURES.md).
   */
  public static Setup sasRec(long seed) {
    Setup laptop = laptop(seed);
    ModelOptions model = laptop.model();
    TrainOptions training =
        laptop
            .training()
            .withBatches(128, 1, 1)
            .withAdam(new Adam.Options(1e-3, 0.9, 0.98, 1e-8))
            .withEpochs(1000)
            .withPatience(40)
            .withNextItem(NextItemOptions.sasRec());
    return laptop
        .withMethod(new Method.SasRec())
        .withTraining(training)
        .withModel(
            model
                .withRestoring(ModelOptions.Restoring.NONE)
                .withSequence(SequenceOptions.sasRec())
                .withChannels(
                    model
                        .channels()
                        .withItemChannel(ChannelOptions.ItemChannel.RELEASED)
                        .withItemStart(OWN_ITEM_START)));
  }

  /**
   * gSASRec (Petrov and Macdonald 2023): the same with 256 negatives and calibrated scores, the
   * negatives shared by the events of a history (docs/DEPARTURES.md).
   */
  public static Setup gSasRec(long seed) {
    Setup sasRec = sasRec(seed);
    return sasRec.withTraining(sasRec.training().withNextItem(NextItemOptions.gSasRec()));
  }

  /**
   * The same with what is known to work beside SEMINAR's paper, and no pretraining needed: a
   * recency bias, a short term of 50 events, and a self-attention over the history that learns
   * after every event which item came next, by softmax over up to 2,048 items that the step shares
   * (docs/DEPARTURES.md).
   */
  public Setup extended() {
    NextItemOptions softmax =
        NextItemOptions.softmax()
            .withNegatives(EXTENDED_NEGATIVES)
            .withWindow(NextItemOptions.Window.ANYWHERE);
    int latest = Math.min(EXTENDED_SHORT_TERM, model.sequenceLength());
    ModelOptions more = model.withShortTerm(latest).withSequence(SequenceOptions.sasRec());
    boolean timed = model.attention().recencyBuckets() > 0;
    return withModel(timed ? more : more.withRecency(EXTENDED_BUCKETS))
        .withTraining(training.withNextItem(softmax));
  }

  /**
   * What is set for a corpus and for the models on it, by path: one that begins with a component of
   * a setup, such as {@code training.epochs}, is an option of the setup; any other is a dial of the
   * planted world or an option of the reader.
   *
   * @param corpus options of the world or of the reader
   * @param setup options of the setup
   */
  public record Settings(Map<String, String> corpus, Map<String, String> setup) {
    private static final Set<String> GROUPS = new TreeSet<>();

    static {
      OptionPaths.paths(Setup.laptop(1)).forEach(path -> GROUPS.add(group(path)));
    }

    /** Tells them apart. */
    public static Settings of(Map<String, String> settings) {
      Settings apart = new Settings(new LinkedHashMap<>(), new LinkedHashMap<>());
      settings.forEach(
          (path, value) -> (ofSetup(path) ? apart.setup : apart.corpus).put(path, value));
      return apart;
    }

    /** Whether a path is one of the setup. */
    public static boolean ofSetup(String path) {
      return GROUPS.contains(group(path));
    }

    private static String group(String path) {
      return path.contains(".") ? path.substring(0, path.indexOf('.')) : path;
    }
  }
}
