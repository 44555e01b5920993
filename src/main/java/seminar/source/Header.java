package seminar.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Where the wanted columns of a table stand.
 *
 * @param width how many columns the table has
 * @param places the place of each wanted column; −1 for one that may be missing and is
 */
record Header(int width, int[] places) {
  static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * Finds columns by name.
   *
   * @throws IOException if a required column is missing, or a wanted one is there twice
   */
  static Header of(Path file, String[] names, List<String> required, List<String> optional)
      throws IOException {
    List<String> found = Arrays.asList(names);
    found.set(0, unmarked(names[0]));
    int[] places = new int[required.size() + optional.size()];
    for (int i = 0; i < places.length; i++) {
      boolean must = i < required.size();
      String name = must ? required.get(i) : optional.get(i - required.size());
      places[i] = found.indexOf(name);
      if (places[i] < 0 && must || found.lastIndexOf(name) != places[i]) {
        throw new IOException(
            "%s has the columns %s: %s must be there once; is it another file?"
                .formatted(file, String.join(", ", found), name));
      }
    }
    return new Header(names.length, places);
  }

  /** The name of a first column without the mark that may stand before it. */
  static String unmarked(String name) {
    return name.startsWith(BYTE_ORDER_MARK) ? name.substring(1) : name;
  }

  /** The wanted fields of a line; a column that is missing gives an empty one. */
  String[] pick(String[] fields) throws MalformedLine {
    return pick(fields.length, i -> fields[i]);
  }

  /** As {@link #pick(String[])} where only the wanted fields are asked for. */
  String[] pick(int count, IntFunction<String> field) throws MalformedLine {
    if (count != width) {
      throw new MalformedLine("%d fields, not %d".formatted(count, width));
    }
    String[] picked = new String[places.length];
    for (int i = 0; i < places.length; i++) {
      picked[i] = places[i] < 0 ? "" : MalformedLine.text(field.apply(places[i]));
    }
    return picked;
  }
}
