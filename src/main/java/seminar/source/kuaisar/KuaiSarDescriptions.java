package seminar.source.kuaisar;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import seminar.data.Catalog;
import seminar.file.CsvFile;
import seminar.file.Progress;
import seminar.source.WordList;
import seminar.source.WrittenIds;

/** The file of items of KuaiSAR, and beside it the attributes that it cannot hold. */
final class KuaiSarDescriptions {
  private static final int REPORT_EVERY = 10_000;

  private final Catalog catalog;
  private final WrittenIds ids;
  private final KuaiSarKinds kinds;

  KuaiSarDescriptions(Catalog catalog, WrittenIds ids) {
    this.catalog = catalog;
    this.ids = ids;
    this.kinds = KuaiSarKinds.of(catalog);
  }

  void write(Path into, Progress progress) throws IOException {
    if (kinds.others()) {
      others(into.resolve(KuaiSarFormat.ATTRIBUTES));
    }
    try (CsvFile items = CsvFile.commas(into.resolve(KuaiSarFormat.ITEMS), columns())) {
      for (int item = 1; item <= catalog.size(); item++) {
        items.row(row(item).toArray(String[]::new));
        if (item % REPORT_EVERY == 0) {
          progress.at("writing items", item, catalog.size());
        }
      }
    }
  }

  private List<String> columns() {
    List<String> columns = new ArrayList<>(KuaiSarFormat.ITEM_COLUMNS);
    if (kinds.has(KuaiSarKinds.Column.MUSIC)) {
      columns.add(KuaiSarFormat.MUSIC);
    }
    for (String level : KuaiSarFormat.LEVELS) {
      columns.add(level + KuaiSarFormat.CATEGORY_ID);
      columns.add(level + KuaiSarFormat.CATEGORY_NAME);
      columns.add(level + KuaiSarFormat.CATEGORY_ENGLISH);
    }
    return columns;
  }

  private List<String> row(int item) {
    int[] attributes = new int[KuaiSarKinds.Column.values().length];
    for (int attribute : catalog.attributes(item)) {
      kinds.column(attribute).ifPresent(column -> attributes[column.ordinal()] = attribute);
    }
    List<String> row = new ArrayList<>(List.of(ids.item(item), caption(catalog.text(item))));
    row.add(id(attributes, KuaiSarKinds.Column.AUTHOR, "0"));
    row.add(name(attributes, KuaiSarKinds.Column.TYPE));
    row.add("");
    row.add(name(attributes, KuaiSarKinds.Column.UPLOAD));
    if (kinds.has(KuaiSarKinds.Column.MUSIC)) {
      row.add(id(attributes, KuaiSarKinds.Column.MUSIC, "0"));
    }
    for (KuaiSarKinds.Column level : KuaiSarKinds.Column.CATEGORIES) {
      row.add(id(attributes, level, KuaiSarFormat.UNKNOWN_CATEGORY));
      row.add(name(attributes, level));
      row.add(name(attributes, level));
    }
    return row;
  }

  private String id(int[] attributes, KuaiSarKinds.Column column, String none) {
    int attribute = attributes[column.ordinal()];
    return attribute == 0 ? none : kinds.id(attribute);
  }

  private String name(int[] attributes, KuaiSarKinds.Column column) {
    int attribute = attributes[column.ordinal()];
    return attribute == 0 ? KuaiSarFormat.UNKNOWN : kinds.name(attribute);
  }

  /** Splitting at single blanks and joining with single blanks gives every text back. */
  private static String caption(String text) {
    List<String> words = text.isEmpty() ? List.of() : Arrays.asList(text.split(" ", -1));
    return WordList.write(words, words.stream().allMatch(WrittenIds::isNumber));
  }

  private void others(Path file) throws IOException {
    try (CsvFile table = CsvFile.tabs(file, List.of("item_id", "attribute"))) {
      for (int item = 1; item <= catalog.size(); item++) {
        for (int attribute : catalog.attributes(item)) {
          if (kinds.column(attribute).isEmpty()) {
            table.row(ids.item(item), catalog.attributeName(attribute));
          }
        }
      }
    }
  }
}
