package seminar.kernel;

import java.util.List;

/** Libraries by their names, for code that runs in a cell. */
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
}
