package seminar.math;

import java.util.Arrays;

/**
 * The K largest of a list of scores, best first. <b>Tie rule: of equal scores the lower index comes
 * first.</b>
 *
 * <p>Shapes: {@code indices} and {@code scores} have {@code min(K, n)} entries for n candidates.
 * {@code -0.0} and {@code 0.0} are equal. Not-a-number is refused: a score that is no number has no
 * rank.
 *
 * <p>Cost: O(n log K) at worst, close to O(n) on scores in random order, by a bounded heap whose
 * root is the worst kept.
 *
 * @param indices positions of the kept scores, counted from the start of the searched range
 * @param scores the kept scores, falling
 */
public record TopK(int[] indices, float[] scores) {
  /** Checks that both arrays have one entry for each kept candidate. */
  public TopK {
    Checks.sameLength("indices", indices.length, "scores", scores.length);
  }

  /**
   * The K largest of {@code scores}.
   *
   * @throws IllegalArgumentException if {@code k} is negative or a score is not a number
   */
  public static TopK of(float[] scores, int k) {
    return of(scores, 0, scores.length, k);
  }

  /**
   * The K largest of {@code scores[from, to)}; indices are relative to {@code from}.
   *
   * @throws IllegalArgumentException if {@code k} is negative or a score is not a number
   */
  public static TopK of(float[] scores, int from, int to, int k) {
    Checks.atLeast(0, "k", k);
    int size = Math.min(k, to - from);
    int[] indices = new int[size];
    float[] kept = new float[size];
    select(scores, from, to, indices, kept, size);
    return new TopK(indices, kept);
  }

  /** How many were kept: {@code min(K, n)}. */
  public int size() {
    return indices.length;
  }

  /**
   * As {@link #of(float[], int, int, int)}, into arrays that the caller owns; allocates nothing.
   *
   * @param indices receives {@code size} positions relative to {@code from}
   * @param kept receives {@code size} scores
   * @param size how many to keep; at most {@code to - from}
   * @throws IllegalArgumentException if a score is not a number
   */
  public static void select(
      float[] scores, int from, int to, int[] indices, float[] kept, int size) {
    for (int i = from; i < to; i++) {
      if (Float.isNaN(scores[i])) {
        throw new IllegalArgumentException(
            "score %d of %d is not a number: it has no rank".formatted(i - from, to - from));
      }
    }
    if (size == 0) {
      return;
    }
    for (int i = 0; i < size; i++) {
      indices[i] = i;
      kept[i] = scores[from + i];
    }
    for (int i = size / 2 - 1; i >= 0; i--) {
      siftDown(indices, kept, i, size);
    }
    for (int i = from + size; i < to; i++) {
      // A later index never replaces an equal score, which is the tie rule.
      if (scores[i] > kept[0]) {
        indices[0] = i - from;
        kept[0] = scores[i];
        siftDown(indices, kept, 0, size);
      }
    }
    for (int end = size - 1; end > 0; end--) {
      swap(indices, kept, 0, end);
      siftDown(indices, kept, 0, end);
    }
  }

  /** The root is the entry that would be dropped first. */
  private static void siftDown(int[] indices, float[] kept, int root, int size) {
    int parent = root;
    while (true) {
      int child = 2 * parent + 1;
      if (child >= size) {
        return;
      }
      if (child + 1 < size && worse(indices, kept, child + 1, child)) {
        child++;
      }
      if (!worse(indices, kept, child, parent)) {
        return;
      }
      swap(indices, kept, child, parent);
      parent = child;
    }
  }

  private static boolean worse(int[] indices, float[] kept, int a, int b) {
    return kept[a] < kept[b] || (kept[a] == kept[b] && indices[a] > indices[b]);
  }

  private static void swap(int[] indices, float[] kept, int a, int b) {
    int index = indices[a];
    indices[a] = indices[b];
    indices[b] = index;
    float score = kept[a];
    kept[a] = kept[b];
    kept[b] = score;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TopK that
        && Arrays.equals(indices, that.indices)
        && Arrays.equals(scores, that.scores);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(indices) + Arrays.hashCode(scores);
  }

  @Override
  public String toString() {
    return "TopK" + Arrays.toString(indices) + " " + Arrays.toString(scores);
  }
}
