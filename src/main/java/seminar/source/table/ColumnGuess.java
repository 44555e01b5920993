package seminar.source.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import seminar.source.table.TableOptions.TimeUnit;

/**
 * What the columns of a table may mean, by their names and first values. It is shown, never used:
 * whoever reads the table says what its columns are.
 *
 * @param roles the column of each role for which one was found, such as {@code user}
 * @param columns every column with some of its first values
 * @param unit of the times, where one was found
 */
public record ColumnGuess(
    Map<String, String> roles, Map<String, List<String>> columns, Optional<TimeUnit> unit) {
  private static final int SHOWN = 3;
  private static final int WIDTH = 24;

  /** How columns of each role are usually called, the best name first. */
  private static final Map<String, List<String>> NAMES = names();

  private static Map<String, List<String>> names() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    names.put(
        "user",
        List.of(
            "user",
            "userid",
            "uid",
            "customerid",
            "visitorid",
            "reviewerid",
            "memberid",
            "sessionid",
            "session"));
    names.put(
        "item",
        List.of(
            "item",
            "itemid",
            "iid",
            "parentasin",
            "asin",
            "productid",
            "product",
            "movieid",
            "videoid",
            "trackid",
            "songid",
            "newsid",
            "articleid",
            "bookid",
            "contentid",
            "sku"));
    names.put(
        "time",
        List.of(
            "timestamp",
            "time",
            "timems",
            "ts",
            "datetime",
            "date",
            "eventtime",
            "unixreviewtime",
            "createdat"));
    names.put("query", List.of("query", "keyword", "keywords", "searchterm", "searchquery", "tag"));
    names.put("clicked", List.of("clicked", "click", "isclick", "label"));
    names.put("shown", List.of("shown", "isshown", "impression"));
    names.put("rating", List.of("rating", "overall", "stars", "score"));
    names.put("session", List.of("sessionid", "session"));
    names.put("text", List.of("title", "text", "name", "itemtext", "caption", "description"));
    names.put(
        "attributes", List.of("attributes", "genres", "category", "categories", "brand", "tags"));
    return names;
  }

  /** Guesses from the columns of a table and its first rows. */
  static ColumnGuess of(Table table) throws IOException {
    List<String> names = table.columns();
    Map<String, List<String>> columns = new LinkedHashMap<>();
    names.forEach(name -> columns.put(name, new ArrayList<>()));
    for (String[] row : table.head(names, SHOWN)) {
      for (int i = 0; i < row.length; i++) {
        columns.get(names.get(i)).add(row[i]);
      }
    }
    Map<String, String> roles = new LinkedHashMap<>();
    Set<String> used = new HashSet<>();
    NAMES.forEach(
        (role, usual) ->
            usual.stream()
                .flatMap(name -> names.stream().filter(column -> bare(column).equals(name)))
                .filter(column -> !used.contains(column))
                .findFirst()
                .ifPresent(
                    column -> {
                      roles.put(role, column);
                      used.add(column);
                    }));
    String time = roles.get("time");
    Optional<TimeUnit> unit =
        time == null
            ? Optional.empty()
            : columns.get(time).stream().findFirst().flatMap(TableTimes::unit);
    return new ColumnGuess(roles, columns, unit);
  }

  private static String bare(String column) {
    return column.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /**
   * What it says of the columns that must be named, in a few words; empty where it says nothing.
   */
  String hint() {
    return roles.isEmpty() ? "" : "; by their names perhaps " + settings();
  }

  /** The options that would read the table by this guess. */
  public String settings() {
    return roles.entrySet().stream()
        .map(role -> "--set %s=%s".formatted(role.getKey(), quoted(role.getValue())))
        .collect(Collectors.joining(" "));
  }

  /** What a column may be; empty where nothing is known of it. */
  public String role(String column) {
    String roles =
        this.roles.entrySet().stream()
            .filter(role -> role.getValue().equals(column))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(", "));
    String in = unit.map(known -> " in " + known.name().toLowerCase(Locale.ROOT)).orElse("");
    return roles.equals("time") ? roles + in : roles;
  }

  /** The first values of a column, shortened. */
  public String values(String column) {
    return columns.get(column).stream()
        .map(value -> value.length() <= WIDTH ? value : value.substring(0, WIDTH - 1) + "…")
        .collect(Collectors.joining("  "));
  }

  private static String quoted(String name) {
    return name.matches("[\\w.:-]+") ? name : "'" + name + "'";
  }
}
