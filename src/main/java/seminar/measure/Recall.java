package seminar.measure;

import java.util.Arrays;
import seminar.math.Checks;
import seminar.math.TopK;

/**
 * Recall of a retrieved set: |found ∩ truth| / K, where K = |truth| (paper §4.1, Recall@K).
 *
 * <p>Where vectors repeat, as they do in a history in which an item comes again, scores tie, and
 * the best K are no one set: {@link #among} counts any of them.
 *
 * @see <a href="https://doi.org/10.1016/j.is.2019.02.006">Aumüller, Bernhardsson, Faithfull.
 *     ANN-Benchmarks: a benchmarking tool for approximate nearest neighbor algorithms. Information
 *     Systems 2020</a> (recall by the score of the K-th best)
 */
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

  /**
   * The share of the best K that was found, where an event is one of them if fewer than K events
   * score higher. Without ties this is {@link #of} the K best.
   *
   * @param found distinct event numbers in any order; beyond K right ones, more bring nothing
   * @param scores the exact score of every event [L]
   * @param k K, at most L
   * @throws IllegalArgumentException if K is not within 1 and L, {@code found} holds a number twice
   *     or one that is no event
   */
  public static double among(int[] found, float[] scores, int k) {
    Checks.within(1, scores.length, "K", k);
    float least = TopK.of(scores, k).scores()[k - 1];
    int hits = 0;
    for (int event : distinct("found", found)) {
      Checks.within(0, scores.length - 1, "event", event);
      hits += scores[event] >= least ? 1 : 0;
    }
    return (double) Math.min(hits, k) / k;
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
