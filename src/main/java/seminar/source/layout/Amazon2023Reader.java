package seminar.source.layout;

import java.util.List;
import seminar.source.table.TableOptions;
import seminar.source.table.TableOptions.TimeUnit;

/**
 * Reads Amazon Reviews 2023: {@code X.jsonl.gz} of reviews, or the tables {@code X.csv.gz} of its
 * k-cores with or without histories and in their splits, and {@code meta_X.jsonl.gz}. An item is a
 * {@code parent_asin}, of which one {@code asin} is a variant.
 *
 * <p>See:
 *
 * <pre>
 * Y. Hou, J. Li, Z. He, A. Yan, X. Chen, J. McAuley. "Bridging language and items for retrieval and
 * recommendation". arXiv:2403.03952, 2024.</pre>
 */
public final class Amazon2023Reader extends LayoutReader {
  private static final Layout LAYOUT =
      Layout.of(
          "amazon2023",
          "Amazon Reviews 2023: X.jsonl.gz, or X.csv.gz of a k-core, with meta_X.jsonl.gz",
          List.of(
              "(?!meta_)[^.]+\\.jsonl",
              "(?!meta_)[^.]+\\.csv",
              "(?!meta_)[^.]+\\.(train|valid|test)\\.csv"),
          true,
          List.of("meta_[^.]+\\.jsonl"),
          TableOptions.defaults()
              .withUser("user_id")
              .withItem("parent_asin")
              .withTime("timestamp")
              .withTimeUnit(TimeUnit.MILLISECONDS)
              .withRating("rating")
              .withText(List.of("title", "features", "description"))
              .withAttributes(List.of("main_category", "store", "categories"))
              .withIds(TableOptions.Ids.TEXTS));

  /** With the usual options. */
  public Amazon2023Reader() {
    super(LAYOUT);
  }
}
