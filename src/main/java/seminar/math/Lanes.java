package seminar.math;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The sum of a vector's lanes in a fixed order, and the largest and smallest lane.
 *
 * <p>{@code FloatVector.reduceLanes(ADD)} may add in any order, and does: compiled code adds by
 * halves, interpreted code from left to right, so the same program gives different last bits before
 * and after it is compiled. Here halves are folded by lane-wise additions, whose result is defined.
 */
public final class Lanes {
  /** The widest vectors of this machine. */
  public static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  private static final int LENGTH = SPECIES.length();
  private static final VectorShuffle<Float> BY_8 = rotation(8);
  private static final VectorShuffle<Float> BY_4 = rotation(4);
  private static final VectorShuffle<Float> BY_2 = rotation(2);
  private static final VectorShuffle<Float> BY_1 = rotation(1);

  private Lanes() {}

  private static VectorShuffle<Float> rotation(int by) {
    if (LENGTH > 16) {
      throw new IllegalStateException("vectors of " + LENGTH + " lanes are not supported");
    }
    return VectorShuffle.fromOp(SPECIES, lane -> (lane + by) % LENGTH);
  }

  /** The sum of all lanes of a vector of {@link #SPECIES}, folded by halves. */
  public static float sum(FloatVector vector) {
    FloatVector folded = vector;
    if (LENGTH > 8) {
      folded = folded.add(folded.rearrange(BY_8));
    }
    if (LENGTH > 4) {
      folded = folded.add(folded.rearrange(BY_4));
    }
    if (LENGTH > 2) {
      folded = folded.add(folded.rearrange(BY_2));
    }
    return folded.add(folded.rearrange(BY_1)).lane(0);
  }

  /** The largest lane of a vector of {@link #SPECIES}; not a number if one is not. */
  public static float max(FloatVector vector) {
    FloatVector folded = vector;
    if (LENGTH > 8) {
      folded = folded.max(folded.rearrange(BY_8));
    }
    if (LENGTH > 4) {
      folded = folded.max(folded.rearrange(BY_4));
    }
    if (LENGTH > 2) {
      folded = folded.max(folded.rearrange(BY_2));
    }
    return folded.max(folded.rearrange(BY_1)).lane(0);
  }

  /** The smallest lane of a vector of {@link #SPECIES}; not a number if one is not. */
  public static float min(FloatVector vector) {
    return -max(vector.neg());
  }
}
