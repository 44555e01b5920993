package seminar.data;

import java.util.Arrays;
import java.util.List;

/**
 * The categories of items, for searches that keep what is of the target's category (SIM's hard
 * search).
 *
 * <p>Catalogues name attributes {@code kind:value}. The kind that is a category is the first of
 * {@code category}, {@code category3} down to {@code category1}, {@code genre} and {@code tag} that
 * occurs; in a catalogue without any of these every attribute counts. An item may have several
 * categories, or none.
 */
public final class ItemCategories {
  private static final List<String> KINDS =
      List.of("category:", "category3:", "category2:", "category1:", "genre:", "tag:", "");

  private final String kind;
  private final int[][] categories;
  private final int size;

  private ItemCategories(String kind, int[][] categories, int size) {
    this.kind = kind;
    this.categories = categories;
    this.size = size;
  }

  /** The categories of a catalogue. */
  public static ItemCategories of(Catalog catalog) {
    boolean[] counts = new boolean[catalog.attributeVocabulary() + 1];
    String kind = KINDS.stream().filter(k -> mark(catalog, k, counts)).findFirst().orElse("");
    int[][] categories = new int[catalog.eos() + 1][];
    Arrays.fill(categories, new int[0]);
    for (int item = 1; item <= catalog.size(); item++) {
      categories[item] = Arrays.stream(catalog.attributes(item)).filter(a -> counts[a]).toArray();
    }
    return new ItemCategories(kind, categories, counts.length);
  }

  /** Marks the attributes of a kind; whether there are any. */
  private static boolean mark(Catalog catalog, String kind, boolean[] counts) {
    boolean any = false;
    for (int a = 1; a < counts.length; a++) {
      counts[a] = catalog.attributeName(a).startsWith(kind);
      any |= counts[a];
    }
    return any;
  }

  /** The beginning of the names of the attributes that are categories; empty if all are. */
  public String kind() {
    return kind;
  }

  /** One more than the largest category. */
  public int size() {
    return size;
  }

  /** The categories of an item, not to be changed; none for the pad and &lt;EOS&gt;. */
  public int[] of(int item) {
    return categories[item];
  }
}
