package seminar.feature;

import java.nio.file.Path;
import java.util.List;

/**
 * What became of the inputs of an {@link Encoding}.
 *
 * @param file the matrix: row {@code i} is the vector of input {@code i}, or zero
 * @param rows {@code rows[i]} is {@code i}, or −1 if input {@code i} has no vector; not copied
 * @param missing how many inputs were nothing
 * @param zero how many had the zero vector, such as a text without a known word
 * @param unreadable how many could not be read or encoded
 * @param reasons why, for the first {@value #REASONS} of these
 */
public record Encoded(
    Path file, int[] rows, int missing, int zero, int unreadable, List<String> reasons) {
  /** How many reasons are kept. */
  public static final int REASONS = 10;

  /** Copies the reasons. */
  public Encoded {
    reasons = List.copyOf(reasons);
  }

  /** How many inputs have a vector. */
  public int encoded() {
    return rows.length - missing - zero - unreadable;
  }
}
