package seminar.source.s3rec;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import seminar.source.MalformedLine;

/**
 * A line of numbers between blanks.
 *
 * @param user the first
 * @param items the others, of at least 1
 */
record S3RecLine(int user, int[] items) {
  static S3RecLine of(String text, String what) throws MalformedLine {
    String[] fields = fields(text);
    int[] items = new int[fields.length - 1];
    for (int i = 0; i < items.length; i++) {
      items[i] = positive(what, fields[i + 1]);
    }
    return new S3RecLine(user(fields), items);
  }

  /** The items, each by its number in a catalogue. */
  IntStream numbers(Map<Integer, Integer> catalog) {
    return Arrays.stream(items).map(catalog::get);
  }

  /** The fields of a line; at least two. */
  static String[] fields(String text) throws MalformedLine {
    String[] fields = text.strip().split("\\s+");
    if (fields.length < 2) {
      throw new MalformedLine("it has no two fields");
    }
    return fields;
  }

  static int user(String[] fields) throws MalformedLine {
    return MalformedLine.id("user", fields[0]);
  }

  /** A number of at least 1: 0 fills the format's sequences up. */
  static int positive(String name, String text) throws MalformedLine {
    int number = MalformedLine.id(name, text);
    if (number < 1) {
      throw new MalformedLine("%s is %d, less than 1".formatted(name, number));
    }
    return number;
  }
}
