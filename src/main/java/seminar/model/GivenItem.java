package seminar.model;

import java.util.Optional;

/**
 * What an item looks like that is in no catalogue: one that came after training. It has no vector
 * of its own, so its attributes speak for it.
 *
 * @param text its text features, of any length but zero; empty where it has none
 * @param image its picture features; empty where it has none
 * @param attributes numbers of attributes of the catalogue
 */
public record GivenItem(Optional<float[]> text, Optional<float[]> image, int[] attributes) {
  /** Checks the numbers. */
  public GivenItem {
    text.ifPresent(row -> check("text", row));
    image.ifPresent(row -> check("picture", row));
  }

  private static void check(String of, float[] row) {
    for (int i = 0; i < row.length; i++) {
      if (!Float.isFinite(row[i])) {
        throw new IllegalArgumentException(
            "number %d of the %s features is %s: it must be finite".formatted(i, of, row[i]));
      }
    }
  }
}
