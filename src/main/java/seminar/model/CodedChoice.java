package seminar.model;

import seminar.math.Checks;
import seminar.options.Withers;

/**
 * Whether each head chooses its K events in training as a system would that keeps a product code of
 * every event and makes all codes anew every n steps:
 *
 * <pre>
 *   TA-6  I_h = the K best events by r_h · k̂_l [+ recency bias],   k̂_l = decode(encode(k_l of the last renewal))
 * </pre>
 *
 * <p>r_h is the candidate's query of this step, so that {@code r_h · k̂_l} is what tables of the
 * asymmetric search add up to. Weights, values and gradients are those of the exact keys of this
 * step; an evaluation chooses exactly.
 *
 * @param every n, steps of training from one renewal to the next; 0 for an exact choice, as in the
 *     paper, where the other two say nothing
 * @param subspaces S, sub-vectors of a key; d is a multiple of it
 * @param centroids C, centroids of each subspace
 * @see <a href="https://doi.org/10.1109/TPAMI.2010.57">Jégou, Douze, Schmid. Product quantization
 *     for nearest neighbor search. TPAMI 2011</a>
 */
@Withers
public record CodedChoice(int every, int subspaces, int centroids)
    implements CodedChoiceBuilder.With {
  /** No codes; were there any, each would have the 16 bytes of the released evaluation. */
  public static final CodedChoice EXACT = new CodedChoice(0, 16, 256);

  private static final int MOST_CENTROIDS = 1 << 16;

  /** Checks every number. */
  public CodedChoice {
    Checks.atLeast(0, "steps between renewals of codes, coded.every,", every);
    Checks.atLeast(1, "subspaces S", subspaces);
    Checks.within(1, MOST_CENTROIDS, "centroids C", centroids);
  }

  /** Whether training chooses by codes. */
  public boolean applies() {
    return every > 0;
  }

  /** Refuses a width that cannot be cut into equal sub-vectors. */
  void checkDims(int dims) {
    if (applies() && dims % subspaces != 0) {
      throw new IllegalArgumentException(
          "dims d=%d is not a multiple of subspaces S=%d of the coded choice: sub-vectors must be"
                  .formatted(dims, subspaces)
              + " equally long");
    }
  }

  /** Equals an exact choice, which files leave out. */
  static final class Exact {
    @Override
    public boolean equals(Object choice) {
      return choice instanceof CodedChoice coded && !coded.applies();
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }
}
