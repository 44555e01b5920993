package seminar.options;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The names that somebody may have meant. */
final class Nearest {
  /** As many names are all listed. */
  private static final int FEW = 16;

  private Nearest() {}

  /** What to say of a path that is not there. */
  static String advice(String path, List<String> paths) {
    return paths.size() <= FEW
        ? "there is " + String.join(", ", paths)
        : "did you mean %s?".formatted(String.join(" or ", of(path, paths)));
  }

  /** The paths that share the last name, or else those of the least edits. */
  static List<String> of(String path, List<String> paths) {
    String last = last(path);
    List<String> same = paths.stream().filter(p -> last(p).equals(last)).limit(4).toList();
    return same.isEmpty()
        ? paths.stream()
            .sorted(Comparator.comparingInt(p -> edits(last, last(p))))
            .limit(3)
            .toList()
        : same;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** How many letters must be put in, left out or changed to make one word of the other. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
