package seminar.terminal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import seminar.kernel.Libraries;

/** A library that is fetched at first use, with a word before. */
public final class FetchedLibrary {
  private FetchedLibrary() {}

  /**
   * The file of a library alone ({@link Libraries#file}); says how large it is before it is
   * fetched, and how much of it has come.
   *
   * @param coordinates {@code group:artifact:version}
   * @param size its bytes
   * @throws IOException if it cannot be had: where it was looked for and what to do
   */
  public static Path file(String coordinates, long size, Console console) throws IOException {
    try {
      return Libraries.file(coordinates, bytes -> tell(coordinates, bytes, size, console));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static void tell(String coordinates, long bytes, long size, Console console) {
    if (bytes == 0) {
      console.remark(
          String.format(
              Locale.ROOT,
              "fetching %s, %.1f MB, once, into the local Maven repository",
              coordinates,
              size / 1e6));
    }
    console.at("fetching", bytes, size);
  }
}
