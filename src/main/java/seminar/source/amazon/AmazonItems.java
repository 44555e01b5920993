package seminar.source.amazon;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import seminar.data.Catalog;
import seminar.data.Queries;
import seminar.source.EventLog;
import seminar.source.JsonFields;
import seminar.source.JsonFiles;
import seminar.source.MalformedLine;
import seminar.source.PlainText;
import seminar.source.SourceFiles;

/** What the descriptions of a category say of each item, and the query that is made of it. */
final class AmazonItems {
  /** Words that say nothing of an item. */
  private static final Set<String> STOP_WORDS =
      Set.of(
          "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "from", "in", "into", "is",
          "it", "no", "not", "of", "on", "or", "s", "such", "that", "the", "their", "then", "there",
          "these", "they", "this", "to", "was", "will", "with");

  private final AmazonReader.Options options;
  private final EventLog log;
  private final Map<String, Known> known = new HashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();

  private record Known(int query, boolean pictured) {}

  AmazonItems(AmazonReader.Options options, EventLog log) {
    this.options = options;
    this.log = log;
  }

  /** Reads JSON, or the literals of Python of the release of 2014, one item a line. */
  void read(Path file, SourceFiles files) throws IOException {
    JsonFiles.lines(files, file, this::item);
  }

  /** The query made of an item; 0 where there is none. */
  int query(String asin) {
    Known item = known.get(asin);
    return item == null ? Queries.EMPTY : item.query;
  }

  private void item(JsonNode object) throws MalformedLine, IOException {
    String asin = JsonFields.id(object, "asin");
    String rawTitle = JsonFields.text(object, "title");
    List<String> rawDescription = JsonFields.texts(object, "description");
    String rawBrand = JsonFields.text(object, "brand");
    List<List<String>> paths = new ArrayList<>(JsonFields.paths(object, "category"));
    paths.addAll(JsonFields.paths(object, "categories"));
    if (known.containsKey(asin)) {
      count("repeated descriptions of items");
      return;
    }
    String description = PlainText.of(String.join(" ", rawDescription));
    List<String> attributes = new ArrayList<>();
    brand(rawBrand, attributes);
    List<List<String>> categories = paths.stream().map(this::categories).toList();
    for (List<String> path : categories) {
      path.stream().skip(1).forEach(name -> attributes.add("category:" + name));
    }
    log.item(asin, text(title(rawTitle), description), attributes);
    known.put(asin, new Known(query(description, categories), pictured(object)));
  }

  private void count(String name) {
    counts.merge(name, 1L, Long::sum);
  }

  /** Some titles of 2018 are a program of the page they were taken from. */
  private String title(String raw) {
    if (raw.contains("getTime")) {
      count("titles left out: a script");
      return "";
    }
    return PlainText.of(raw);
  }

  private void brand(String raw, List<String> attributes) {
    if (PlainText.hasMarkup(raw)) {
      count("brands left out: markup");
    } else if (!PlainText.of(raw).isEmpty()) {
      attributes.add("brand:" + PlainText.of(raw));
    }
  }

  private List<String> categories(List<String> path) {
    List<String> names = new ArrayList<>();
    for (String raw : path) {
      String name = PlainText.of(raw);
      if (PlainText.hasMarkup(raw)) {
        count("categories left out: markup");
      } else if (name.isEmpty()) {
        count("categories left out: no name");
      } else {
        names.add(name);
      }
    }
    return names;
  }

  private String text(String title, String description) {
    if (options.text() == AmazonReader.Text.TITLE || description.isEmpty()) {
      return title;
    }
    return title.isEmpty() ? description : title + AmazonReader.JOINT + description;
  }

  private int query(String description, List<List<String>> categories) {
    return switch (options.queries()) {
      case NONE -> Queries.EMPTY;
      case DESCRIPTION -> log.query(firstWords(description, options.queryWords()));
      case CATEGORY ->
          categories.isEmpty() ? Queries.EMPTY : log.query(pathWords(categories.getFirst()));
    };
  }

  /** The first words of a description. */
  static List<String> firstWords(String description, int words) {
    return Queries.tokenize(description).stream().limit(words).toList();
  }

  /** The words of a path of categories: of repeated words the last counts. */
  static List<String> pathWords(List<String> path) {
    Set<String> words = new LinkedHashSet<>(Queries.tokenize(String.join(" ", path)).reversed());
    words.removeAll(STOP_WORDS);
    List<String> forwards = new ArrayList<>(words);
    Collections.reverse(forwards);
    return forwards;
  }

  private static boolean pictured(JsonNode object) {
    return List.of("imUrl", "imageURL", "imageURLHighRes").stream()
        .map(object::path)
        .anyMatch(node -> !node.asText().isBlank() || !node.path(0).asText().isBlank());
  }

  /** What was counted, and what is known of the items of a catalogue. */
  Map<String, Long> counts(Catalog catalog) {
    Map<String, Long> all = new LinkedHashMap<>(counts);
    long described = 0;
    long pictured = 0;
    for (int item = 1; item <= catalog.size(); item++) {
      Known found = known.get(catalog.originalId(item));
      described += found == null ? 0 : 1;
      pictured += found != null && found.pictured ? 1 : 0;
    }
    all.put("items that nothing describes", catalog.size() - described);
    all.put("items with the address of a picture", pictured);
    return all;
  }
}
