package seminar.train;

/**
 * The mini-batches of each epoch. A batch can be made again alone, from the epoch and its number,
 * so that a training which was cut off goes on with the same bits.
 */
public interface Batches {
  /** How many batches an epoch has. */
  int perEpoch();

  /** The order in which an epoch visits the users. */
  int[] order(int epoch);

  /** Batch {@code number} of an epoch that visits the users in this order. */
  LabelledBatch batch(int epoch, int number, int[] order);
}
