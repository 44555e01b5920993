package seminar.search;

import seminar.compute.Choice;
import seminar.compute.Groups;
import seminar.data.ItemCategories;

/**
 * SIM's hard search: the latest K events whose item has a category in common with the candidate.
 * Nothing is trained; a candidate without a category finds nothing.
 *
 * @see <a href="https://doi.org/10.1145/3340531.3412744">Pi et al. SIM. CIKM 2020, §3.1</a>
 */
final class CategorySearch implements EventSearch {
  private final ItemCategories categories;
  private final int topK;

  CategorySearch(ItemCategories categories, int topK) {
    this.categories = categories;
    this.topK = topK;
  }

  @Override
  public Choice choose(EncodedBatch encoded) {
    Groups targets = encoded.groups();
    int[] items = encoded.batch().items();
    int[] kept = new int[encoded.count()];
    int[] selected = new int[Math.multiplyExact(kept.length, topK)];
    int[] wanted = new int[categories.size()]; // category → the last candidate that has it, from 1
    int[] found = new int[topK];
    for (int g = 0; g < targets.groupCount(); g++) {
      for (int c = targets.candidates()[g]; c < targets.candidates()[g + 1]; c++) {
        for (int category : categories.of(encoded.batch().candidateItems()[c])) {
          wanted[category] = c + 1;
        }
        int count = 0;
        for (int e = targets.keyTo()[g] - 1; e >= targets.keyFrom()[g] && count < topK; e--) {
          if (isWanted(items[e], wanted, c + 1)) {
            found[count++] = e;
          }
        }
        for (int i = 0; i < count; i++) {
          selected[c * topK + i] = found[count - 1 - i]; // oldest first
        }
        kept[c] = count;
      }
    }
    return new Choice(kept, selected);
  }

  private boolean isWanted(int item, int[] wanted, int by) {
    for (int category : categories.of(item)) {
      if (wanted[category] == by) {
        return true;
      }
    }
    return false;
  }
}
