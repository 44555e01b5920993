package seminar.model;

import seminar.math.Checks;
import seminar.options.Withers;

/**
 * A causal self-attention over the latest L events of a history ({@link SequenceEncoder}), whose
 * last state is multiplied with each candidate.
 *
 * @param layers J, blocks of self-attention and feed-forward; 0 for no such part, as in SEMINAR's
 *     paper, where the other options say nothing
 * @param heads heads that share the d columns; d is a multiple of it
 * @param dropout the share of numbers that each step of training drops: of the events, of the
 *     attention weights and of what each layer adds
 * @param input what an event is
 */
@Withers
public record SequenceOptions(int layers, int heads, double dropout, Input input)
    implements SequenceOptionsBuilder.With {
  private static final double MOST_DROPPED = 0.95;

  /** What an event is, and a candidate beside it. */
  public enum Input {
    /** The item's channel of attributes or ids alone: its own vector in SASRec. */
    IDS,
    /** The fused pair, as target attention sees it. */
    PAIRS
  }

  /** Checks every number. */
  public SequenceOptions {
    Checks.atLeast(0, "sequence.layers J", layers);
    Checks.atLeast(1, "sequence.heads", heads);
    Checks.within(0, MOST_DROPPED, "sequence.dropout", dropout);
  }

  /** No such part; were there one, it would be SASRec's. */
  public static SequenceOptions none() {
    return new SequenceOptions(0, 1, 0.2, Input.IDS);
  }

  /** Two layers of one head over ids (Kang and McAuley 2018). */
  public static SequenceOptions sasRec() {
    return none().withLayers(2);
  }

  /** Whether there is such a part. */
  public boolean applies() {
    return layers > 0;
  }

  /** Refuses a width that heads cannot share. */
  void checkDims(int dims) {
    if (applies() && dims % heads != 0) {
      throw new IllegalArgumentException(
          "dims d=%d is not a multiple of sequence.heads=%d: heads share the columns equally"
              .formatted(dims, heads));
    }
  }

  /** Equals no such part, which files leave out. */
  static final class None {
    @Override
    public boolean equals(Object options) {
      return options instanceof SequenceOptions sequence && !sequence.applies();
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }
}
