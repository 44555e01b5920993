package seminar.compute;

import seminar.math.Checks;
import seminar.math.TopSet;
import seminar.options.Withers;

/**
 * What target attention reads.
 *
 * <p>Letters: E keys, C candidates, H heads, d dims; n events that a group sees.
 *
 * @param keys fused events k [E, d]
 * @param folded r, the candidates' queries with W_K and 1/√d folded in [C, H·d]: they weigh the
 *     chosen events
 * @param bias recency bias [H, buckets] by ⌊log2 distance⌋; longer distances use the last bucket;
 *     no columns for none
 * @param groups which keys each candidate sees
 * @param topK K, events that a head keeps
 * @param search what chooses the events: by default {@code keys}, {@code folded} and {@code bias}
 * @param endRow the key row that every candidate sees after its events ({@link #withEnd}); {@link
 *     #NO_END} for none
 * @param padding pads that compete with the events ({@link #paddedTo}); {@link Padding#NONE} for
 *     none
 * @param choice the events, where they are chosen beforehand ({@link #chosen})
 * @param weighing how scores become weights
 * @param latest how many of the K are the newest keys, whatever their score ({@link #keeping})
 */
@Withers
public record AttentionInput(
    Matrix keys,
    Matrix folded,
    Matrix bias,
    Groups groups,
    int topK,
    Search search,
    int endRow,
    Padding padding,
    Choice choice,
    Weighing weighing,
    int latest)
    implements AttentionInputBuilder.With {
  /** No end of the sequence. */
  public static final int NO_END = -1;

  /** Checks that the shapes belong together. */
  public AttentionInput {
    int heads = folded.cols() / Checks.atLeast(1, "d", keys.cols());
    int candidates = groups.candidateCount();
    Checks.atLeast(1, "topK", topK);
    Checks.sameLength("columns of folded", folded.cols(), "H · d", heads * keys.cols());
    Checks.sameLength("rows of folded", folded.rows(), "candidates", candidates);
    Checks.sameLength("rows of bias", bias.rows(), "H", heads);
    Checks.sameLength("columns of the keys of search", search.keys.cols(), "d", keys.cols());
    Checks.sameLength("rows of the keys of search", search.keys.rows(), "E", keys.rows());
    Checks.sameLength("columns of search", search.folded.cols(), "H · d", heads * keys.cols());
    Checks.sameLength("rows of search", search.folded.rows(), "candidates", candidates);
    Checks.sameLength("rows of the bias of search", search.bias.rows(), "H", heads);
    padding.check(candidates, heads);
    Checks.within(0, topK, "latest, at most topK K,", latest);
    if (latest > 0 && padding.length() > 0) {
      throw new IllegalArgumentException(
          "the latest %d events are kept whatever their score, and pads up to %d events compete"
                  .formatted(latest, padding.length())
              + " with all: leave one of the two out");
    }
    checkEnd(endRow, keys, groups);
    if (choice != Choice.NONE) {
      int rows = candidates * heads;
      Checks.sameLength("kept of the choice", choice.kept().length, "C · H", rows);
      Checks.sameLength("places of the choice", choice.selected().length, "C · H · K", rows * topK);
      if (endRow >= 0 || padding.length() > 0) {
        throw new IllegalArgumentException("events chosen beforehand have neither end nor pads");
      }
    }
  }

  /** Events are chosen and weighed by the same queries; no end, no pads. */
  public AttentionInput(Matrix keys, Matrix folded, Matrix bias, Groups groups, int topK) {
    this(
        keys,
        folded,
        bias,
        groups,
        topK,
        new Search(keys, folded, bias),
        NO_END,
        Padding.NONE,
        Choice.NONE,
        Weighing.SOFTMAX,
        0);
  }

  private static void checkEnd(int endRow, Matrix keys, Groups groups) {
    Checks.atLeast(NO_END, "endRow", endRow);
    if (endRow >= keys.rows()) {
      throw new IllegalArgumentException(
          "endRow is %d: there are only %d keys".formatted(endRow, keys.rows()));
    }
    for (int g = 0; g < groups.groupCount() && endRow >= 0; g++) {
      if (endRow >= groups.keyFrom()[g] && endRow < groups.keyTo()[g]) {
        throw new IllegalArgumentException(
            "endRow is %d: it lies among the events [%d, %d) of group %d"
                .formatted(endRow, groups.keyFrom()[g], groups.keyTo()[g], g));
      }
    }
  }

  /**
   * Others choose the K events; {@link #folded} and {@link #bias} weigh them, by a softmax over the
   * chosen. No gradient goes to those that choose.
   *
   * @param choosing [C, H·d], with W_K and 1/√d of the search folded in
   * @param choosingBias [H, buckets], no columns for none
   */
  public AttentionInput searchedBy(Matrix choosing, Matrix choosingBias) {
    return withSearch(new Search(search.keys, choosing, choosingBias));
  }

  /**
   * The K events are those whose keys of another table score best; their {@link #keys} are weighed
   * and summed. No gradient goes to those that choose.
   *
   * @param choosing for each row of {@link #keys}, the end of the sequence too, the key that it is
   *     chosen by [E, d]
   */
  public AttentionInput searchedIn(Matrix choosing) {
    return withSearch(new Search(choosing, search.folded, search.bias));
  }

  /**
   * One key row, the end of the sequence, that every candidate of every group sees after its
   * events. It takes part in choice, softmax and sum as the newest event, without recency bias, so
   * {@code K_eff = min(K, n + 1)}; a group without events sees it alone.
   *
   * @param keyRow a row of {@link #keys} that is no group's event
   */
  public AttentionInput withEnd(int keyRow) {
    return withEndRow(keyRow);
  }

  /**
   * Fills histories of fewer than {@code length} events up with pads, as the code released with the
   * paper does (departure M11). Pads are older than all events and compete with them for the K
   * places, {@code K_eff = min(K, max(length, n))}, one more with an end. A chosen pad has score 0
   * in the softmax and adds a zero vector to the sum, so the weights of the events sum to less than
   * one.
   *
   * @param length how many events and pads there are at least; the end is not counted
   * @param scores the score of a pad in the choice [C, H]
   */
  public AttentionInput paddedTo(int length, Matrix scores) {
    return withPadding(new Padding(length, scores));
  }

  /**
   * The events are chosen beforehand; {@link #folded} and {@link #bias} weigh them.
   *
   * @param events for each candidate and head, with K places
   */
  public AttentionInput chosen(Choice events) {
    return withChoice(events);
  }

  /**
   * Of the K keys of a head, {@code count} are the newest that it sees, whatever their score; the
   * others are the best of the older ones. All share one softmax. The end, where there is one, is
   * the newest. Nothing changes for events that are chosen beforehand.
   *
   * @param count from 0, for a choice by scores alone, to K
   */
  public AttentionInput keeping(int count) {
    return withLatest(count);
  }

  /** d, the width of keys and of each head. */
  public int dims() {
    return keys.cols();
  }

  /** H. */
  public int heads() {
    return folded.cols() / keys.cols();
  }

  /** How many buckets the recency bias has; 0 for none. */
  public int buckets() {
    return bias.cols();
  }

  /** Whether others choose than weigh. */
  boolean searched() {
    return search.keys != keys || search.folded != folded || search.bias != bias;
  }

  /** Whether the events were chosen beforehand. */
  boolean isChosen() {
    return choice != Choice.NONE;
  }

  boolean hasEnd() {
    return endRow >= 0;
  }

  /** How many keys the candidates of group {@code g} see: its events and the end. */
  int seen(int g) {
    return groups.events(g) + (hasEnd() ? 1 : 0);
  }

  /** The key row of what group {@code g} sees at place {@code l}. */
  int keyRow(int g, int l) {
    return l == groups.events(g) ? endRow : groups.keyFrom()[g] + l;
  }

  /** How many pads stand before the events of group {@code g}. */
  int pads(int g) {
    return Math.max(0, padding.length() - groups.events(g));
  }

  /** How many places there are for the keys and pads of group {@code g}: K_eff. */
  int places(int g) {
    return Math.min(topK, seen(g) + pads(g));
  }

  /**
   * Chooses among the keys that a group sees: the latest, and the best of the others.
   *
   * @param scores of the {@code seen} keys, oldest first
   * @param chosen receives {@code kept} places, rising
   * @param room for a part of the scores; its contents are lost
   */
  void choose(float[] scores, int seen, int[] chosen, int kept, float[] room) {
    int newest = Math.min(latest, kept);
    int older = seen - newest;
    TopSet.choose(scores, older, chosen, kept - newest, room);
    for (int i = 0; i < newest; i++) {
      chosen[kept - newest + i] = older + i;
    }
  }

  /** The first (candidate, head) row of group {@code g}; {@code rowOf(g + 1)} is its end. */
  int rowOf(int g) {
    return groups.candidates()[g] * heads();
  }

  /**
   * What chooses the events.
   *
   * @param keys [E, d]
   * @param folded [C, H·d]
   * @param bias [H, buckets]
   */
  public record Search(Matrix keys, Matrix folded, Matrix bias) {}

  /**
   * Where the gradients of the inputs are added.
   *
   * @param keys [E, d]
   * @param folded [C, H·d]
   * @param bias [H, buckets]
   */
  public record Gradient(Matrix keys, Matrix folded, Matrix bias) {}
}
