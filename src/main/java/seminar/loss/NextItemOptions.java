package seminar.loss;

import seminar.math.Checks;
import seminar.options.Withers;

/**
 * How a sequence model learns which item comes next: after every event of a history, not for a few
 * requests of it.
 *
 * @param negatives k, how many items that did not come next stand beside each that did; 0 for no
 *     such loss, where the other options say nothing; {@link #ALL} for the whole catalogue
 * @param shared who shares them
 * @param form what is made of their scores
 * @param calibration t of the generalised binary cross entropy: 0 leaves the usual one, 1 brings
 *     scores back to probabilities in spite of the sampling
 * @param weight of this loss beside that of clicks, where a model has both
 * @param window which L events of a longer history a step reads
 */
@Withers
public record NextItemOptions(
    int negatives, Shared shared, Form form, double calibration, double weight, Window window)
    implements NextItemOptionsBuilder.With {
  /** Every item of the catalogue. */
  public static final int ALL = Integer.MAX_VALUE;

  /** Who shares negatives. */
  public enum Shared {
    /** Each event has its own; none is an item that training knows of its user. */
    EVENT,
    /** All events of a history; any items. One product of matrices for a history. */
    HISTORY,
    /** All events of a step; any items. One product of matrices for a step. */
    STEP
  }

  /** What is made of the scores. */
  public enum Form {
    /** Binary cross entropy, generalised by {@link NextItemOptions#calibration}. */
    BINARY,
    /** Softmax over the item that came next and its negatives. */
    SOFTMAX
  }

  /** Which L events are read of a history that has more. */
  public enum Window {
    /** The latest (Kang and McAuley 2018). */
    LATEST,
    /** Any that follow each other, others in each epoch. */
    ANYWHERE
  }

  /** Checks every number. */
  public NextItemOptions {
    Checks.atLeast(0, "nextItem.negatives k", negatives);
    Checks.within(0, 1, "nextItem.calibration t", calibration);
    Checks.within(0, 1e6, "nextItem.weight", weight);
    if (negatives == ALL && shared == Shared.EVENT) {
      throw new IllegalArgumentException(
          "nextItem.negatives is every item and shared is EVENT: no event has a catalogue of its"
              + " own; take STEP");
    }
    if (form == Form.SOFTMAX && calibration > 0) {
      throw new IllegalArgumentException(
          "nextItem.calibration t is %s and form is SOFTMAX: it belongs to BINARY"
              .formatted(calibration));
    }
  }

  /** No such loss; were there one, it would be SASRec's. */
  public static NextItemOptions none() {
    return new NextItemOptions(0, Shared.EVENT, Form.BINARY, 0, 1, Window.LATEST);
  }

  /** One negative for each event (Kang and McAuley 2018). */
  public static NextItemOptions sasRec() {
    return none().withNegatives(1);
  }

  /**
   * Many negatives and calibrated scores (Petrov and Macdonald 2023: k = 256, t = 0.75), which here
   * the events of a history share.
   */
  public static NextItemOptions gSasRec() {
    return none().with(all -> all.negatives(256).shared(Shared.HISTORY).calibration(0.75));
  }

  /** Softmax over every item. */
  public static NextItemOptions softmax() {
    return none().with(all -> all.negatives(ALL).shared(Shared.STEP).form(Form.SOFTMAX));
  }

  /** Whether there is such a loss. */
  public boolean applies() {
    return negatives > 0;
  }

  /**
   * β, the power of the positive's probability in the generalised binary cross entropy:
   *
   * <pre>  β = α (t (1 − 1/α) + 1/α) = 1 − t (1 − α),   α = k / (I − 1)</pre>
   *
   * @param items I, items of the catalogue
   * @param sampled k, negatives of each positive
   * @see <a href="https://arxiv.org/abs/2308.07192">Petrov, Macdonald. gSASRec. RecSys 2023</a>
   */
  public double power(int items, int sampled) {
    double alpha = items > 1 ? Math.min(1, sampled / (items - 1.0)) : 1;
    return 1 - calibration * (1 - alpha);
  }

  /** Equals no such loss, which files leave out. */
  public static final class None {
    @Override
    public boolean equals(Object options) {
      return options instanceof NextItemOptions nextItem && !nextItem.applies();
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }
}
