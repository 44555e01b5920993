package seminar.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The folder that a reader was given: which files are there, and where they are instead. */
public final class DataFolder {
  private static final String PACKED = ".gz";

  /** A folder with more in it is not searched to its end. */
  private static final int MOST = 20_000;

  private static final int DEPTH = 3;

  private DataFolder() {}

  /** The file if it is there; else the same packed with gzip, or unpacked, if that is there. */
  public static Path packedOrNot(Path file) {
    String name = file.getFileName().toString();
    Path other = file.resolveSibling(name.endsWith(PACKED) ? unpacked(name) : name + PACKED);
    return !Files.exists(file) && Files.exists(other) ? other : file;
  }

  /** Whether a file is there, packed or not. */
  public static boolean has(Path file) {
    return Files.exists(packedOrNot(file));
  }

  /**
   * What to add to the refusal of a folder: the folder below it that has what is looked for; empty
   * if there is none.
   *
   * @param isOne whether a file of this name, without {@code .gz}, is looked for
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

  /** A name without {@code .gz}. */
  public static String unpacked(String name) {
    return name.endsWith(PACKED) ? name.substring(0, name.length() - PACKED.length()) : name;
  }
}
