package seminar.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for one piece of work, gone with all that it holds when the work is over.
 *
 * @param path where it is
 */
public record TemporaryFolder(Path path) implements AutoCloseable {
  /**
   * An empty folder where the system keeps such things.
   *
   * @param name what its name begins with
   * @throws IOException if it cannot be made
   */
  public static TemporaryFolder of(String name) throws IOException {
    return new TemporaryFolder(Files.createTempDirectory(name));
  }

  /**
   * An empty folder within another, for work that needs the room there.
   *
   * @param name what its name begins with
   * @throws IOException if it cannot be made
   */
  public static TemporaryFolder in(Path folder, String name) throws IOException {
    return new TemporaryFolder(Files.createTempDirectory(folder, name));
  }

  /** Deletes it; it may be gone already. */
  @Override
  public void close() throws IOException {
    delete(path);
  }

  /**
   * Deletes a file or a folder with all that it holds; nothing happens if there is none. Links are
   * deleted, not followed.
   *
   * @throws IOException if something cannot be deleted; what was before it is gone
   */
  public static void delete(Path folder) throws IOException {
    List<Path> inside;
    try (Stream<Path> files = Files.walk(folder)) {
      inside = files.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    }
    for (Path file : inside) {
      Files.deleteIfExists(file);
    }
  }
}
