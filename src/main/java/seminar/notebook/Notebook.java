package seminar.notebook;

import seminar.kernel.Libraries;
import seminar.kernel.VariableList;

/** What a cell asks of the notebook it is in. */
public final class Notebook {
  private Notebook() {}

  /**
   * Adds libraries from Maven repositories, with what they need; the lines and cells below can use
   * them. The same as the line {@code %maven} of the kernel.
   *
   * @param coordinates {@code group:artifact:version}, {@code group:artifact:extension:version} or
   *     {@code group:artifact:extension:classifier:version} each
   * @throws IllegalArgumentException if one is not found: where it was looked for and what to do
   * @throws IllegalStateException outside a notebook
   */
  public static void library(String... coordinates) {
    Libraries.add(coordinates);
  }

  /**
   * The variables that cells have declared so far, as a table of names, types and short values. The
   * same as the line {@code %variables} of the kernel.
   *
   * @throws IllegalStateException outside a notebook
   */
  public static VariableList variables() {
    return VariableList.ofNotebook();
  }
}
