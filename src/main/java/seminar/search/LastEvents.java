package seminar.search;

import seminar.compute.Choice;
import seminar.compute.Groups;

/** The latest K events, whatever the candidate: the control that needs no search. */
final class LastEvents implements EventSearch {
  private final int topK;

  LastEvents(int topK) {
    this.topK = topK;
  }

  @Override
  public Choice choose(EncodedBatch encoded) {
    Groups targets = encoded.groups();
    int[] kept = new int[encoded.count()];
    int[] selected = new int[Math.multiplyExact(kept.length, topK)];
    for (int g = 0; g < targets.groupCount(); g++) {
      int count = Math.min(topK, targets.events(g));
      int first = targets.keyTo()[g] - count;
      for (int c = targets.candidates()[g]; c < targets.candidates()[g + 1]; c++) {
        for (int i = 0; i < count; i++) {
          selected[c * topK + i] = first + i;
        }
        kept[c] = count;
      }
    }
    return new Choice(kept, selected);
  }
}
