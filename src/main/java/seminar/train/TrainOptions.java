package seminar.train;

import com.fasterxml.jackson.annotation.JsonInclude;
import seminar.loss.NextItemOptions;
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
 * @param warmEpochs the first so many epochs see short histories (train short, infer long); where
 *     there are no more, all do. 0 for none, and left out of files
 * @param warmLength the latest events of a history that a request sees in these epochs, at most L;
 *     0 where there are none. Validation always sees L, and patience begins after these epochs
 * @param stretch the requests drawn from a history lie within so many events in a row, another
 *     stretch in each epoch, so that they share most of what they see: a step gathers {@code L +
 *     stretch} events of a history at most. 0 for requests anywhere, as in the paper, and left out
 *     of files. Pretraining draws no requests, and training on what was shown draws any: both pass
 *     it over
 * @param nextItem how a model with a self-attention over the history ({@code model.sequence})
 *     learns which item comes next after every event; none, as in SEMINAR's paper, and left out of
 *     files. With it every history brings its last L events to a step, or any L that follow each
 *     other, and its other requests lie among their ends
 * @param olderEpochs the first so many epochs learn from every event that training may know, where
 *     the protocol has the latest of a history alone as targets: what a pretrained model has seen
 *     as well. 0 for none, as in the paper, and left out of files
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
    CandidateOptions candidates,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int warmEpochs,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int warmLength,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int stretch,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = NextItemOptions.None.class)
        NextItemOptions nextItem,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) int olderEpochs)
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
    Checks.atLeast(0, "warmEpochs", warmEpochs);
    Checks.atLeast(0, "warmLength", warmLength);
    Checks.atLeast(0, "stretch", stretch);
    nextItem = nextItem == null ? NextItemOptions.none() : nextItem;
    Checks.atLeast(0, "olderEpochs", olderEpochs);
    if (candidates.search() == 1 && nextItem.applies()) {
      throw new IllegalArgumentException(
          "candidates.search w is 1, but nextItem.negatives is %d: which item comes next is learned beside recommendation; give a w below 1, or no negatives"
              .formatted(nextItem.negatives()));
    }
    if (warmEpochs > 0 != warmLength > 0) {
      throw new IllegalArgumentException(
          "warmEpochs is %d and warmLength is %d: give both, or neither"
              .formatted(warmEpochs, warmLength));
    }
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
        CandidateOptions.recommendation(),
        0,
        0,
        0,
        NextItemOptions.none(),
        0);
  }

  /** The paper's training (§4.1): one epoch over all N − 1 targets, one negative, Adam 1e-3. */
  public static TrainOptions paper(long seed) {
    return new TrainOptions(1, 256, ALL_TARGETS, 1, Adam.Options.paper(), seed);
  }

  /** What converges in minutes on two cores. */
  public static TrainOptions laptop(long seed) {
    return new TrainOptions(14, 16, 16, 4, Adam.Options.withRate(2e-3), seed);
  }

  /**
   * What goes with histories of thousands of events: few histories in a step, so that there are
   * many steps, and more of their requests, from one stretch, which share what a history costs; to
   * the plateau.
   */
  public static TrainOptions lifelong(long seed) {
    return laptop(seed).withBatches(4, 32, 4).withStretch(256).withEpochs(60).withPatience(5);
  }

  /** The same with histories of {@code length} events in the first {@code epochs} epochs. */
  public TrainOptions withWarmStart(int epochs, int length) {
    return with(options -> options.warmEpochs(epochs).warmLength(length));
  }

  /**
   * The latest events of a history that a request sees in an epoch.
   *
   * @param epoch from 1
   * @param sequenceLength L
   */
  public int length(int epoch, int sequenceLength) {
    return epoch <= warmEpochs ? warmLength : sequenceLength;
  }

  /**
   * Checks that a warm start is no longer than what comes after it.
   *
   * @param sequenceLength L
   * @throws IllegalArgumentException if it is; the message has both
   */
  public void checkLength(int sequenceLength) {
    if (warmLength > sequenceLength) {
      throw new IllegalArgumentException(
          "warmLength is %d, but requests see sequenceLength L = %d events later: it is at most L"
              .formatted(warmLength, sequenceLength));
    }
  }

  /** The same with batches of other sizes. */
  public TrainOptions withBatches(int users, int targets, int negativesOfEach) {
    return withUsersPerBatch(users).withTargetsPerUser(targets).withNegatives(negativesOfEach);
  }
}
