package seminar.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import seminar.feature.OwnVectors;

/**
 * How features are made: by a way that has a name, or read from a person's own vectors.
 *
 * @param name the way; {@code own} for own vectors
 * @param file the own vectors, or the file behind {@code minilm=}
 */
record FeatureWay(String name, Optional<Path> file) {
  private static final String OWN = "own";
  static final String HASHED = "hashed";
  static final String LSA = "lsa";
  static final String MINILM = "minilm";
  static final String ONNX = "onnx";
  static final String DESCRIPTOR = "descriptor";

  /** Whether the vectors are a person's own. */
  boolean isOwn() {
    return is(OWN);
  }

  /** Whether it is this one. */
  boolean is(String other) {
    return name.equals(other);
  }

  private static FeatureWay of(String value, List<String> names) {
    String name = value.toLowerCase(Locale.ROOT);
    if (names.contains(name)) {
      return new FeatureWay(name, Optional.empty());
    }
    String prefix = MINILM + "=";
    if (names.contains(MINILM) && name.startsWith(prefix) && name.length() > prefix.length()) {
      return new FeatureWay(MINILM, Optional.of(Path.of(value.substring(prefix.length()))));
    }
    Path path = Path.of(value);
    if (OwnVectors.are(path)) {
      return new FeatureWay(OWN, Optional.of(path));
    }
    throw new TypeConversionException(
        "'%s' is none of %s, and neither a .npy file nor a folder of such"
            .formatted(value, String.join(", ", names)));
  }

  /** Ways for texts. */
  static final class OfTexts implements ITypeConverter<FeatureWay> {
    @Override
    public FeatureWay convert(String value) {
      return of(value, List.of(HASHED, LSA, MINILM, ONNX));
    }
  }

  /** Ways for pictures. */
  static final class OfPictures implements ITypeConverter<FeatureWay> {
    @Override
    public FeatureWay convert(String value) {
      return of(value, List.of(DESCRIPTOR, ONNX));
    }
  }
}
