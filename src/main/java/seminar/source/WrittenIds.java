package seminar.source;

import java.util.function.IntFunction;
import seminar.data.Catalog;
import seminar.data.Corpus;
import seminar.data.Histories;

/**
 * Ids for formats whose ids are numbers: those of the corpus where all of them are plain numbers in
 * the format's range (and, for users, rise, so that a reader that sorts by number keeps their
 * order); else the corpus' own numbers, from 1.
 */
public final class WrittenIds {
  private final Corpus corpus;
  private final boolean originalItems;
  private final boolean originalUsers;

  private WrittenIds(Corpus corpus, boolean originalItems, boolean originalUsers) {
    this.corpus = corpus;
    this.originalItems = originalItems;
    this.originalUsers = originalUsers;
  }

  /** Ids for a format of numbers that fit 63 bits. */
  public static WrittenIds of(Corpus corpus) {
    return of(corpus, 0, Long.MAX_VALUE);
  }

  /** Ids for a format of numbers in {@code [least, most]}. */
  public static WrittenIds of(Corpus corpus, long least, long most) {
    Catalog catalog = corpus.catalog();
    Histories histories = corpus.histories();
    return new WrittenIds(
        corpus,
        numbers(item -> catalog.originalId(item + 1), catalog.size(), least, most, false),
        numbers(histories::userId, histories.users(), least, most, true));
  }

  private static boolean numbers(
      IntFunction<String> ids, int size, long least, long most, boolean rising) {
    long before = least - 1;
    for (int i = 0; i < size; i++) {
      String id = ids.apply(i);
      if (!isNumber(id) || Long.parseLong(id) > most || Long.parseLong(id) <= before) {
        return false;
      }
      before = rising ? Long.parseLong(id) : before;
    }
    return true;
  }

  /** Whether a text is a number of at least 0 as a computer would write it. */
  public static boolean isNumber(String text) {
    int length = text.length();
    return length > 0
        && length <= 18
        && (length == 1 || text.charAt(0) != '0')
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The id that an item is written with. */
  public String item(int item) {
    return originalItems ? corpus.catalog().originalId(item) : Integer.toString(item);
  }

  /** The id that a user is written with. */
  public String user(int user) {
    return originalUsers ? corpus.histories().userId(user) : Integer.toString(user + 1);
  }
}
