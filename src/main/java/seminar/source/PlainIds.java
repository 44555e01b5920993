package seminar.source;

import java.util.function.IntFunction;
import java.util.regex.Pattern;
import seminar.data.Catalog;
import seminar.data.Histories;

/**
 * Ids for formats that know none but whole numbers: those of the corpus where all of them are such
 * numbers, else the corpus' own numbers.
 *
 * @param users the id of a user
 * @param items the id of an item
 */
record PlainIds(IntFunction<String> users, IntFunction<String> items) {
  /** What a reader of numbers would write again in the same way. */
  private static final Pattern PLAIN = Pattern.compile("0|[1-9][0-9]{0,17}");

  /**
   * The ids of a corpus. Ids of users must rise as well: readers order users by them, and the order
   * would be another one.
   */
  static PlainIds of(Catalog catalog, Histories histories) {
    boolean plainItems = true;
    for (int item = 1; plainItems && item <= catalog.size(); item++) {
      plainItems = PLAIN.matcher(catalog.originalId(item)).matches();
    }
    long last = -1;
    boolean plainUsers = true;
    for (int user = 0; plainUsers && user < histories.users(); user++) {
      String id = histories.userId(user);
      plainUsers = PLAIN.matcher(id).matches() && Long.parseLong(id) > last;
      last = plainUsers ? Long.parseLong(id) : last;
    }
    return new PlainIds(
        plainUsers ? histories::userId : Integer::toString,
        plainItems ? catalog::originalId : Integer::toString);
  }
}
