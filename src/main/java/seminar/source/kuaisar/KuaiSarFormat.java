package seminar.source.kuaisar;

import java.util.List;
import java.util.Set;

/** The files of KuaiSAR and their columns, in the order in which they are published. */
final class KuaiSarFormat {
  static final String BROWSING = "rec_inter.csv";
  static final String SEARCHING = "src_inter.csv";
  static final String ITEMS = "item_features.csv";
  static final String USERS = "user_features.csv";
  static final String NETWORK = "social_network.csv";

  /** The words of keyword numbers: not part of KuaiSAR. */
  static final String KEYWORDS = "keywords.tsv";

  /** Attributes for which KuaiSAR has no column: not part of KuaiSAR. */
  static final String ATTRIBUTES = "attributes.tsv";

  /** All files that a corpus may be written to. */
  static final Set<String> WRITTEN =
      Set.of(BROWSING, SEARCHING, ITEMS, USERS, KEYWORDS, ATTRIBUTES);

  static final List<String> BROWSING_COLUMNS =
      List.of(
          "user_id",
          "item_id",
          "playing_time",
          "duration_ms",
          "time",
          "timestamp",
          "click",
          "forward",
          "like",
          "follow",
          "search",
          "search_item_related");

  static final List<String> SEARCHING_COLUMNS =
      List.of(
          "user_id",
          "search_session_id",
          "search_session_time",
          "search_session_timestamp",
          "keyword",
          "search_source",
          "item_id",
          "click_cnt",
          "item_type");

  static final List<String> USER_COLUMNS =
      List.of("user_id", "search_active_level", "rec_active_level", "onehot_feat1", "onehot_feat2");

  /** Before the columns of the categories in the file of items. */
  static final List<String> ITEM_COLUMNS =
      List.of("item_id", "caption", "author_id", "item_type", "upload_time", "upload_type");

  static final String MUSIC = "music_id";

  /** How the columns of the four levels of categories begin. */
  static final List<String> LEVELS = List.of("first", "second", "third", "fourth");

  static final String CATEGORY_ID = "_level_category_id";
  static final String CATEGORY_NAME = "_level_category_name";
  static final String CATEGORY_ENGLISH = "_level_category_name_en";

  /** What KuaiSAR writes where a category is not known. */
  static final String UNKNOWN = "UNKNOWN";

  static final String UNKNOWN_CATEGORY = "-124";

  private KuaiSarFormat() {}
}
