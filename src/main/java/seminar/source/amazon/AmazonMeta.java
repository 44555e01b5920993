package seminar.source.amazon;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Queries;
import seminar.file.Progress;
import seminar.source.JsonFiles;
import seminar.source.PlainText;

/** Writes the descriptions of a catalogue's items with the keys of the release of 2018. */
final class AmazonMeta implements AutoCloseable {
  private static final String BRAND = "brand:";
  private static final String IN_CATEGORY = "category:";

  /** Marks an item whose events have different queries. */
  private static final int MIXED = -1;

  private final Catalog catalog;
  private final Queries queries;
  private final int[] queryOf;
  private final boolean brands;
  private final String file;
  private final JsonGenerator json;

  AmazonMeta(Corpus corpus, Path file) throws IOException {
    this.catalog = corpus.catalog();
    this.queries = corpus.queries();
    this.queryOf = queriesOf(corpus.histories(), catalog.size());
    this.brands = noneHasTwoBrands(catalog);
    this.file = file.getFileName().toString();
    this.json = JsonFiles.create(file);
  }

  /** Title and description of an item. */
  private record Parts(String title, List<String> description) {}

  private static int[] queriesOf(Histories histories, int items) {
    int[] queryOf = new int[items + 1];
    boolean[] met = new boolean[items + 1];
    for (long event = 0; event < histories.events(); event++) {
      int item = histories.item(event);
      int query = histories.query(event);
      queryOf[item] = !met[item] || queryOf[item] == query ? query : MIXED;
      met[item] = true;
    }
    return queryOf;
  }

  private static boolean noneHasTwoBrands(Catalog catalog) {
    for (int item = 1; item <= catalog.size(); item++) {
      if (Arrays.stream(catalog.attributes(item)).filter(a -> isBrand(catalog, a)).count() > 1) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBrand(Catalog catalog, int attribute) {
    String name = catalog.attributeName(attribute);
    return name.startsWith(BRAND) && !name.substring(BRAND.length()).isBlank();
  }

  /** Writes all items; {@code root} is the category of all of them. */
  void write(String root, Progress progress) throws IOException {
    for (int item = 1; item <= catalog.size(); item++) {
      item(item, root);
      if (item % 1000 == 0 || item == catalog.size()) {
        progress.at("writing " + file, item, catalog.size());
      }
    }
    json.writeRaw('\n');
  }

  private void item(int item, String root) throws IOException {
    Parts parts = parts(item);
    String brand = "";
    List<String> categories = new ArrayList<>(List.of(root));
    for (int attribute : catalog.attributes(item)) {
      String name = catalog.attributeName(attribute);
      if (brands && isBrand(catalog, attribute)) {
        brand = name.substring(BRAND.length());
      } else {
        categories.add(category(name));
      }
    }
    json.writeStartObject();
    list("category", categories);
    list("description", parts.description);
    json.writeStringField("title", PlainText.escaped(parts.title));
    json.writeStringField("brand", PlainText.escaped(brand));
    json.writeStringField("main_cat", root);
    json.writeStringField("asin", catalog.originalId(item));
    list("imageURL", List.of());
    list("imageURLHighRes", List.of());
    json.writeEndObject();
  }

  private static String category(String attribute) {
    String name =
        attribute.startsWith(IN_CATEGORY) ? attribute.substring(IN_CATEGORY.length()) : "";
    return name.isBlank() ? attribute : name;
  }

  private void list(String name, List<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(PlainText.escaped(text));
    }
    json.writeEndArray();
  }

  /**
   * A text is a title, unless the query of its item's events are the first words of a part of it:
   * then that part is the description.
   */
  private Parts parts(int item) {
    String text = catalog.text(item);
    if (queryOf[item] > Queries.EMPTY) {
      String joint = AmazonReader.JOINT;
      List<String> query =
          Arrays.stream(queries.tokens(queryOf[item])).mapToObj(queries::keyword).toList();
      if (begins(text, query)) {
        return new Parts("", List.of(text));
      }
      for (int at = text.indexOf(joint); at >= 0; at = text.indexOf(joint, at + 1)) {
        String rest = text.substring(at + joint.length());
        if (at > 0 && begins(rest, query)) {
          return new Parts(text.substring(0, at), List.of(rest));
        }
      }
    }
    return new Parts(text, List.of());
  }

  private static boolean begins(String description, List<String> query) {
    int words = AmazonReader.Options.defaults().queryWords();
    return AmazonItems.firstWords(description, words).equals(query);
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
