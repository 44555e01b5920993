package seminar.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CorpusTest {
  private final Corpus tiny = RandomHistories.tiny();

  @Test
  void itemsCountFromOneAndKeepWhatTheyWereGiven() {
    Catalog catalog = tiny.catalog();
    assertEquals(3, catalog.size());
    assertEquals(4, catalog.eos());
    assertEquals("ç", catalog.originalId(3));
    assertEquals("Tèa ☕", catalog.text(3));
    assertEquals("", catalog.text(2));
    assertEquals(2, catalog.attributeVocabulary());
    assertEquals("category:light", catalog.attributeName(2));
    assertArrayEquals(new int[] {1, 2}, catalog.attributes(1));
    assertArrayEquals(new int[] {}, catalog.attributes(2));
    assertArrayEquals(new int[] {2}, catalog.attributes(3));
    assertEquals(Catalog.ABSENT, catalog.imageRow(1));
    assertEquals(1, catalog.textRow(3));
  }

  @Test
  void whatDoesNotExistIsNamedWithTheRange() {
    Exception e = assertThrows(IllegalArgumentException.class, () -> tiny.catalog().text(0));
    assertEquals("item 0: the catalogue has 1..3", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> tiny.catalog().textRow(4));
    assertThrows(IllegalArgumentException.class, () -> tiny.catalog().attributeName(0));
    assertThrows(IllegalArgumentException.class, () -> tiny.queries().tokens(3));
    assertThrows(IllegalArgumentException.class, () -> tiny.queries().keyword(0));
    assertThrows(IndexOutOfBoundsException.class, () -> tiny.histories().userId(3));
    Catalog.Builder builder = new Catalog.Builder();
    builder.add("a", "", List.of(), 0, 0);
    assertThrows(IllegalArgumentException.class, () -> builder.add("a", "", List.of(), 0, 0));
  }

  @Test
  void queriesAreInternedInFirstSeenOrder() {
    Queries.Builder builder = new Queries.Builder();
    assertEquals(1, builder.add("Red-Shoes 42"));
    assertEquals(2, builder.add("shoes RED shoes"));
    assertEquals(1, builder.add("Red-Shoes 42"));
    assertEquals(0, builder.add(""));
    assertEquals(0, builder.add(" ?! "));
    assertEquals(3, builder.addTokens(List.of("17", "4")));
    Queries queries = builder.build();
    assertEquals(3, queries.size());
    assertEquals(5, queries.vocabulary());
    assertEquals(6, queries.eosToken());
    assertArrayEquals(new int[] {1, 2, 3}, queries.tokens(1));
    assertArrayEquals(new int[] {2, 1, 2}, queries.tokens(2));
    assertEquals("17 4", queries.text(3));
    assertEquals("shoes", queries.keyword(2));
    assertEquals(0, queries.tokens(Queries.EMPTY).length);
    assertEquals("", queries.text(Queries.EMPTY));
  }

  @Test
  void wordsAreRunsOfLettersAndDigitsOfAnyScript() {
    assertEquals(List.of("l", "été", "2001", "日本語"), Queries.tokenize("L'Été_2001 日本語…"));
    assertEquals(List.of(), Queries.tokenize(" - "));
  }

  @Test
  void eventsAreInTimeOrderAndTiesInInputOrder() {
    Histories histories = tiny.histories();
    assertEquals(3, histories.users());
    assertEquals(5, histories.events());
    int[] items = {9, 9, 9, 9};
    int[] queries = new int[4];
    histories.copy(0, 0, 3, items, queries, 1);
    assertArrayEquals(new int[] {9, 2, 3, 1}, items);
    assertArrayEquals(new int[] {0, 0, 0, 1}, queries);
    assertEquals(10, histories.time(1));
    assertEquals(Histories.SEARCH, histories.action(1));
    assertEquals(Histories.BROWSE, histories.action(0));
    assertEquals(0, histories.length(1));
    assertEquals(3, histories.start(2));
    assertEquals(2, histories.query(3));
    assertEquals("u3", histories.userId(2));
  }

  @Test
  void aStableSortAgreesWithTheOneOfTheLibrary() {
    Histories.Builder builder = new Histories.Builder(true, false);
    builder.user("first").add(1, 0, 9, Histories.BROWSE).user("second");
    int[] times = IntStream.range(0, 3000).map(i -> (i * 7919) % 101).toArray();
    for (int i = 0; i < times.length; i++) {
      builder.add(i + 1, 0, times[i], Histories.BROWSE);
    }
    int[] expected =
        IntStream.range(0, times.length)
            .boxed()
            .sorted((a, b) -> times[a] - times[b])
            .mapToInt(i -> i + 1)
            .toArray();
    int[] items = new int[times.length];
    Histories histories = builder.build();
    histories.copy(1, 0, items.length, items, new int[items.length], 0);
    assertArrayEquals(expected, items);
    assertEquals(1, histories.item(0));
  }

  @Test
  void aCopyThatLeavesTheHistoryIsRefused() {
    int[] two = new int[2];
    assertThrows(
        IndexOutOfBoundsException.class, () -> tiny.histories().copy(2, 1, 3, two, two, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> tiny.histories().copy(2, 0, 2, two, two, 1));
  }

  @Test
  void withoutTimesAndActionsTheLogIsSilentAboutThem() {
    Histories histories = new Histories.Builder(false, false).user("u").add(2, 0).add(1, 1).build();
    assertFalse(histories.hasTimes());
    assertFalse(histories.hasActions());
    assertThrows(IllegalArgumentException.class, () -> histories.time(0));
    assertEquals(Histories.BROWSE, histories.action(0));
    assertEquals(Histories.SEARCH, histories.action(1));
    assertEquals(2, histories.item(0));
    assertThrows(
        IllegalArgumentException.class, () -> new Histories.Builder(false, false).add(1, 0));
  }

  @Test
  void anEventOfAnUnknownItemOrQueryIsRefused() {
    Histories histories = new Histories.Builder(false, false).user("u").add(4, 0).build();
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new Corpus(
                    tiny.manifest(),
                    tiny.catalog(),
                    tiny.queries(),
                    histories,
                    FeatureFiles.none()));
    assertTrue(e.getMessage().contains("is 4, outside 1..3"), e.getMessage());
  }

  @Test
  void theHashFollowsTheContentsAlone() {
    Corpus named =
        new Corpus(
            Manifest.of("other", "test/1"),
            tiny.catalog(),
            tiny.queries(),
            tiny.histories(),
            FeatureFiles.none());
    assertEquals(tiny.hash(), named.hash());
    Corpus changed =
        new Corpus(
            tiny.manifest(),
            tiny.catalog(),
            tiny.queries(),
            new Histories.Builder(true, true).user("u1").build(),
            FeatureFiles.none());
    assertNotEquals(tiny.hash(), changed.hash());
    assertEquals(16, tiny.hash().length());
  }
}
