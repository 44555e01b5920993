package seminar.search;

import seminar.compute.Choice;
import seminar.compute.Groups;
import seminar.math.TopSet;

/**
 * The first stage of a two-stage model: which events of its history a candidate attends to (the
 * general search unit of SIM and its successors).
 */
@FunctionalInterface
interface EventSearch {
  /**
   * Chooses events for each candidate; has no gradient.
   *
   * @return at most K events of each candidate, in the order of age; one row for each candidate
   */
  Choice choose(EncodedBatch encoded);

  /**
   * What the search itself learns from: adds its gradients.
   *
   * @param labels 1 for a positive, 0 for a negative [C]
   * @return the loss, 0 where there is none
   */
  default double auxiliary(float[] labels, EncodedBatch.Gradient gradient) {
    return 0;
  }

  /** Chooses among the events that one candidate sees. */
  @FunctionalInterface
  interface Chooser {
    /**
     * Chooses for candidate c from the n events {@code [from, from + n)}.
     *
     * @param chosen receives at most K numbers of {@code [0, n)}, rising
     * @return how many
     */
    int choose(int c, int from, int n, int[] chosen);
  }

  /** Chooses for every candidate by itself. */
  static Choice each(Groups groups, int topK, Chooser by) {
    int[] kept = new int[groups.candidateCount()];
    int[] selected = new int[Math.multiplyExact(kept.length, topK)];
    int[] chosen = new int[topK];
    for (int g = 0; g < groups.groupCount(); g++) {
      int from = groups.keyFrom()[g];
      for (int c = groups.candidates()[g]; c < groups.candidates()[g + 1]; c++) {
        kept[c] = by.choose(c, from, groups.events(g), chosen);
        for (int i = 0; i < kept[c]; i++) {
          selected[c * topK + i] = from + chosen[i];
        }
      }
    }
    return new Choice(kept, selected);
  }

  /** Scores the events that one candidate sees. */
  @FunctionalInterface
  interface Scores {
    /**
     * Scores the events {@code [from, from + n)} for candidate c.
     *
     * @param scores receives n scores
     */
    void of(int c, int from, int n, float[] scores);
  }

  /** The K events of each candidate that some score likes best; of equal scores the older. */
  static Choice best(Groups groups, int topK, Scores by) {
    float[] scores = new float[groups.mostEvents()];
    return each(
        groups,
        topK,
        (c, from, n, chosen) -> {
          by.of(c, from, n, scores);
          int count = Math.min(topK, n);
          TopSet.choose(scores, n, chosen, count);
          return count;
        });
  }

  /** The latest K events, whatever the candidate: the control that needs no search. */
  static EventSearch latest(int topK) {
    return encoded ->
        each(
            encoded.groups(),
            topK,
            (c, from, n, chosen) -> {
              int count = Math.min(topK, n);
              for (int i = 0; i < count; i++) {
                chosen[i] = n - count + i;
              }
              return count;
            });
  }
}
