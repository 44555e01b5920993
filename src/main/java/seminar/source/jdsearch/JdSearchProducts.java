package seminar.source.jdsearch;

import java.util.ArrayList;
import java.util.List;
import seminar.source.EventLog;
import seminar.source.MalformedLine;
import seminar.source.SourceFiles;

/** Lines of the table of products to descriptions of items. */
public final class JdSearchProducts {
  public static final List<String> COLUMNS =
      List.of(
          "wid", "name", "brand_id", "cate_id_1", "cate_id_2", "cate_id_3", "cate_id_4", "shop_id");

  private static final List<String> ATTRIBUTES =
      List.of("brand:", "category1:", "category2:", "category3:", "category4:", "shop:");
  private static final int FIRST_ATTRIBUTE = 2;

  /** Between the terms of a text. */
  private static final String SEPARATOR = "\u0018";

  private JdSearchProducts() {}

  /** Describes each product to the log. */
  static SourceFiles.Row into(EventLog log) {
    return fields -> {
      long item = MalformedLine.whole("wid", fields[0], 0);
      String text = fields[1].isBlank() ? "" : String.join(" ", terms("name", fields[1]));
      List<String> attributes = new ArrayList<>();
      for (int i = 0; i < ATTRIBUTES.size(); i++) {
        String id = fields[FIRST_ATTRIBUTE + i];
        if (!id.isBlank() && !id.equals("-1")) {
          String column = COLUMNS.get(FIRST_ATTRIBUTE + i);
          attributes.add(ATTRIBUTES.get(i) + MalformedLine.whole(column, id, 0));
        }
      }
      log.item(item, text, attributes);
    };
  }

  /** The terms of a text, each of them a number. */
  static List<String> terms(String name, String text) throws MalformedLine {
    List<String> terms = List.of(text.split(SEPARATOR, -1));
    for (String term : terms) {
      MalformedLine.number(name, term, 0);
    }
    return terms;
  }
}
