package seminar.train;

import seminar.math.Checks;
import seminar.options.Withers;

/**
 * How a model is trained. Defaults stand here and nowhere else.
 *
 * @param epochs passes over all users
 * @param usersPerBatch histories in a mini-batch
 * @param targetsPerUser requests drawn from each history in an epoch; {@link #ALL_TARGETS} for all
 *     N − 1
 * @param negatives uniform negatives for each positive
 * @param adam rates of the optimiser
 * @param seed seed of the order of users, of the requests and of the negatives
 * @param clip the longest gradient over all parameters that is not scaled down to this length; 0
 *     for no limit
 * @param patience epochs in a row without a better validation measure after which training stops; 0
 *     for all epochs
 * @param keep whose parameters training leaves in the model
 * @param candidates which queries candidates have and which items may be negatives
 */
@Withers
public record TrainOptions(
    int epochs,
    int usersPerBatch,
    int targetsPerUser,
    int negatives,
    Adam.Options adam,
    long seed,
    double clip,
    int patience,
    Keep keep,
    CandidateOptions candidates)
    implements TrainOptionsBuilder.With {
  /** All requests of a history. */
  public static final int ALL_TARGETS = Integer.MAX_VALUE;

  /** Whose parameters training leaves in the model. */
  public enum Keep {
    /** Those of the epoch with the best validation measure; of equal ones the first. */
    BEST,
    /** Those of the last epoch, as the released code does. */
    LAST
  }

  /** Checks every number. */
  public TrainOptions {
    Checks.atLeast(0, "epochs", epochs);
    Checks.atLeast(1, "usersPerBatch", usersPerBatch);
    Checks.atLeast(1, "targetsPerUser", targetsPerUser);
    Checks.atLeast(1, "negatives", negatives);
    Checks.within(0, Double.MAX_VALUE, "clip", clip);
    Checks.atLeast(0, "patience", patience);
  }

  /** Without clipping and early stopping; the best epoch is kept. */
  public TrainOptions(
      int epochs,
      int usersPerBatch,
      int targetsPerUser,
      int negatives,
      Adam.Options adam,
      long seed) {
    this(
        epochs,
        usersPerBatch,
        targetsPerUser,
        negatives,
        adam,
        seed,
        0,
        0,
        Keep.BEST,
        CandidateOptions.recommendation());
  }

  /** The paper's training (§4.1): one epoch over all N − 1 targets, one negative, Adam 1e-3. */
  public static TrainOptions paper(long seed) {
    return new TrainOptions(1, 256, ALL_TARGETS, 1, Adam.Options.paper(), seed);
  }

  /** What converges in minutes on two cores. */
  public static TrainOptions laptop(long seed) {
    return new TrainOptions(14, 16, 16, 4, Adam.Options.withRate(2e-3), seed);
  }

  /** The same with batches of other sizes. */
  public TrainOptions withBatches(int users, int targets, int negativesOfEach) {
    return withUsersPerBatch(users).withTargetsPerUser(targets).withNegatives(negativesOfEach);
  }
}
