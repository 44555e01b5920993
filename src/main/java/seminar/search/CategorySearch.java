package seminar.search;

import seminar.compute.Choice;
import seminar.data.ItemCategories;

/**
 * SIM's hard search: the latest K events whose item has a category in common with the candidate.
 * Nothing is trained; a candidate without a category finds nothing.
 *
 * @see <a href="https://doi.org/10.1145/3340531.3412744">Pi et al. SIM. CIKM 2020, §3.1</a>
 */
record CategorySearch(ItemCategories categories, int topK) implements EventSearch {
  @Override
  public Choice choose(EncodedBatch encoded) {
    int[] items = encoded.batch().items();
    int[] wanted = new int[categories.size()]; // category → the last candidate that has it, from 1
    return EventSearch.each(
        encoded.groups(),
        topK,
        (c, from, n, chosen) -> {
          for (int category : categories.of(encoded.batch().candidateItems()[c])) {
            wanted[category] = c + 1;
          }
          int count = 0;
          for (int l = n - 1; l >= 0 && count < topK; l--) {
            if (isWanted(items[from + l], wanted, c + 1)) {
              chosen[topK - ++count] = l; // from the latest back
            }
          }
          System.arraycopy(chosen, topK - count, chosen, 0, count);
          return count;
        });
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
