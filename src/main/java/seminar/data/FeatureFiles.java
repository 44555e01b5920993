package seminar.data;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the matrices of item features lie that came with a corpus, as {@code .npy} files; {@link
 * Catalog#textRow} and {@link Catalog#imageRow} are their rows.
 *
 * @param text the text features, if they came ready-made
 * @param image the picture features, if they came ready-made
 */
public record FeatureFiles(Optional<Path> text, Optional<Path> image) {
  /** A corpus without ready-made features. */
  public static FeatureFiles none() {
    return new FeatureFiles(Optional.empty(), Optional.empty());
  }
}
