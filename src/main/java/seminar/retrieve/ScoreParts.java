package seminar.retrieve;

import seminar.math.Checks;
import seminar.math.Vectors;

/**
 * Why an event scores as it does: the fused score taken apart.
 *
 * <pre>
 *   s(t, l) = Σ_i Σ_j γ_i γ_j ⟨x_t⁽ⁱ⁾, x_l⁽ʲ⁾⟩ = Σ_b ⟨q[b], k_l[b]⟩
 * </pre>
 *
 * @param pairs the part of each pair of a target channel i and an event channel j [M, M]
 * @param subVectors the part of each of S equal pieces of the fused vectors [S]
 * @param targetNorms lengths of the target's channels [M]
 * @param eventNorms lengths of the event's channels [M]
 */
public record ScoreParts(
    float[] pairs, float[] subVectors, float[] targetNorms, float[] eventNorms) {
  /**
   * Takes a score apart.
   *
   * @param event [M, d]
   * @param subspaces S
   * @throws IllegalArgumentException if the event has another shape than the target, or d is not a
   *     multiple of S
   */
  public static ScoreParts of(Target target, float[] event, int subspaces) {
    int channels = target.channels();
    int dims = target.dims();
    Checks.sameLength("event", event.length, "target", target.vectors().length);
    Checks.atLeast(1, "subspaces S", subspaces);
    if (dims % subspaces != 0) {
      throw new IllegalArgumentException(
          "dims d=%d is not a multiple of subspaces S=%d: pieces must be equally long"
              .formatted(dims, subspaces));
    }
    float[] gamma = target.weights();
    float[] pairs = new float[channels * channels];
    float[] targetNorms = new float[channels];
    float[] eventNorms = new float[channels];
    for (int i = 0; i < channels; i++) {
      targetNorms[i] = Vectors.norm(target.vectors(), i * dims, dims);
      eventNorms[i] = Vectors.norm(event, i * dims, dims);
      for (int j = 0; j < channels; j++) {
        float dot = Vectors.dot(target.vectors(), i * dims, event, j * dims, dims);
        pairs[i * channels + j] = gamma[i] * gamma[j] * dot;
      }
    }
    float[] query = target.fused();
    float[] key = new Target(event, gamma).fused();
    float[] pieces = new float[subspaces];
    int length = dims / subspaces;
    for (int b = 0; b < subspaces; b++) {
      pieces[b] = Vectors.dot(query, b * length, key, b * length, length);
    }
    return new ScoreParts(pairs, pieces, targetNorms, eventNorms);
  }

  /** The whole score. */
  public double score() {
    double sum = 0;
    for (float pair : pairs) {
      sum += pair;
    }
    return sum;
  }
}
