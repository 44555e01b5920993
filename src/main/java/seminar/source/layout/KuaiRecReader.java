package seminar.source.layout;

import java.util.List;
import seminar.source.table.TableOptions;
import seminar.source.table.TableOptions.TimeUnit;

/**
 * Reads KuaiRec: {@code big_matrix.csv}, or {@code small_matrix.csv} where it is given, with {@code
 * kuairec_caption_category.csv}, {@code item_categories.csv} and {@code item_daily_features.csv}.
 * Every view is an event; with a {@code threshold} those that are shorter than this share of the
 * video are left out.
 *
 * <p>See:
 *
 * <pre>
 * C. Gao, S. Li, W. Lei, J. Chen, B. Li, P. Jiang, X. He, J. Mao, T.-S. Chua. "KuaiRec: a
 * fully-observed dataset and insights for evaluating recommender systems". CIKM, 2022.</pre>
 */
public final class KuaiRecReader extends LayoutReader {
  private static final Layout LAYOUT =
      Layout.of(
          "kuairec",
          "KuaiRec: big_matrix.csv with kuairec_caption_category.csv, item_categories.csv and"
              + " item_daily_features.csv",
          List.of("big_matrix\\.csv", "small_matrix\\.csv"),
          false,
          List.of(
              "kuairec_caption_category\\.csv",
              "item_categories\\.csv",
              "item_daily_features\\.csv"),
          TableOptions.defaults()
              .withUser("user_id")
              .withItem("video_id")
              .withTime("timestamp")
              .withTimeUnit(TimeUnit.SECONDS)
              .withRating("watch_ratio")
              .withText(List.of("manual_cover_text", "caption"))
              .withAttributes(
                  List.of(
                      "topic_tag",
                      "first_level_category_name",
                      "second_level_category_name",
                      "third_level_category_name",
                      "feat",
                      "author_id",
                      "music_id",
                      "upload_type"))
              .withNothing(List.of("UNKNOWN")));

  /** With the usual options. */
  public KuaiRecReader() {
    super(LAYOUT);
  }
}
