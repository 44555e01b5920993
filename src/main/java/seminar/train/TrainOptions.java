package seminar.train;

import seminar.math.Checks;

/**
 * How a model is trained. Defaults stand here and nowhere else.
 *
 * @param epochs passes over all users
 * @param usersPerBatch histories in a mini-batch
 * @param targetsPerUser moments drawn from each life in an epoch; {@link #ALL_TARGETS} for all N −
 *     1
 * @param negatives uniform negatives for each positive
 * @param adam rates of the optimiser
 * @param seed seed of the order of users, of the moments and of the negatives
 */
public record TrainOptions(
    int epochs,
    int usersPerBatch,
    int targetsPerUser,
    int negatives,
    Adam.Options adam,
    long seed) {
  /** All moments of a life. */
  public static final int ALL_TARGETS = Integer.MAX_VALUE;

  /** Checks every number. */
  public TrainOptions {
    Checks.atLeast(0, "epochs", epochs);
    Checks.atLeast(1, "usersPerBatch", usersPerBatch);
    Checks.atLeast(1, "targetsPerUser", targetsPerUser);
    Checks.atLeast(1, "negatives", negatives);
  }

  /** The paper's training (§4.1): one epoch over all N − 1 targets, one negative, Adam 1e-3. */
  public static TrainOptions paper(long seed) {
    return new TrainOptions(1, 256, ALL_TARGETS, 1, Adam.Options.paper(), seed);
  }

  /** What converges in minutes on two cores. */
  public static TrainOptions laptop(long seed) {
    return new TrainOptions(14, 16, 16, 4, Adam.Options.withRate(2e-3), seed);
  }

  /** The same with another number of epochs. */
  public TrainOptions withEpochs(int newEpochs) {
    return new TrainOptions(newEpochs, usersPerBatch, targetsPerUser, negatives, adam, seed);
  }
}
