package seminar.source;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Exposures;
import seminar.data.FeatureFiles;
import seminar.data.Histories;
import seminar.data.Manifest;
import seminar.data.Queries;

class SameCorpusTest {
  /** A corpus of one history that differs from the plain one in one part. */
  private static Corpus corpus(SameCorpus.Part other) {
    Catalog.Builder items = new Catalog.Builder();
    String name = other == SameCorpus.Part.ATTRIBUTE_NAMES ? "shop:A" : "brand:A";
    items.add("9", "nobody met it", List.of("brand:B"), 0, -1);
    items.add(is(other, SameCorpus.Part.ITEM_IDS) ? "x" : "1", "lamp", List.of(name), 1, -1);
    items.add(
        "2",
        is(other, SameCorpus.Part.TEXTS) ? "chair" : "table",
        is(other, SameCorpus.Part.ATTRIBUTES) ? List.of() : List.of(name),
        2,
        -1);
    Queries.Builder queries = new Queries.Builder();
    int query =
        is(other, SameCorpus.Part.QUERIES)
            ? queries.add("a lamp", List.of("lamp"))
            : queries.add(is(other, SameCorpus.Part.QUERY_TEXTS) ? "A lamp" : "a lamp");
    Histories.Builder histories = new Histories.Builder(true, true);
    histories.user(is(other, SameCorpus.Part.USER_IDS) ? "bob" : "ann");
    byte action = is(other, SameCorpus.Part.ACTIONS) ? Histories.BROWSE : Histories.SEARCH;
    histories.add(2, query, 5, action);
    histories.add(3, 0, is(other, SameCorpus.Part.TIMES) ? 7 : 6, Histories.BROWSE);
    Exposures.Builder shown = new Exposures.Builder(true).user();
    shown.add(3, 0, is(other, SameCorpus.Part.EXPOSURES), 1, 6);
    return new Corpus(
        new Manifest("hand-made", "test/1", Map.of(), Map.of(), Map.of(), List.of()),
        items.build(),
        queries.build(),
        histories.build(),
        Optional.of(shown.build()),
        Optional.empty(),
        FeatureFiles.none());
  }

  private static boolean is(SameCorpus.Part part, SameCorpus.Part wanted) {
    return part == wanted;
  }

  /** What the history has met, alone in its catalogue. */
  private static Corpus met(SameCorpus.Part other) {
    Corpus all = corpus(other);
    Catalog.Builder items = new Catalog.Builder();
    for (int item = 2; item <= 3; item++) {
      List<String> names =
          Arrays.stream(all.catalog().attributes(item))
              .mapToObj(all.catalog()::attributeName)
              .toList();
      items.add(all.catalog().originalId(item), all.catalog().text(item), names, item - 2, -1);
    }
    Histories.Builder histories = new Histories.Builder(true, true);
    histories.user(all.histories().userId(0));
    Exposures.Builder shown = new Exposures.Builder(true).user();
    for (long e = 0; e < 2; e++) {
      Histories from = all.histories();
      histories.add(from.item(e) - 1, from.query(e), from.time(e), from.action(e));
    }
    shown.add(2, 0, all.exposures().orElseThrow().clicked(0), 1, 6);
    return new Corpus(
        all.manifest(),
        items.build(),
        all.queries(),
        histories.build(),
        Optional.of(shown.build()),
        Optional.empty(),
        FeatureFiles.none());
  }

  @Test
  void itemsThatNobodyMetDoNotCount() {
    SameCorpus.inAll().check(corpus(null), met(null));
    assertThrows(AssertionError.class, () -> SameCorpus.inAll().check(met(null), corpus(null)));
  }

  @ParameterizedTest
  @EnumSource
  void aDifferenceInOnePartIsSeen(SameCorpus.Part part) {
    assertThrows(AssertionError.class, () -> SameCorpus.inAll().check(corpus(null), met(part)));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"USER_IDS", "ITEM_IDS", "TIMES", "ACTIONS", "QUERY_TEXTS", "TEXTS", "EXPOSURES"})
  void aPartThatIsNotComparedMayDiffer(SameCorpus.Part part) {
    SameCorpus.inAllBut(part).check(corpus(null), met(part));
  }

  @Test
  void attributesMayBeRenamedOneToOne() {
    SameCorpus.inAllBut(SameCorpus.Part.ATTRIBUTE_NAMES)
        .check(corpus(null), met(SameCorpus.Part.ATTRIBUTE_NAMES));
    assertThrows(
        AssertionError.class,
        () ->
            SameCorpus.inAllBut(SameCorpus.Part.ATTRIBUTE_NAMES)
                .check(corpus(null), met(SameCorpus.Part.ATTRIBUTES)));
  }
}
