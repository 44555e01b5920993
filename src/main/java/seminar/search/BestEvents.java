package seminar.search;

import seminar.compute.Choice;
import seminar.compute.Groups;
import seminar.math.TopSet;

/** The K events of each candidate that some score likes best; of equal scores the older. */
final class BestEvents {
  /** Scores of the events of a group for one candidate. */
  @FunctionalInterface
  interface Scores {
    /**
     * Scores the events {@code [from, from + n)} for candidate c.
     *
     * @param scores receives n scores
     */
    void of(int c, int from, int n, float[] scores);
  }

  private BestEvents() {}

  /** Chooses for every candidate. */
  static Choice choose(Groups targets, int topK, Scores by) {
    int[] kept = new int[targets.candidateCount()];
    int[] selected = new int[Math.multiplyExact(kept.length, topK)];
    int[] chosen = new int[topK];
    float[] scores = new float[longest(targets)];
    for (int g = 0; g < targets.groupCount(); g++) {
      int from = targets.keyFrom()[g];
      int n = targets.events(g);
      int count = Math.min(topK, n);
      for (int c = targets.candidates()[g]; c < targets.candidates()[g + 1]; c++) {
        by.of(c, from, n, scores);
        TopSet.choose(scores, n, chosen, count);
        for (int i = 0; i < count; i++) {
          selected[c * topK + i] = from + chosen[i];
        }
        kept[c] = count;
      }
    }
    return new Choice(kept, selected);
  }

  /** The most events that a group sees. */
  static int longest(Groups targets) {
    int longest = 0;
    for (int g = 0; g < targets.groupCount(); g++) {
      longest = Math.max(longest, targets.events(g));
    }
    return longest;
  }
}
