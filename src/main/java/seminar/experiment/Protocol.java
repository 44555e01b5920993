package seminar.experiment;

import seminar.measure.TieRule;
import seminar.rank.RankingForm;

/**
 * What models learn from and how they are judged. The first value of each switch is the paper's,
 * the one called {@code RELEASED} that of the authors' code (docs/DEPARTURES.md).
 *
 * @param targets which events of a life are training targets
 * @param validation which negatives validation has
 * @param form among which candidates, with which queries, and how ties count
 */
public record Protocol(Targets targets, ValidationNegatives validation, RankingForm form) {
  /** Which events of a life are training targets. */
  public enum Targets {
    /** All N − 1, of which an epoch may draw some. */
    SLIDING,
    /**
     * In training the latest eight before those of validation and test, as a log of recent clicks
     * has them; in pretraining all N − 1. What lies further back in a life is in the histories but
     * never a target: the insufficient learning that the paper starts from (§1).
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

  /** How many targets of a life {@link Targets#RECENT} has. */
  static final int RECENT_TARGETS = 8;

  /** The paper's protocol. */
  public static Protocol paper() {
    return new Protocol(Targets.SLIDING, ValidationNegatives.OWN, RankingForm.paper());
  }

  /** The same with other training targets. */
  public Protocol with(Targets value) {
    return new Protocol(value, validation, form);
  }

  /** The same with other negatives of validation. */
  public Protocol with(ValidationNegatives value) {
    return new Protocol(targets, value, form);
  }

  /** The same with another rule for ties. */
  public Protocol with(TieRule value) {
    return with(form.with(value));
  }

  /** The same with another form of ranking. */
  public Protocol with(RankingForm value) {
    return new Protocol(targets, validation, value);
  }
}
