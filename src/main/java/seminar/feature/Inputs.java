package seminar.feature;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import seminar.data.Queries;
import seminar.math.Checks;

/**
 * Numbered things to encode: 0 .. size() - 1.
 *
 * @param <T> what is encoded
 */
public interface Inputs<T> {
  /** How many there are. */
  int size();

  /** Differs whenever a thing, or their order, differs. */
  String fingerprint();

  /**
   * A thing, or nothing where this number has none; called by several threads at once.
   *
   * @throws IOException if there is one but it cannot be read; the message names it
   */
  Optional<T> get(int index) throws IOException;

  /**
   * Texts by number; a blank one is nothing.
   *
   * @param text gives the same text at every call, on any thread
   */
  static Inputs<String> texts(int size, IntFunction<String> text) {
    Checks.atLeast(0, "size", size);
    Fingerprint all = new Fingerprint();
    for (int i = 0; i < size; i++) {
      all.add(text.apply(i).getBytes(StandardCharsets.UTF_8));
    }
    record Texts(int size, String fingerprint, IntFunction<String> text) implements Inputs<String> {
      @Override
      public Optional<String> get(int index) {
        return Optional.of(text.apply(index)).filter(found -> !found.isBlank());
      }
    }
    return new Texts(size, all.hex(), text);
  }

  /** Texts in order; a blank one is nothing. */
  static Inputs<String> texts(List<String> texts) {
    List<String> copy = List.copyOf(texts);
    return texts(copy.size(), copy::get);
  }

  /**
   * The texts of queries by their numbers, so that row {@code q} of the matrix is query {@code q};
   * query 0, the empty query, is nothing and has the zero row.
   */
  static Inputs<String> queries(Queries queries) {
    return texts(queries.size() + 1, queries::text);
  }
}
