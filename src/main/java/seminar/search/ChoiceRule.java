package seminar.search;

import java.util.Arrays;
import seminar.compute.Choice;
import seminar.compute.RecencyBuckets;
import seminar.math.Checks;
import seminar.retrieve.Offsets;
import seminar.retrieve.Subset;

/**
 * What beside inner products decides which events a head keeps (TA-1 and TA-2): K, a recency bias
 * that is the same on ranges of distance, and the latest events that are kept whatever their score.
 *
 * <p>Shapes: H heads. A request sees the events {@code [from, to)} of a history.
 *
 * @param topK K
 * @param latest how many of the K are the newest
 * @param recency bias of each head by ⌊log2 distance⌋, longer distances with the last [H][buckets];
 *     no buckets for none; to be read only
 */
public record ChoiceRule(int topK, int latest, float[][] recency) {
  /** H. */
  public int heads() {
    return recency.length;
  }

  /** The same with another K. */
  public ChoiceRule withTopK(int k) {
    return new ChoiceRule(k, latest, recency);
  }

  /** The same without a recency bias. */
  public ChoiceRule blind() {
    return new ChoiceRule(topK, latest, new float[heads()][0]);
  }

  /** The same with another number of latest events. */
  public ChoiceRule withLatest(int count) {
    return new ChoiceRule(topK, count, recency);
  }

  /** The events that compete for a head's places by their scores, with what is added to these. */
  public Subset among(int head, int from, int to) {
    Subset older = Subset.window(from, Math.max(from, to - latest));
    int[] ends = RecencyBuckets.ends(to, recency[head].length);
    float[] values = new float[ends.length];
    for (int i = 0; i < ends.length; i++) {
      values[i] = recency[head][ends.length - 1 - i];
    }
    return ends.length == 0 ? older : older.plus(new Offsets(ends, values));
  }

  /** How many of them a head keeps, at most; not below 1, which a search needs. */
  public int searched(int from, int to) {
    return Math.max(1, Math.min(topK, to - from) - latest);
  }

  /** A choice without events, to be filled row by row. */
  public Choice none(int candidates) {
    int rows = Math.multiplyExact(candidates, heads());
    return new Choice(new int[rows], new int[Math.multiplyExact(rows, topK)]);
  }

  /**
   * Writes what a head keeps.
   *
   * @param choice with K places for each row, or more
   * @param row of the choice: candidate · H + head
   * @param found what was found by scores, in any order
   * @param shift what is added to events of the history to make key rows
   */
  public void keep(Choice choice, int row, int[] found, int from, int to, int shift) {
    int newest = Math.min(Math.min(latest, topK), to - from);
    int count = Math.min(found.length, Math.min(topK, to - from) - newest);
    int[] kept = Arrays.copyOf(found, count + newest);
    for (int i = 0; i < newest; i++) {
      kept[count + i] = to - newest + i;
    }
    Arrays.sort(kept);
    int places = choice.selected().length / choice.kept().length;
    for (int i = 0; i < kept.length; i++) {
      choice.selected()[row * places + i] = shift + Checks.within(from, to - 1, "event", kept[i]);
    }
    choice.kept()[row] = kept.length;
  }
}
