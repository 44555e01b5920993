package seminar.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.data.Queries;

/**
 * Asserts that two corpora say the same by ids, words and names, whatever numbers they give to
 * items, queries and attributes. Users and their events are always compared, in their order; of the
 * items only those that occur, and these must be all that the second corpus has.
 *
 * <p>Example: {@code SameCorpus.inAllBut(QUERY_TEXTS, ATTRIBUTE_NAMES).check(written, read)}.
 */
public final class SameCorpus {
  /** What a format may or may not carry. */
  public enum Part {
    /** User ids are the same; without it users are only in the same order. */
    USER_IDS,
    /** Item ids are the same; without it they are renamed one-to-one. */
    ITEM_IDS,
    /** Times of events, and of exposures where both corpora have them. */
    TIMES,
    /** Whether events are searches. */
    ACTIONS,
    /** The words of queries. */
    QUERIES,
    /** Queries letter by letter. */
    QUERY_TEXTS,
    /** Texts of items. */
    TEXTS,
    /** Attributes up to a renaming that is one-to-one. */
    ATTRIBUTES,
    /** Names of attributes. */
    ATTRIBUTE_NAMES,
    /** What was shown, with query, click and position. */
    EXPOSURES
  }

  private final Set<Part> parts;

  private SameCorpus(Set<Part> parts) {
    this.parts = parts;
  }

  /** Compares everything. */
  public static SameCorpus inAll() {
    return new SameCorpus(EnumSet.allOf(Part.class));
  }

  /** Compares everything but some parts. */
  public static SameCorpus inAllBut(Part... lost) {
    EnumSet<Part> parts = EnumSet.allOf(Part.class);
    parts.removeAll(Arrays.asList(lost));
    return new SameCorpus(parts);
  }

  /** Fails with the first difference. */
  public void check(Corpus expected, Corpus actual) {
    Map<String, String> items = new TreeMap<>();
    users(expected, actual, items);
    if (has(Part.EXPOSURES)) {
      exposures(expected, actual, items);
    }
    Set<String> images = new TreeSet<>(items.values());
    assertEquals(items.size(), images.size(), "items are renamed one-to-one");
    assertEquals(images.size(), actual.catalog().size(), "items that occur");
    items(expected.catalog(), actual.catalog(), items);
  }

  private boolean has(Part part) {
    return parts.contains(part);
  }

  private void users(Corpus expected, Corpus actual, Map<String, String> items) {
    Histories first = expected.histories();
    Histories second = actual.histories();
    assertEquals(first.users(), second.users(), "users");
    if (has(Part.TIMES)) {
      assertEquals(first.hasTimes(), second.hasTimes(), "histories with times");
    }
    for (int user = 0; user < first.users(); user++) {
      String whose = "user " + first.userId(user);
      if (has(Part.USER_IDS)) {
        assertEquals(first.userId(user), second.userId(user), "user " + user);
      }
      assertEquals(first.length(user), second.length(user), whose + ": events");
      for (int i = 0; i < first.length(user); i++) {
        long e = first.start(user) + i;
        long f = second.start(user) + i;
        String where = whose + ", event " + i;
        item(expected, first.item(e), actual, second.item(f), items, where);
        query(expected.queries(), first.query(e), actual.queries(), second.query(f), where);
        if (has(Part.TIMES) && first.hasTimes()) {
          assertEquals(first.time(e), second.time(f), where + ": time");
        }
        if (has(Part.ACTIONS)) {
          assertEquals(first.action(e), second.action(f), where + ": action");
        }
      }
    }
  }

  private void exposures(Corpus expected, Corpus actual, Map<String, String> items) {
    assertEquals(
        expected.exposures().isPresent(), actual.exposures().isPresent(), "corpus with exposures");
    if (expected.exposures().isEmpty()) {
      return;
    }
    Exposures first = expected.exposures().get();
    Exposures second = actual.exposures().get();
    boolean times = has(Part.TIMES) && first.hasTimes() && second.hasTimes();
    for (int user = 0; user < first.users(); user++) {
      String whose = "user " + expected.histories().userId(user);
      long size = first.start(user + 1) - first.start(user);
      assertEquals(size, second.start(user + 1) - second.start(user), whose + ": exposures");
      for (long i = 0; i < size; i++) {
        long e = first.start(user) + i;
        long f = second.start(user) + i;
        String where = whose + ", exposure " + i;
        item(expected, first.item(e), actual, second.item(f), items, where);
        query(expected.queries(), first.query(e), actual.queries(), second.query(f), where);
        assertEquals(first.clicked(e), second.clicked(f), where + ": clicked");
        assertEquals(first.position(e), second.position(f), where + ": position");
        if (times) {
          assertEquals(first.time(e), second.time(f), where + ": time");
        }
      }
    }
  }

  private void item(
      Corpus expected, int item, Corpus actual, int other, Map<String, String> items, String at) {
    String id = expected.catalog().originalId(item);
    String image = actual.catalog().originalId(other);
    if (has(Part.ITEM_IDS)) {
      assertEquals(id, image, at + ": item");
    }
    String before = items.putIfAbsent(id, image);
    assertTrue(
        before == null || before.equals(image), () -> at + ": " + id + " was " + before + " once");
  }

  private void query(Queries first, int query, Queries second, int other, String at) {
    if (has(Part.QUERIES)) {
      assertEquals(words(first, query), words(second, other), at + ": query");
    }
    if (has(Part.QUERY_TEXTS)) {
      assertEquals(first.text(query), second.text(other), at + ": query");
    }
  }

  private static List<String> words(Queries queries, int query) {
    return Arrays.stream(queries.tokens(query)).mapToObj(queries::keyword).toList();
  }

  private void items(Catalog expected, Catalog actual, Map<String, String> items) {
    Map<String, Integer> first = numbers(expected);
    Map<String, Integer> second = numbers(actual);
    Map<String, List<String>> rows = new HashMap<>();
    Map<String, List<String>> others = new HashMap<>();
    items.forEach(
        (id, image) -> {
          int item = first.get(id);
          int other = second.get(image);
          if (has(Part.TEXTS)) {
            assertEquals(expected.text(item), actual.text(other), () -> "text of item " + id);
          }
          collect(expected, item, id, rows);
          collect(actual, other, id, others);
        });
    if (has(Part.ATTRIBUTE_NAMES)) {
      assertEquals(new TreeMap<>(rows), new TreeMap<>(others), "attributes and their items");
    } else if (has(Part.ATTRIBUTES)) {
      // Attributes can be renamed one-to-one if and only if their sets of items can be paired.
      assertEquals(sets(rows), sets(others), "sets of items of one attribute");
    }
  }

  private static Map<String, Integer> numbers(Catalog catalog) {
    Map<String, Integer> numbers = new HashMap<>();
    for (int item = 1; item <= catalog.size(); item++) {
      numbers.put(catalog.originalId(item), item);
    }
    return numbers;
  }

  private static void collect(Catalog catalog, int item, String id, Map<String, List<String>> to) {
    for (int attribute : catalog.attributes(item)) {
      to.computeIfAbsent(catalog.attributeName(attribute), name -> new ArrayList<>()).add(id);
    }
  }

  private static List<String> sets(Map<String, List<String>> rows) {
    List<String> sets = new ArrayList<>();
    rows.values().forEach(ids -> sets.add(String.join(" ", ids)));
    Collections.sort(sets);
    return sets;
  }
}
