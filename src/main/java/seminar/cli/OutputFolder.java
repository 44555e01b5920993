package seminar.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders for results, checked before any work is done. */
final class OutputFolder {
  private OutputFolder() {}

  /**
   * Makes the folder where it is missing and checks that a file can be written there.
   *
   * @return the folder
   * @throws IOException if it is no folder or cannot be written to
   */
  static Path prepare(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "seminar", ".probe"));
    } catch (IOException e) {
      throw new IOException(
          "cannot write to %s: name another folder with --out".formatted(folder), e);
    }
    return folder;
  }

  /**
   * Checks before long work that its file can be written.
   *
   * @param option the option that names it
   * @throws IOException if not
   */
  static Path forFile(Path file, String option) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException("%s is a folder: name a file with %s".formatted(file, option));
    }
    prepare(file.toAbsolutePath().getParent());
    return file;
  }
}
