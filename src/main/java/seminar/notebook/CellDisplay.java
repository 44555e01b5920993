package seminar.notebook;

import org.dflib.jjava.jupyter.kernel.BaseNotebookStatics;

/** Shows something, each time in place of what it showed before. */
interface CellDisplay<T> {
  /** Replaces what is shown. */
  void show(T value);

  /** What was shown stays: the next value has a place of its own. */
  default void end() {}

  /** Below the cell that runs. */
  static <T> CellDisplay<T> below() {
    return new CellDisplay<>() {
      private String id;

      @Override
      public void show(T value) {
        if (id == null) {
          id = BaseNotebookStatics.display(value);
        } else {
          BaseNotebookStatics.updateDisplay(id, value);
        }
      }

      @Override
      public void end() {
        id = null;
      }
    };
  }
}
