package seminar.kernel;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongConsumer;

/** Libraries by their names: for code that runs in a cell, and as files for any code. */
public final class Libraries {
  private Libraries() {}

  /**
   * Adds libraries with what they need; the cells and lines below can use them.
   *
   * @param coordinates {@code group:artifact:version}, {@code group:artifact:extension:version} or
   *     {@code group:artifact:extension:classifier:version} each
   * @throws IllegalArgumentException if one is not found: where it was looked for and what to do
   * @throws IllegalStateException outside a notebook on this kernel
   */
  public static void add(String... coordinates) {
    JavaKernel.ofNotebook()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "libraries can be added in a notebook on Seminar's kernel only: elsewhere put"
                        + " them on the class path"))
        .addLibraries(List.of(coordinates));
  }

  /**
   * The file of a library alone, without what it needs and without being put on the class path: in
   * the local Maven repository, fetched into it at first use as Maven does (settings, mirrors and
   * checksums included). Needs no notebook.
   *
   * @param coordinates as in {@link #add}
   * @param bytes hears how many bytes have come, 0 before the first; nothing if the local
   *     repository has the file
   * @throws IllegalArgumentException if it is not found: where it was looked for and what to do
   */
  public static Path file(String coordinates, LongConsumer bytes) {
    return new MavenRepositories().file(coordinates, bytes);
  }
}
