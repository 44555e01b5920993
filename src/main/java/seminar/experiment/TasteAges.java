package seminar.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.ItemCategories;
import seminar.data.Split;

/**
 * Held-out requests by the age of the event that matters: how many events ago the user last took an
 * item of the target's taste. That is one with the very attributes of the target, where a catalogue
 * has brands beside categories, as planted worlds do; else one that shares a category.
 *
 * @param rule which events matter, in words
 * @param ages [requests] from 1, the event before the target; {@link #NEVER}
 */
public record TasteAges(String rule, int[] ages) {
  /** No earlier event is of the taste. */
  public static final int NEVER = Integer.MAX_VALUE;

  private static final List<Integer> BOUNDS = List.of(50, 200, 1000, 2000);

  /** The groups, the newest first. */
  public static final List<String> LABELS =
      List.of("≤ 50", "51–200", "201–1000", "1001–2000", "> 2000", "never");

  /** The ages of some requests. */
  static TasteAges of(Corpus corpus, Split.Targets targets) {
    Catalog catalog = corpus.catalog();
    boolean brands =
        IntStream.rangeClosed(1, catalog.attributeVocabulary())
            .anyMatch(a -> catalog.attributeName(a).startsWith("brand:"));
    ItemCategories categories = ItemCategories.of(catalog);
    int[] ages = new int[targets.size()];
    for (int i = 0; i < ages.length; i++) {
      ages[i] =
          age(
              corpus.histories(),
              targets.users()[i],
              targets.positions()[i],
              catalog,
              brands,
              categories);
    }
    String rule =
        brands
            ? "the newest earlier event whose item has all attributes of the target"
            : "the newest earlier event whose item shares a category (%s) of the target"
                .formatted(categories.kind());
    return new TasteAges(rule, ages);
  }

  private static int age(
      Histories histories,
      int user,
      int position,
      Catalog catalog,
      boolean brands,
      ItemCategories categories) {
    int target = histories.item(histories.start(user) + position);
    int[] attributes = sorted(catalog.attributes(target));
    for (int age = 1; age <= position; age++) {
      int item = histories.item(histories.start(user) + position - age);
      boolean same =
          brands
              ? attributes.length > 0 && Arrays.equals(attributes, sorted(catalog.attributes(item)))
              : Arrays.stream(categories.of(item))
                  .anyMatch(a -> Arrays.stream(categories.of(target)).anyMatch(b -> a == b));
      if (same) {
        return age;
      }
    }
    return NEVER;
  }

  private static int[] sorted(int[] attributes) {
    int[] copy = attributes.clone();
    Arrays.sort(copy);
    return copy;
  }

  /** The group of a request, an index of {@link #LABELS}. */
  int group(int request) {
    return ages[request] == NEVER
        ? BOUNDS.size() + 1
        : (int) BOUNDS.stream().filter(bound -> ages[request] > bound).count();
  }
}
