package seminar.feature;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects which inputs got no vector, and why. */
final class Outcomes {
  static final int ABSENT = -1;

  /** Why an input has no vector. */
  enum Lack {
    MISSING,
    ZERO,
    UNREADABLE
  }

  private final int[] rows;
  private final int[] counts = new int[Lack.values().length];
  private final List<String> reasons = new ArrayList<>();

  Outcomes(int inputs) {
    rows = new int[inputs];
    for (int i = 0; i < inputs; i++) {
      rows[i] = i;
    }
  }

  void lacks(int input, Lack lack, String reason) {
    if (rows[input] == ABSENT) {
      throw new IllegalArgumentException("input %d is named twice".formatted(input));
    }
    rows[input] = ABSENT;
    counts[lack.ordinal()]++;
    if (lack == Lack.UNREADABLE && reasons.size() < Encoded.REASONS) {
      reasons.add(reason);
    }
  }

  Encoded in(Path file) {
    return new Encoded(
        file,
        rows,
        counts[Lack.MISSING.ordinal()],
        counts[Lack.ZERO.ordinal()],
        counts[Lack.UNREADABLE.ordinal()],
        reasons);
  }
}
