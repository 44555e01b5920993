package seminar.model;

import seminar.compute.Targets;
import seminar.math.Checks;

/**
 * What a model scores at once: ragged histories, the moments in them, and the candidates of each
 * moment.
 *
 * @param items item of each event [E], histories one after the other
 * @param queries query of each event [E]; 0 for the empty query
 * @param targets which events each candidate sees
 * @param candidateItems item of each candidate [C]
 * @param candidateQueries query of each candidate [C]; 0 for the empty query
 */
public record Batch(
    int[] items, int[] queries, Targets targets, int[] candidateItems, int[] candidateQueries) {
  /** Checks that the lists belong together. */
  public Batch {
    Checks.sameLength("items", items.length, "queries", queries.length);
    Checks.sameLength("candidateItems", candidateItems.length, "C", targets.candidateCount());
    Checks.sameLength("candidateQueries", candidateQueries.length, "C", targets.candidateCount());
  }
}
