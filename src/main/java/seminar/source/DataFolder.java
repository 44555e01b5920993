package seminar.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The folder that a reader was given: which files are there, and where they are instead. */
public final class DataFolder {
  private static final List<String> PACKED = List.of(".gz", ".zst");

  /** A folder with more in it is not searched to its end. */
  private static final int MOST = 20_000;

  private static final int DEPTH = 3;

  private DataFolder() {}

  /**
   * The file if it is there; else the same unpacked, or packed with gzip or Zstandard, if that is
   * there.
   */
  public static Path packedOrNot(Path file) {
    Path bare = file.resolveSibling(unpacked(file.getFileName().toString()));
    Stream<Path> packed = PACKED.stream().map(end -> bare.resolveSibling(bare.getFileName() + end));
    return Stream.concat(Stream.of(file, bare), packed)
        .filter(Files::exists)
        .findFirst()
        .orElse(file);
  }

  /** Whether a file is there, packed or not. */
  public static boolean has(Path file) {
    return Files.exists(packedOrNot(file));
  }

  /**
   * What to add to the refusal of a folder: the folder below it that has what is looked for; empty
   * if there is none.
   *
   * @param isOne whether a file of this name, unpacked, is looked for
   */
  public static String below(Path folder, Predicate<String> isOne) {
    if (folder == null || !Files.isDirectory(folder)) {
      return "";
    }
    try (Stream<Path> files = Files.walk(folder, DEPTH)) {
      return files
          .limit(MOST)
          .filter(file -> isOne.test(unpacked(file.getFileName().toString())))
          .filter(Files::isRegularFile)
          .map(Path::getParent)
          .filter(place -> !place.equals(folder))
          .sorted()
          .findFirst()
          .map("; but %s has it: give that"::formatted)
          .orElse("");
    } catch (IOException | UncheckedIOException e) {
      // A folder that may not be read has no better advice.
      return "";
    }
  }

  /** A name without {@code .gz} or {@code .zst}. */
  public static String unpacked(String name) {
    return PACKED.stream()
        .filter(name::endsWith)
        .findFirst()
        .map(end -> name.substring(0, name.length() - end.length()))
        .orElse(name);
  }
}
