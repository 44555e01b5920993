package seminar.serve;

import java.util.List;

/**
 * The score of a candidate and the events that led to it.
 *
 * @param item the candidate
 * @param score its click logit
 * @param heads what each head (or hash) looked at
 */
public record Served(int item, float score, List<Head> heads) {
  /**
   * What one head looked at.
   *
   * @param events positions in the user's history, oldest first
   * @param items their items
   * @param weights their attention weights
   */
  public record Head(int[] events, int[] items, float[] weights) {}
}
