package seminar.search;

import seminar.math.Checks;

/**
 * How a model finds what in a life matters for a candidate. Everything else (channels, fusion,
 * attention over what was found, click head, training) is the same for all, so that a table
 * compares this and nothing else.
 *
 * @param kind which method
 * @param form as its own paper has it, or as the released code of SEMINAR has it
 *     (docs/DEPARTURES.md)
 * @param hashBits m, bits of ETA's SimHash
 * @param redrawn whether ETA draws its projections anew in each step of training
 * @param hashes how many hashes SDIM has
 * @param hashWidth τ, bits of each of them
 * @param normalised whether SDIM brings the sum of a bucket to unit length
 * @param firstK K₁, events that QIN finds relevant to a query; K where that is more
 * @param fusedFields whether QIN attends field by field
 * @param auxiliary α, weight of the loss that trains SIM's soft search
 */
public record Method(
    Kind kind,
    Form form,
    int hashBits,
    boolean redrawn,
    int hashes,
    int hashWidth,
    boolean normalised,
    int firstK,
    boolean fusedFields,
    double auxiliary) {
  /** Which method. */
  public enum Kind {
    /** The scores of target attention choose the events of each head; maps G_j; pretraining. */
    SEMINAR,
    /** The same without maps and without pretraining. */
    TWIN,
    /** The latest events. */
    LATEST,
    /** The latest events of the candidate's category (SIM, hard search). */
    SIM_HARD,
    /** The events of the largest trained inner product (SIM, soft search). */
    SIM_SOFT,
    /** The events of the nearest SimHash. */
    ETA,
    /** The events nearest to the query, and of these those nearest to the item. */
    QIN,
    /** All events that share a hash bucket with the candidate. */
    SDIM
  }

  /** Whose form of a method. */
  public enum Form {
    /** Its own paper's. */
    PAPER,
    /**
     * That of SEMINAR's released code: ETA with 16 biased bits, QIN on ids with untrained maps, SIM
     * with a bias of the target.
     */
    RELEASED
  }

  private static final int RELEASED_BITS = 16;

  /** Checks every number. */
  public Method {
    Checks.atLeast(1, "hashBits m", hashBits);
    Checks.atLeast(1, "hashes", hashes);
    Checks.within(1, Integer.SIZE, "hashWidth τ", hashWidth);
    Checks.atLeast(1, "firstK K₁", firstK);
    Checks.within(0, Double.MAX_VALUE, "auxiliary α", auxiliary);
    if (form == Form.RELEASED && fusedFields) {
      throw new IllegalArgumentException(
          "the released form of %s has no fused fields: leave fusedFields out, or take its own paper's"
              .formatted(kind));
    }
  }

  /** A method as its own paper has it. */
  public static Method of(Kind kind) {
    return new Method(kind, Form.PAPER, 128, false, 16, 3, true, 100, false, 1);
  }

  /** A method as SEMINAR's released code has it. */
  public static Method released(Kind kind) {
    return new Method(kind, Form.RELEASED, RELEASED_BITS, false, 16, 3, true, 100, false, 1);
  }

  /** The same with other bits of ETA. */
  public Method withHashBits(int value) {
    return new Method(
        kind, form, value, redrawn, hashes, hashWidth, normalised, firstK, fusedFields, auxiliary);
  }

  /** The same with projections of ETA that are drawn anew in each step. */
  public Method withRedrawn(boolean value) {
    return new Method(
        kind, form, hashBits, value, hashes, hashWidth, normalised, firstK, fusedFields, auxiliary);
  }

  /** The same with other hashes of SDIM. */
  public Method withHashes(int count, int width, boolean unitLength) {
    return new Method(
        kind, form, hashBits, redrawn, count, width, unitLength, firstK, fusedFields, auxiliary);
  }

  /** The same with another K₁ of QIN. */
  public Method withFirstK(int value) {
    return new Method(
        kind,
        form,
        hashBits,
        redrawn,
        hashes,
        hashWidth,
        normalised,
        value,
        fusedFields,
        auxiliary);
  }

  /** The same with QIN's fused attention, or with one attention over whole pairs. */
  public Method withFusedFields(boolean value) {
    return new Method(
        kind, form, hashBits, redrawn, hashes, hashWidth, normalised, firstK, value, auxiliary);
  }
}
