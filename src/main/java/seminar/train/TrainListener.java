package seminar.train;

/** Hears how training goes; called by the thread that trains. */
public interface TrainListener {
  /**
   * A step was done.
   *
   * @param epoch from 1
   * @param batch from 1
   * @param batches batches of an epoch
   * @param loss loss of this batch, in nats
   */
  void step(int epoch, int batch, int batches, double loss);

  /** An epoch was done. */
  void epoch(Epoch result);

  /**
   * What an epoch achieved.
   *
   * @param epoch from 1
   * @param loss mean loss of its batches, in nats
   * @param validation the validation measure after it; larger is better
   * @param best whether this is the best so far
   */
  record Epoch(int epoch, double loss, double validation, boolean best) {}

  /** A listener that does nothing. */
  static TrainListener silent() {
    return new TrainListener() {
      @Override
      public void step(int epoch, int batch, int batches, double loss) {}

      @Override
      public void epoch(Epoch result) {}
    };
  }
}
