package seminar.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.model.GivenItem;
import seminar.rank.Recommended;
import seminar.search.PairTable;

/**
 * Users and items by id and by number: those of a corpus, and those that came later, whose numbers
 * follow. Thread-safe.
 */
final class Newcomers {
  private final Corpus corpus;
  private final PairTable table;
  private final int eos;
  private final Map<String, Integer> users = new HashMap<>(); // of the corpus too once asked for
  private final Map<String, Integer> items = new HashMap<>();
  private final List<String> laterUsers = new ArrayList<>();
  private final List<String> laterItems = new ArrayList<>();
  private final List<String> titles = new ArrayList<>();

  Newcomers(Corpus corpus, PairTable table) {
    this.corpus = corpus;
    this.table = table;
    this.eos = corpus.catalog().eos();
  }

  synchronized int users() {
    return corpus.histories().users() + laterUsers.size();
  }

  synchronized int user(String id) {
    Integer user = usersById().get(id);
    if (user == null) {
      throw new IllegalArgumentException(
          "there is no user %s: add them, or give an id of %s"
              .formatted(id, corpus.manifest().name()));
    }
    return user;
  }

  private Map<String, Integer> usersById() {
    if (users.size() == laterUsers.size()) { // corpora without users have nothing to enter
      for (int user = 0; user < corpus.histories().users(); user++) {
        users.putIfAbsent(corpus.histories().userId(user), user);
      }
    }
    return users;
  }

  synchronized String userId(int user) {
    int known = corpus.histories().users();
    return user < known ? corpus.histories().userId(user) : laterUsers.get(user - known);
  }

  void checkUser(int user) {
    if (user < 0 || user >= users()) {
      throw new IllegalArgumentException(
          "there is no user with the number %d: there are 0..%d".formatted(user, users() - 1));
    }
  }

  synchronized void checkNewUser(String id) {
    if (usersById().containsKey(id)) {
      throw new IllegalArgumentException(
          "user %s is there already, with the number %d".formatted(id, users.get(id)));
    }
  }

  synchronized int addUser(String id) {
    usersById().put(id, users());
    laterUsers.add(id);
    return users() - 1;
  }

  synchronized int item(String id) {
    Integer item = itemsById().get(id);
    if (item == null) {
      throw new IllegalArgumentException(
          "there is no item %s: add it, or give an id of %s"
              .formatted(id, corpus.manifest().name()));
    }
    return item;
  }

  private Map<String, Integer> itemsById() {
    Catalog catalog = corpus.catalog();
    if (items.size() == laterItems.size()) {
      for (int item = 1; item <= catalog.size(); item++) {
        items.putIfAbsent(catalog.originalId(item), item);
      }
    }
    return items;
  }

  /** The numbers of all items. */
  synchronized IntStream items() {
    return IntStream.concat(
        IntStream.rangeClosed(1, corpus.catalog().size()),
        IntStream.rangeClosed(eos + 1, eos + laterItems.size()));
  }

  void checkItem(int item) {
    if (item < 1 || item == eos || item >= table.items()) {
      throw new IllegalArgumentException(
          "there is no item with the number %d: there are 1..%d%s"
              .formatted(
                  item,
                  corpus.catalog().size(),
                  table.items() > eos + 1
                      ? " and %d..%d".formatted(eos + 1, table.items() - 1)
                      : ""));
    }
  }

  /** Adds an item once it is kept. */
  synchronized int addItem(String id, String title, GivenItem item, PairTable.Keeping keeping)
      throws IOException {
    if (itemsById().containsKey(id)) {
      throw new IllegalArgumentException(
          "item %s is there already, with the number %d".formatted(id, items.get(id)));
    }
    int number = table.add(List.of(item), keeping);
    items.put(id, number);
    laterItems.add(id);
    titles.add(title);
    return number;
  }

  /** An item with what a person reads of it. */
  synchronized Recommended named(int item, float score) {
    Catalog catalog = corpus.catalog();
    return item < eos
        ? new Recommended(item, catalog.originalId(item), catalog.text(item), score)
        : new Recommended(item, laterItems.get(item - eos - 1), titles.get(item - eos - 1), score);
  }
}
