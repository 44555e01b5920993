package seminar.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import seminar.compute.Backend;
import seminar.data.ClickSplit;
import seminar.data.ClickSplit.Stage;
import seminar.data.Corpus;
import seminar.data.Exposures;
import seminar.feature.Features;
import seminar.math.Checks;
import seminar.math.Stopwatch;
import seminar.math.Workers;
import seminar.measure.Auc;
import seminar.measure.AucBootstrap;
import seminar.measure.PairedBootstrap;
import seminar.search.InterestModel;
import seminar.search.Scorer;
import seminar.train.ClickBatches;
import seminar.train.ExposureFeatures;
import seminar.train.TrainListener;
import seminar.train.Trainer;

/**
 * Click-through rate on exposures, split by the clock (paper §4.1, the Alipay log): models learn
 * from what was shown earlier and predict what is taken later.
 *
 * <p>Shapes: n exposures of a stage, in the order of users and of time.
 */
public final class ClickExperiment {
  private static final int USERS_AT_ONCE = 256;
  private static final PairedBootstrap.Options DRAWS = new PairedBootstrap.Options(1000, 0.95, 1);

  private final Corpus corpus;
  private final Exposures exposures;
  private final Features features;
  private final Workers workers;
  private final ClickSplit split;

  /**
   * Over a corpus with exposures.
   *
   * @throws IllegalArgumentException if it has none, or a stage has none
   */
  public ClickExperiment(Corpus corpus, Features features, Workers workers, ClickSplit split) {
    this.corpus = corpus;
    this.features = features;
    this.workers = workers;
    this.split = split;
    exposures = exposures(corpus);
    for (Stage stage : Stage.values()) {
      if (split.exposures(stage) == 0) {
        throw new IllegalArgumentException(
            "no exposure of corpus %s is for %s: split it at other times"
                .formatted(corpus.manifest().name(), stage.name().toLowerCase(Locale.ROOT)));
      }
    }
  }

  private static Exposures exposures(Corpus corpus) {
    return corpus
        .exposures()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "corpus %s has no exposures: nobody knows what was shown and not taken"
                        .formatted(corpus.manifest().name())));
  }

  /**
   * A split in which the latest exposures are tested.
   *
   * @param validation share of the exposures that choose between epochs
   * @param test share of the exposures that are tested
   */
  public static ClickSplit latest(Corpus corpus, double validation, double test) {
    Exposures exposures = exposures(corpus);
    Checks.within(0, 1, "validation share", validation);
    Checks.within(0, 1 - validation, "test share", test);
    Checks.within(1, Integer.MAX_VALUE, "number of exposures", (double) exposures.size());
    long[] times = LongStream.range(0, exposures.size()).map(exposures::time).sorted().toArray();
    long testFrom = times[(int) (times.length * (1 - test))];
    long validationFrom = times[(int) (times.length * (1 - test - validation))];
    return ClickSplit.byTime(exposures, validationFrom, testFrom);
  }

  /**
   * How click rates of user and item alone predict the test: the bar for every model.
   *
   * @throws IllegalArgumentException if everything or nothing was clicked in training
   */
  public ClickReport rates() {
    return report(of(Stage.TEST), rateLogits());
  }

  /** The log odds by click rates of all test exposures. */
  float[] rateLogits() {
    long clicks = split.clicks(Stage.TRAINING);
    if (clicks == 0 || clicks == split.exposures(Stage.TRAINING)) {
      throw new IllegalArgumentException(
          "%d of %d exposures in training were clicked: there is nothing to tell apart"
              .formatted(clicks, split.exposures(Stage.TRAINING)));
    }
    ExposureFeatures rates = featuresOf(1);
    double base = (double) clicks / split.exposures(Stage.TRAINING);
    double logit = Math.log(base / (1 - base));
    return logits(exposure -> logit + rates.rates(exposure));
  }

  /**
   * How well given log odds predict the test, such as the truth of a planted world.
   *
   * @param logOdds log odds of a click by the number of the exposure
   */
  public ClickReport predicted(LongToDoubleFunction logOdds) {
    return report(of(Stage.TEST), logits(logOdds));
  }

  private float[] logits(LongToDoubleFunction logOdds) {
    long[] shown = of(Stage.TEST);
    float[] logits = new float[shown.length];
    for (int i = 0; i < shown.length; i++) {
      logits[i] = (float) logOdds.applyAsDouble(shown[i]);
    }
    return logits;
  }

  /**
   * The area of some models less that of others, with an interval over users, and over runs where
   * there are several.
   *
   * @param first log odds of all test exposures, from each run
   * @param second those of the others
   */
  PairedBootstrap difference(List<float[]> first, List<float[]> second) {
    long[] shown = of(Stage.TEST);
    return AucBootstrap.of(owners(shown), clicked(shown), first, second, DRAWS);
  }

  /**
   * A trained model and how it did.
   *
   * @param model the model with the parameters of the epoch that was kept
   * @param report its predictions on the test exposures
   * @param logits the predictions, user after user
   * @param epochs loss and validation AUC of each epoch
   * @param seconds wall times
   */
  public record Trained(
      InterestModel model,
      ClickReport report,
      float[] logits,
      List<TrainListener.Epoch> epochs,
      Run.Seconds seconds) {}

  /**
   * Pretrains a search unit on what was taken before the validation days.
   *
   * @throws IllegalArgumentException if the events of histories have no times, or none lies before
   *     validation or in it
   */
  public ClickPretraining pretrain(Setup setup, TrainListener listener) {
    return ClickPretraining.of(corpus, features, workers, split, setup, listener);
  }

  /**
   * Trains a fresh model; the epoch of the best AUC on the validation exposures is kept.
   *
   * @param setup its head reads {@link ExposureFeatures#COUNT} side features, or none
   */
  public Trained train(Setup setup, TrainListener listener) {
    return train(setup, Optional.empty(), listener);
  }

  /** The same from a pretrained search unit, if there is one. */
  public Trained train(Setup setup, Optional<ClickPretraining> unit, TrainListener listener) {
    Backend backend = setup.backend().on(workers);
    InterestModel model =
        new InterestModel(
            backend, corpus, features, setup.model(), setup.method(), setup.training().seed());
    unit.ifPresent(psu -> model.restore(psu.weights(), setup.restored()));
    boolean side = setup.model().head().sideFeatures() > 0;
    ClickBatches batches =
        new ClickBatches(
            corpus,
            split,
            featuresOf(setup.model().sequenceLength()),
            side,
            setup.model().sequenceLength(),
            setup.training());
    Stopwatch start = Stopwatch.started();
    List<TrainListener.Epoch> epochs =
        new Trainer(backend, model, batches, setup.training())
            .train(() -> area(model.scorer(), batches), listener);
    double seconds = start.seconds();
    Stopwatch testing = Stopwatch.started();
    long[] shown = of(Stage.TEST);
    float[] logits = logits(model.scorer(), batches, Stage.TEST);
    double before = unit.map(ClickPretraining::seconds).orElse(0.0);
    return new Trained(
        model,
        report(shown, logits),
        logits,
        epochs,
        new Run.Seconds(before, seconds, testing.seconds()));
  }

  private ExposureFeatures featuresOf(int sequenceLength) {
    return new ExposureFeatures(
        corpus.histories(), exposures, split, corpus.catalog().size(), sequenceLength);
  }

  private double area(Scorer scorer, ClickBatches batches) {
    long[] shown = of(Stage.VALIDATION);
    return Auc.of(logits(scorer, batches, Stage.VALIDATION), clicked(shown));
  }

  /** The users that have exposures in a stage. */
  private int[] users(Stage stage) {
    return IntStream.range(0, split.users())
        .filter(user -> split.end(stage, user) > split.start(stage, user))
        .toArray();
  }

  private long[] of(Stage stage, int user) {
    return LongStream.range(split.start(stage, user), split.end(stage, user)).toArray();
  }

  /** The exposures of a stage, user after user. */
  private long[] of(Stage stage) {
    return Arrays.stream(users(stage))
        .mapToObj(user -> of(stage, user))
        .flatMapToLong(Arrays::stream)
        .toArray();
  }

  /** The log odds of all exposures of a stage, a few hundred users at a time. */
  private float[] logits(Scorer scorer, ClickBatches batches, Stage stage) {
    float[] logits = new float[Math.toIntExact(split.exposures(stage))];
    int n = 0;
    int[] users = users(stage);
    for (int from = 0; from < users.length; from += USERS_AT_ONCE) {
      int[] some = Arrays.copyOfRange(users, from, Math.min(users.length, from + USERS_AT_ONCE));
      long[][] shown = Arrays.stream(some).mapToObj(user -> of(stage, user)).toArray(long[][]::new);
      float[] part = scorer.score(batches.batch(some, shown));
      System.arraycopy(part, 0, logits, n, part.length);
      n += part.length;
    }
    return logits;
  }

  private boolean[] clicked(long[] shown) {
    boolean[] clicked = new boolean[shown.length];
    for (int i = 0; i < shown.length; i++) {
      clicked[i] = exposures.clicked(shown[i]);
    }
    return clicked;
  }

  private ClickReport report(long[] shown, float[] logits) {
    return ClickReport.of(owners(shown), logits, clicked(shown));
  }

  /** The user of each exposure. */
  private int[] owners(long[] shown) {
    int[] users = new int[shown.length];
    int user = 0;
    for (int i = 0; i < shown.length; i++) {
      while (shown[i] >= exposures.start(user + 1)) {
        user++;
      }
      users[i] = user;
    }
    return users;
  }
}
