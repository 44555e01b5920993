package seminar.source;

import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * The numbers by which a format of numbers knows users or items: their ids in the log they came
 * from, if all of them are plain numbers of at most nine digits, else the corpus' own numbers,
 * counted from 1.
 */
final class PlainNumbers {
  private static final Pattern PLAIN = Pattern.compile("[1-9]\\d{0,8}");

  private final IntFunction<String> ids;
  private final int first;
  private final boolean plain;

  /**
   * Looks through all ids.
   *
   * @param ids the id of each number
   * @param first the first number
   * @param size how many numbers there are
   */
  PlainNumbers(IntFunction<String> ids, int first, int size) {
    this.ids = ids;
    this.first = first;
    boolean all = true;
    for (int number = first; all && number < first + size; number++) {
      all = PLAIN.matcher(ids.apply(number)).matches();
    }
    this.plain = all;
  }

  /** What is written for a number. */
  String of(int number) {
    return plain ? ids.apply(number) : Integer.toString(number - first + 1);
  }
}
