package seminar.search;

import seminar.compute.Matrix;
import seminar.math.Rng;
import seminar.model.Parameter;
import seminar.model.Parameters;

/**
 * R and r of {@link SignBits}: drawn once and kept with the model, or drawn anew in each step of
 * training, which the paper of ETA calls multi-round hashing; an evaluation uses the kept one.
 */
final class RandomProjection {
  private final Parameter projection;
  private final Parameter bias;
  private final boolean anew;
  private final long evaluation;

  /**
   * Makes the parameters {@code search/projection} and {@code search/projectionBias}, which never
   * learn.
   *
   * @param bits m
   * @param biased whether r is random too, as in the released code; else it is zero
   * @param anew whether each step of training draws R
   * @param evaluation the seed that an evaluation passes
   */
  RandomProjection(
      Parameters parameters, int dims, int bits, boolean biased, boolean anew, long evaluation) {
    this.anew = anew;
    this.evaluation = evaluation;
    double bound = 1 / Math.sqrt(dims);
    projection =
        biased
            ? parameters.uniform("search/projection", dims, bits, bound)
            : parameters.dense("search/projection", dims, bits, 1);
    bias =
        biased
            ? parameters.uniform("search/projectionBias", 1, bits, bound)
            : parameters.dense("search/projectionBias", 1, bits, 0);
    projection.freeze(true);
    bias.freeze(true);
  }

  /** R [d, m] of a step. */
  Matrix matrix(long seed) {
    if (!anew || seed == evaluation) {
      return projection.value();
    }
    float[] values = new float[projection.value().length()];
    Rng.gaussian(Rng.stream("search/projection", seed), values, 1);
    return Matrix.of(projection.value().rows(), projection.value().cols(), values);
  }

  /** r [1, m]. */
  Matrix bias() {
    return bias.value();
  }
}
