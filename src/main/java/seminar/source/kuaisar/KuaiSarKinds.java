package seminar.source.kuaisar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import seminar.data.Catalog;
import seminar.source.WrittenIds;

/**
 * Which column of KuaiSAR holds which attribute. A kind of attributes (what stands before the
 * colon) has a column if no item has two of the kind and every name of it can be read back; {@code
 * brand:} stands for {@code author:} and {@code category:} for {@code category1:} where a catalogue
 * has none of these.
 */
final class KuaiSarKinds {
  /** A column, or three of a category, and the kinds it may hold, the first of which wins. */
  enum Column {
    AUTHOR("author:", "brand:"),
    MUSIC("music:"),
    CATEGORY1("category1:", "category:"),
    CATEGORY2("category2:"),
    CATEGORY3("category3:"),
    CATEGORY4("category4:"),
    TYPE("type:"),
    UPLOAD("upload:");

    static final Set<Column> CATEGORIES = EnumSet.range(CATEGORY1, CATEGORY4);

    private final List<String> kinds;

    Column(String... kinds) {
      this.kinds = List.of(kinds);
    }
  }

  private final Catalog catalog;
  private final Map<Column, String> held = new EnumMap<>(Column.class);
  private final Column[] columns;
  private boolean others;

  private KuaiSarKinds(Catalog catalog) {
    this.catalog = catalog;
    this.columns = new Column[catalog.attributeVocabulary() + 1];
  }

  static KuaiSarKinds of(Catalog catalog) {
    KuaiSarKinds kinds = new KuaiSarKinds(catalog);
    for (Column column : Column.values()) {
      column.kinds.stream()
          .filter(kind -> kinds.ofKind(kind).length > 0)
          .findFirst()
          .ifPresent(kind -> kinds.hold(column, kind));
    }
    kinds.dropCrowded();
    for (int attribute = 1; attribute < kinds.columns.length; attribute++) {
      kinds.others |= kinds.columns[attribute] == null;
    }
    return kinds;
  }

  private int[] ofKind(String kind) {
    List<Integer> found = new ArrayList<>();
    for (int attribute = 1; attribute < columns.length; attribute++) {
      if (catalog.attributeName(attribute).startsWith(kind)) {
        found.add(attribute);
      }
    }
    return found.stream().mapToInt(i -> i).toArray();
  }

  private void hold(Column column, String kind) {
    int[] attributes = ofKind(kind);
    held.put(column, kind);
    if (Arrays.stream(attributes).allMatch(attribute -> readable(column, attribute))) {
      for (int attribute : attributes) {
        columns[attribute] = column;
      }
    } else {
      held.remove(column);
    }
  }

  /** A column has room for one attribute of an item. */
  private void dropCrowded() {
    Set<Column> crowded = EnumSet.noneOf(Column.class);
    for (int item = 1; item <= catalog.size(); item++) {
      Set<Column> used = EnumSet.noneOf(Column.class);
      for (int attribute : catalog.attributes(item)) {
        if (columns[attribute] != null && !used.add(columns[attribute])) {
          crowded.add(columns[attribute]);
        }
      }
    }
    held.keySet().removeAll(crowded);
    for (int attribute = 1; attribute < columns.length; attribute++) {
      if (crowded.contains(columns[attribute])) {
        columns[attribute] = null;
      }
    }
  }

  /** Whether the reader will find the same id and name. */
  private boolean readable(Column column, int attribute) {
    String rest = rest(column, attribute);
    boolean numbered = held.get(column).equals(column.kinds.getFirst());
    return switch (column) {
      case AUTHOR -> !numbered || isId(rest);
      case MUSIC -> isId(rest);
      case TYPE, UPLOAD -> isName(rest);
      default -> numbered ? isIdAndName(rest) : isName(rest);
    };
  }

  private static boolean isId(String text) {
    return WrittenIds.isNumber(text) && !text.equals("0");
  }

  private static boolean isName(String text) {
    return KuaiSarItems.isWord(text);
  }

  private static boolean isIdAndName(String text) {
    int blank = text.indexOf(' ');
    return blank < 0
        ? isId(text)
        : isId(text.substring(0, blank)) && isName(text.substring(blank + 1));
  }

  private String rest(Column column, int attribute) {
    return catalog.attributeName(attribute).substring(held.get(column).length());
  }

  /** Whether a column is used at all. */
  boolean has(Column column) {
    return held.containsKey(column);
  }

  /** Whether there are attributes without a column. */
  boolean others() {
    return others;
  }

  /** The column of an attribute; empty if none can hold it. */
  Optional<Column> column(int attribute) {
    return Optional.ofNullable(columns[attribute]);
  }

  /** The number in the column of an id. */
  String id(int attribute) {
    Column column = columns[attribute];
    if (!held.get(column).equals(column.kinds.getFirst())) {
      return Integer.toString(attribute);
    }
    return rest(column, attribute).split(" ", 2)[0];
  }

  /** The name of a category, a type or a way of uploading. */
  String name(int attribute) {
    Column column = columns[attribute];
    String rest = rest(column, attribute);
    boolean numbered =
        Column.CATEGORIES.contains(column) && held.get(column).equals(column.kinds.getFirst());
    if (!numbered) {
      return rest;
    }
    String[] parts = rest.split(" ", 2);
    return parts.length == 1 ? "" : parts[1];
  }
}
