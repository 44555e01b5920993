package seminar.experiment;

import java.util.LinkedHashMap;
import java.util.Map;
import seminar.data.Corpus;
import seminar.file.Progress;
import seminar.math.Checks;
import seminar.math.Stopwatch;
import seminar.options.Withers;
import seminar.rank.FullRanking;
import seminar.rank.PlainRankers;
import seminar.rank.Ranker;
import seminar.rank.RankingForm;
import seminar.rank.RankingTask;
import seminar.rank.TwoStage;

/**
 * Full ranking beside that among few candidates, under one protocol: a model alone, and after a
 * first stage that proposes some of the items ({@link TwoStage}), its score alone or mixed with
 * that of the first stage.
 *
 * <p>Thread-safe: lanes of a comparison share it.
 */
public final class AllItems {
  /** The name of a full ranking without a first stage. */
  public static final String ALONE = "all items";

  /** Requests on which the weight of a mixture is chosen. */
  private static final int VALIDATION_REQUESTS = 1000;

  /** About how long one candidate takes a usual model on one core. */
  private static final double SECONDS_PER_CANDIDATE = 6.5e-6;

  private final RankingExperiment experiment;
  private final Options options;
  private final RankingTask test;
  private Ranker firstStage;

  /**
   * What is ranked.
   *
   * @param largest the most items of a catalogue that is ranked; 0 for none
   * @param first what proposes
   * @param propose how many items it proposes
   * @param required whether runs that are there and ranked few candidates alone are made anew;
   *     otherwise they are left as they are
   */
  @Withers
  public record Options(int largest, PlainRankers first, int propose, boolean required)
      implements AllItemsOptionsBuilder.With {
    /** Checks the numbers. */
    public Options {
      Checks.atLeast(0, "largest", largest);
      Checks.atLeast(1, "propose", propose);
    }

    /** Catalogues up to 30,000 items; item transitions propose 200. */
    public static Options usual() {
      return new Options(30_000, PlainRankers.TRANSITIONS, TwoStage.PROPOSED, false);
    }

    /** Nothing. */
    public static Options none() {
      return usual().withLargest(0);
    }

    /** Whether a corpus is ranked. */
    public boolean covers(Corpus corpus) {
      return corpus.catalog().size() <= largest;
    }

    /** Whether a run has all that is asked for. */
    boolean suffices(Run run, Corpus corpus) {
      return !required || !covers(corpus) || run.full().containsKey(ALONE);
    }

    /** The name of a ranking after the first stage. */
    public String after() {
      return "after " + first.title();
    }

    /** The name of one whose scores are mixed with those of the first stage. */
    public String mixed() {
      return "mixed with " + first.title();
    }
  }

  AllItems(RankingExperiment experiment, Options options) {
    this.experiment = experiment;
    this.options = options;
    test =
        RankingTask.test(experiment.corpus(), experiment.split(), all(experiment.test().form()), 0);
  }

  private static RankingForm all(RankingForm form) {
    return form.withAgainst(RankingForm.Against.ALL);
  }

  /** About how many seconds a model takes on one core. */
  public static double seconds(RankingExperiment experiment) {
    return SECONDS_PER_CANDIDATE
        * experiment.corpus().catalog().size()
        * experiment.test().positives();
  }

  /** A plain ranker, alone. */
  Map<String, RankedAll> alone(Ranker ranker, Progress progress) {
    Map<String, RankedAll> rankings = new LinkedHashMap<>();
    rankings.put(ALONE, ranked(ranker, 0, progress));
    return rankings;
  }

  /** A model alone, of which progress is told, after the first stage, and mixed with it. */
  Map<String, RankedAll> of(Ranker ranker, Progress progress) {
    Map<String, RankedAll> rankings = alone(ranker, progress);
    TwoStage pair = new TwoStage(firstStage(), ranker, options.propose);
    rankings.put(options.after(), ranked(pair, 0, Progress.silent()));
    TwoStage mixed = chosen(pair, Progress.silent()).pair();
    rankings.put(options.mixed(), ranked(mixed, mixed.weight(), Progress.silent()));
    return rankings;
  }

  /** The best weight of the first stage on validation requests. */
  TwoStage.Chosen chosen(TwoStage pair, Progress progress) {
    RankingTask validation =
        RankingTask.validation(
            experiment.corpus(), experiment.split(), all(experiment.test().form()), 0);
    return pair.chosen(validation.first(VALIDATION_REQUESTS), TwoStage.WEIGHTS, progress);
  }

  RankedAll ranked(Ranker ranker, double weight, Progress progress) {
    Stopwatch start = Stopwatch.started();
    FullRanking ranking =
        FullRanking.of(test, ranker, experiment.corpus(), experiment.split(), progress);
    return RankedAll.of(ranking, start.seconds(), weight);
  }

  private synchronized Ranker firstStage() {
    if (firstStage == null) {
      firstStage = experiment.plain(options.first, 0);
    }
    return firstStage;
  }
}
