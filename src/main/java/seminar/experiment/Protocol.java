package seminar.experiment;

import seminar.data.Corpus;
import seminar.data.Split;
import seminar.options.Withers;
import seminar.rank.RankingForm;
import seminar.rank.RankingTask;

/**
 * What models learn from and how they are judged. The first value of each switch is the paper's,
 * the one called {@code RELEASED} that of the authors' code (docs/DEPARTURES.md).
 *
 * @param targets which events of a history are training targets
 * @param validation which negatives validation has
 * @param form among which candidates, with which queries, and how ties count
 */
@Withers
public record Protocol(Targets targets, ValidationNegatives validation, RankingForm form)
    implements ProtocolBuilder.With {
  /** Which events of a history are training targets. */
  public enum Targets {
    /** All N − 1, of which an epoch may draw some. */
    SLIDING,
    /**
     * In training the latest eight before those of validation and test, as a log of recent clicks
     * has them; in pretraining all N − 1. What lies further back in a history is in the histories
     * but never a target: the insufficient learning that the paper starts from (§1).
     */
    RECENT,
    /** The last possible one; for pretraining the one before it (P1). */
    RELEASED
  }

  /** Which negatives validation has. */
  public enum ValidationNegatives {
    /** Its own. */
    OWN,
    /** Those of the test (P3). */
    RELEASED
  }

  /** How many targets of a history {@link Targets#RECENT} has. */
  private static final int RECENT_TARGETS = 8;

  /** The paper's protocol. */
  public static Protocol paper() {
    return new Protocol(Targets.SLIDING, ValidationNegatives.OWN, RankingForm.paper());
  }

  /** The targets of training, validation and test. */
  Split split(Corpus corpus) {
    return switch (targets) {
      case SLIDING -> Split.leaveOneOut(corpus.histories());
      case RECENT -> Split.lastTargets(corpus.histories(), RECENT_TARGETS);
      case RELEASED -> Split.lastOnly(corpus.histories());
    };
  }

  /** The targets of pretraining: whole histories, and less only where released code is followed. */
  Split pretraining(Corpus corpus) {
    return targets == Targets.RELEASED
        ? split(corpus).oneEarlier()
        : Split.leaveOneOut(corpus.histories());
  }

  /** The validation targets among few candidates, since every epoch ranks them. */
  RankingTask validation(Corpus corpus, Split split, long seed) {
    RankingForm few =
        form.against() == RankingForm.Against.ALL
            ? form.withAgainst(RankingForm.Against.UNIFORM)
            : form;
    return switch (validation) {
      case OWN -> RankingTask.validation(corpus, split, few, seed);
      case RELEASED -> RankingTask.validationAsReleased(corpus, split, few, seed);
    };
  }
}
