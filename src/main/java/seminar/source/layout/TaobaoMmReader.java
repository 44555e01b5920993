package seminar.source.layout;

import java.util.List;
import seminar.source.table.Table;
import seminar.source.table.TableOptions;

/**
 * Reads the histories of Taobao-MM, one in each row of {@code train_user_features.parquet} or
 * {@code test_user_features.parquet}, of at most a thousand items, oldest first and without times;
 * {@code item_features.parquet} has categories (206), {@code scl_embedding_int8_p90.parquet}
 * vectors, which become picture features. What was shown afterwards, in {@code
 * train_samples.parquet} and {@code test_samples.parquet}, has neither times nor an order and is
 * not read.
 *
 * <p>See:
 *
 * <pre>
 * B. Wu et al. "MUSE: a simple yet effective multimodal search-based framework for lifelong user
 * interest modeling". arXiv:2512.07216, 2025.</pre>
 */
public final class TaobaoMmReader extends LayoutReader {
  private static final Layout LAYOUT =
      new Layout(
          "taobao-mm",
          "Taobao-MM: train_user_features.parquet with item_features.parquet",
          List.of("train_user_features\\.parquet", "test_user_features\\.parquet"),
          false,
          List.of("item_features\\.parquet"),
          "scl_embedding_int8_p90\\.parquet",
          TableOptions.defaults()
              .withUser("129_1")
              .withItem("150_2_180")
              .withIds(TableOptions.Ids.TEXTS)
              .withAttributes(List.of("206"))
              .withVector("205_c"),
          TaobaoMmReader::told);

  /** With the usual options. */
  public TaobaoMmReader() {
    super(LAYOUT);
  }

  private static TableOptions told(TableOptions options, Table log, List<Table> items) {
    boolean described = !items.isEmpty() || !options.vectors().isEmpty();
    boolean usual = described && options.itemId().isEmpty();
    return usual ? options.withItemId("205") : options;
  }
}
