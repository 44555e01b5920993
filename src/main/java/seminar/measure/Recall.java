package seminar.measure;

import java.util.Arrays;
import seminar.math.Checks;

/** Recall of a retrieved set: |found ∩ truth| / K, where K = |truth| (paper §4.1, Recall@K). */
public final class Recall {
  private Recall() {}

  /**
   * The share of {@code truth} that was found. The order of neither matters.
   *
   * @param found distinct event numbers; a method that finds fewer than K loses those it lacks
   * @param truth the K right event numbers, distinct
   * @throws IllegalArgumentException if {@code truth} is empty or either holds a number twice
   */
  public static double of(int[] found, int[] truth) {
    Checks.atLeast(1, "K", truth.length);
    int[] sorted = distinct("truth", truth);
    int hits = 0;
    for (int event : distinct("found", found)) {
      if (Arrays.binarySearch(sorted, event) >= 0) {
        hits++;
      }
    }
    return (double) hits / truth.length;
  }

  private static int[] distinct(String name, int[] events) {
    int[] sorted = events.clone();
    Arrays.sort(sorted);
    for (int i = 1; i < sorted.length; i++) {
      if (sorted[i] == sorted[i - 1]) {
        throw new IllegalArgumentException(
            "%s holds event %d twice: recall counts distinct events".formatted(name, sorted[i]));
      }
    }
    return sorted;
  }
}
