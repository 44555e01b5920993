package seminar.source.layout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import seminar.source.table.Table;
import seminar.source.table.TableOptions;

/**
 * Reads one file of Tenrec: {@code QK-video.csv}, {@code QB-video.csv}, {@code QK-article.csv} or
 * {@code QB-article.csv}, or one made of them for a task. Every row was shown, those with a {@code
 * click} are events. Rows of a user are in their order and have no times; categories are
 * attributes.
 *
 * <p>See:
 *
 * <pre>
 * G. Yuan, F. Yuan, Y. Li, B. Kong, S. Li, L. Chen, M. Yang, C. Yu, B. Hu, Z. Li, Y. Xu, X. Qie.
 * "Tenrec: a large-scale multipurpose benchmark dataset for recommender systems". NeurIPS,
 * 2022.</pre>
 */
public final class TenrecReader extends LayoutReader {
  private static final List<String> CATEGORIES =
      List.of("video_category", "category_first", "category_second");

  private static final Layout LAYOUT =
      new Layout(
          "tenrec",
          "Tenrec: QK-video.csv, QB-video.csv, QK-article.csv or QB-article.csv",
          List.of("Q[KB]-(video|article)\\.csv", "(ctr|sbr)_data_1M\\.csv"),
          false,
          List.of(),
          "",
          TableOptions.defaults().withUser("user_id").withItem("item_id").withClicked("click"),
          TenrecReader::told);

  /** With the usual options. */
  public TenrecReader() {
    super(LAYOUT);
  }

  private static TableOptions told(TableOptions options, Table log, List<Table> items)
      throws IOException {
    List<String> there = new ArrayList<>();
    for (String category : CATEGORIES) {
      if (log.has(category)) {
        there.add(category);
      }
    }
    return options.attributes().isEmpty() ? options.withAttributes(there) : options;
  }
}
