package seminar.source.amazon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.file.Progress;
import seminar.source.CorpusReader;
import seminar.source.Corruption;
import seminar.source.PlainText;

class AmazonReaderTest {
  private static final String META =
      """
      {"category": ["Movies & TV", "Drama", "<img src=x>", "Film &amp; Stage", ""], "tech1": "", "description": ["<b>Two</b> kettles &quot;sing&quot;.<br>And", "they sing again."], "fit": "", "title": "The  Kettle &amp; I", "also_buy": [], "brand": "Acme<sup>", "rank": [], "asin": "B2", "imageURL": ["http://x/y.jpg"], "imageURLHighRes": []}
      {"category": ["Movies & TV", "Comedy"], "description": [""], "title": "var now = getTime()", "brand": "Acme", "asin": "B1"}
      {"category": ["Movies & TV", "Comedy"], "description": ["again"], "title": "Again", "asin": "B1"}
      {"category": ["Movies & TV"], "description": ["nobody met it"], "title": "Unseen", "asin": "B9"}
      """;

  @TempDir Path folder;

  private static String review(String user, String item, Object stars, Object seconds) {
    return """
    {"overall": %s, "vote": "3", "verified": true, "reviewTime": "09 13, 2009", "reviewerID": "%s", "asin": "%s", "style": {"Format:": "DVD"}, "reviewerName": "x", "reviewText": "y", "summary": "z", "unixReviewTime": %s, "image": []}
    """
        .formatted(stars, user, item, seconds);
  }

  private void files(String reviews, String meta) throws IOException {
    Files.write(folder.resolve("Movies_and_TV_5.json.gz"), Corruption.packed(reviews));
    Files.write(folder.resolve("meta_Movies_and_TV.json.gz"), Corruption.packed(meta));
  }

  private static final String REVIEWS =
      review("ann", "B2", 5.0, 30)
          + review("bob", "B3", 2.0, "10.0")
          + review("ann", "B1", 4.0, 20)
          + review("ann", "B1", 4.0, 20)
          + review("cid", "B2", 3, 5);

  private static CorpusReader small() {
    return new AmazonReader(AmazonReader.Options.defaults());
  }

  private Corpus read(CorpusReader reader) throws IOException {
    return reader.read(folder, Progress.silent());
  }

  private String failure(CorpusReader reader) {
    return assertThrows(IOException.class, () -> read(reader)).getMessage();
  }

  private static List<String> attributes(Catalog catalog, int item) {
    return Arrays.stream(catalog.attributes(item)).mapToObj(catalog::attributeName).toList();
  }

  @Test
  void reviewsBecomeHistoriesInTheOrderOfTime() throws IOException {
    files(REVIEWS, META);
    Corpus corpus = read(small());
    Histories histories = corpus.histories();
    assertEquals("amazon-Movies_and_TV", corpus.manifest().name());
    assertEquals(
        List.of("ann", "bob", "cid"),
        List.of(histories.userId(0), histories.userId(1), histories.userId(2)));
    assertEquals(3, histories.length(0));
    assertEquals("B1", corpus.catalog().originalId(histories.item(0)));
    assertEquals("B2", corpus.catalog().originalId(histories.item(2)));
    assertEquals(20_000, histories.time(1));
    assertEquals(30_000, histories.time(2));
    assertEquals(10_000, histories.time(3));
    assertEquals(1L, corpus.manifest().counts().get("repeated lines"));
  }

  @Test
  void itemsHaveCleanTextsAndWholeCategories() throws IOException {
    files(REVIEWS, META);
    Corpus corpus = read(small());
    Catalog catalog = corpus.catalog();
    assertEquals(3, catalog.size());
    assertEquals("", catalog.text(1));
    assertEquals("The Kettle & I. Two kettles \"sing\". And they sing again.", catalog.text(2));
    assertEquals("", catalog.text(3));
    assertEquals(List.of("brand:Acme", "category:Comedy"), attributes(catalog, 1));
    assertEquals(List.of("category:Drama", "category:Film & Stage"), attributes(catalog, 2));
    assertEquals(List.of(), attributes(catalog, 3));
    var counts = corpus.manifest().counts();
    assertEquals(1L, counts.get("titles left out: a script"));
    assertEquals(1L, counts.get("brands left out: markup"));
    assertEquals(1L, counts.get("categories left out: markup"));
    assertEquals(1L, counts.get("categories left out: no name"));
    assertEquals(1L, counts.get("repeated descriptions of items"));
    assertEquals(1L, counts.get("items that nothing describes"));
    assertEquals(1L, counts.get("items with the address of a picture"));
    assertEquals("The Kettle & I", read(small().with("text", "title")).catalog().text(2));
  }

  @Test
  void aQueryIsMadeOfTheDescriptionOfTheEventsOwnItem() throws IOException {
    files(REVIEWS, META);
    Corpus corpus = read(small());
    Histories histories = corpus.histories();
    assertEquals(0, histories.query(0));
    assertEquals("two kettles sing and they", corpus.queries().text(histories.query(2)));
    assertEquals(histories.query(2), histories.query(4));
    assertEquals(Histories.BROWSE, histories.action(2));
    assertEquals(
        2L, corpus.manifest().counts().get("events whose query was made of their own item"));
    Corpus two = read(small().with("queryWords", "2"));
    assertEquals("two kettles", two.queries().text(1));
    assertEquals(0, read(small().with("queries", "none")).queries().size());
  }

  @Test
  void aQueryIsMadeOfAPathOfCategoriesAsInTheLiterature() throws IOException {
    assertEquals(
        List.of("photo", "digital", "camera", "lenses"),
        AmazonItems.pathWords(List.of("Camera & Photo", "Digital Camera Lenses")));
    assertEquals(List.of("toys", "games"), AmazonItems.pathWords(List.of("Toys and the Games")));
    files(REVIEWS, META);
    Corpus corpus = read(small().with("queries", "category"));
    assertEquals("movies tv comedy", corpus.queries().text(corpus.histories().query(0)));
  }

  @Test
  void ratingsRepeatsAndRareItemsAreLeftOutOnRequest() throws IOException {
    files(REVIEWS, META);
    Corpus liked = read(small().with("threshold", "3"));
    assertEquals(3, liked.histories().events());
    assertEquals(2L, liked.manifest().counts().get("ratings not above threshold"));
    Corpus once = read(small().with("repeats", "false"));
    assertEquals(4, once.histories().events());
    assertEquals(1L, once.manifest().counts().get("repeated lines"));
    Corpus core = read(small().with("minItemEvents", "2").with("minUserEvents", "2"));
    assertEquals(1, core.histories().users());
    assertTrue(
        failure(new AmazonReader(AmazonReader.Options.released())).contains("no history has"));
  }

  @Test
  void theReleaseOf2014IsReadAsJsonOrAsLiteralsOfPython() throws IOException {
    Files.write(
        folder.resolve("reviews_Beauty_5.json.gz"),
        Corruption.packed(review("u", "B1", 5.0, 1) + review("u", "B2", 5.0, 2)));
    Files.writeString(
        folder.resolve("meta_Beauty.json"),
        """
        {'asin': 'B1', 'related': {'also_bought': ['B7'], 'x': None, 'y': (True, False)}, 'title': "Bob's \\"balm\\"", 'price': 9.5, 'imUrl': 'http://x', 'description': u'Soft\\n balm \\xe9 \\u00e9 \\\\', 'categories': [['Beauty', 'Skin', 'Lips'], ['Beauty', 'Men']]}
        {"asin": "B2", "title": "Soap", "categories": [["Beauty", "Bath"]]}
        """);
    Catalog catalog = read(small()).catalog();
    assertEquals("Bob's \"balm\". Soft balm é é \\", catalog.text(1));
    assertEquals(List.of("category:Skin", "category:Lips", "category:Men"), attributes(catalog, 1));
    assertEquals(List.of("category:Bath"), attributes(catalog, 2));
  }

  @Test
  void theCategoryIsFoundOrAskedFor() throws IOException {
    assertTrue(failure(small()).contains("has no reviews such as"));
    files(REVIEWS, META);
    Files.writeString(folder.resolve("Movies_and_TV.json"), review("zoe", "B1", 5.0, 1));
    assertEquals("ann", read(small()).histories().userId(0));
    Files.write(folder.resolve("Books.json.gz"), Corruption.packed(review("eve", "K1", 5.0, 1)));
    assertTrue(
        failure(small()).contains("Books, Movies_and_TV: say which with the option category"));
    CorpusReader books = small().with("category", "Books");
    assertTrue(failure(books).contains("meta_Books.json.gz is missing"));
    Files.writeString(folder.resolve("meta_Books.json"), "{\"asin\": \"K1\"}\n");
    assertEquals("eve", read(books).histories().userId(0));
    assertTrue(failure(small().with("category", "Toys")).contains("has no reviews of Toys"));
    assertThrows(IllegalArgumentException.class, () -> small().with("exposures", "true"));
    CorpusReader reader = small();
    Path file = folder.resolve("Books.json.gz");
    assertThrows(IOException.class, () -> reader.read(file, Progress.silent()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"overall\": 5.0}                                                              |"
            + " reviewerID is missing, not an id",
        "{\"overall\": 5, \"reviewerID\": \"u\", \"asin\": \"\", \"unixReviewTime\": 1}      | asin"
            + " is \"\", not an id",
        "{\"overall\": 5, \"reviewerID\": \"u\", \"asin\": 12, \"unixReviewTime\": 1}        | asin"
            + " is 12, not an id",
        "{\"overall\": 5, \"reviewerID\": \"u\\ud800\", \"asin\": \"B\", \"unixReviewTime\": 1} |"
            + " not an id",
        "{\"overall\": \"5\", \"reviewerID\": \"u\", \"asin\": \"B\", \"unixReviewTime\": 1} |"
            + " overall is \"5\", not a number",
        "{\"overall\": 7, \"reviewerID\": \"u\", \"asin\": \"B\", \"unixReviewTime\": 1}     |"
            + " overall is 7.0, outside 0..5",
        "{\"overall\": 5, \"reviewerID\": \"u\", \"asin\": \"B\", \"unixReviewTime\": -1}    |"
            + " unixReviewTime is -1, not a whole number",
        "{\"overall\": 5, \"reviewerID\": \"u\", \"asin\": \"B\", \"unixReviewTime\": 1.5}   |"
            + " unixReviewTime is 1.5, not a whole number",
        "{\"overall\": 5, \"reviewerID\": \"u\", \"asin\": \"B\", \"unixReviewTime\": 1e300} | not"
            + " a whole number",
        "{\"overall\": 5, \"reviewerID\": \"u\", \"asin\": \"B\", \"unixReviewTime\":"
            + " 99999999999999999999} | not a whole number",
        "{\"overall\": 5, \"reviewerID\": \"u\"                                           | it is"
            + " no JSON",
        "[1]                                                                            | it is no"
            + " JSON object"
      })
  void badReviewsAreNamedWithTheirLine(String line, String why) throws IOException {
    files(review("ann", "B2", 5.0, 30) + line + "\n", META);
    Corpus corpus = read(small().with("malformedShare", "0.5"));
    assertEquals(1, corpus.histories().events());
    assertEquals(1L, corpus.manifest().counts().get("malformed lines"));
    String entry = corpus.manifest().malformed().getFirst();
    assertTrue(entry.startsWith("Movies_and_TV_5.json.gz:2: "), entry);
    assertTrue(entry.contains(why), entry);
    String message = failure(small());
    assertTrue(message.contains("Movies_and_TV_5.json.gz: 1 of 2 lines are malformed"), message);
    assertTrue(message.contains(why), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"asin\": \"B2\", \"title\": 5}",
        "{\"asin\": \"B2\", \"description\": {\"a\": 1}}",
        "{\"asin\": \"B2\", \"category\": [[\"a\", 1]]}",
        "{'asin': 'B2', 'title': 'ends too early",
        "{'asin': 'B2', 'title': '\\U99999999'}",
        "{'asin': 'B2', 'title': '\\xZZ'}",
        "{'asin': B2}",
        ""
      })
  void badDescriptionsAreCountedAndTheNextGoodOneOfTheItemCounts(String line) throws IOException {
    files(REVIEWS, line + "\n" + META);
    Corpus corpus = read(small().with("malformedShare", "0.5"));
    assertEquals(1L, corpus.manifest().counts().get("malformed lines"));
    assertTrue(
        corpus.manifest().malformed().getFirst().startsWith("meta_Movies_and_TV.json.gz:1: "));
    assertTrue(corpus.catalog().text(2).startsWith("The Kettle"));
  }

  @Test
  void wrongBytesTruncatedAndEmptyFilesAreRefused() throws IOException {
    files(REVIEWS, META);
    Path reviews = folder.resolve("Movies_and_TV_5.json.gz");
    byte[] all = Files.readAllBytes(reviews);
    Files.write(reviews, Arrays.copyOf(all, all.length / 2));
    assertTrue(failure(small()).contains("is truncated or no gzip file"));
    Files.write(reviews, Corruption.packed(""));
    assertTrue(failure(small()).contains("no history has"));
    Files.delete(reviews);
    byte[] text = review("ann", "B?", 5.0, 30).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i++) {
      text[i] = text[i] == '?' ? (byte) 0xFF : text[i];
    }
    Files.write(folder.resolve("Movies_and_TV_5.json"), text);
    assertTrue(failure(small()).contains("is not UTF-8"));
  }

  @Test
  void theOrderOfTheFileChangesNothing() throws IOException {
    files(REVIEWS, META);
    String hash = read(small()).hash();
    List<String> lines = REVIEWS.lines().toList();
    files(String.join("\n", lines.reversed()), META);
    assertEquals(hash, read(small()).hash());
    files("\uFEFF" + REVIEWS, META);
    assertEquals(hash, read(small()).hash());
  }

  @Test
  void markupIsTakenOutAndArithmeticIsNot() {
    assertEquals(
        "bold word, 1 < 2 & 3 > 2", PlainText.of("<b>bo</b>ld<br/>word, 1 &lt; 2 &amp; 3 > 2"));
    assertEquals(
        "a b", PlainText.of("a<script>if (a<b) {}</script><!-- <p> -->\u00A0\n b<a href="));
    assertEquals("x &#9999999; y", PlainText.of("x &#9999999; y"));
    assertEquals("1 < 2", PlainText.of("1 < 2"));
    assertFalse(PlainText.hasMarkup("1 < 2"));
    assertTrue(PlainText.hasMarkup("</span></span>"));
    for (String text : List.of("a <b> c", "&amp;lt;", "<!-- -->", "R&D")) {
      assertEquals(text, PlainText.of(PlainText.escaped(text)));
    }
  }
}
