package seminar.file;

/** Hears how far a long piece of work has come; the caller decides how to show it. */
@FunctionalInterface
public interface Progress {
  /**
   * Called now and then, always by the thread that does the work.
   *
   * @param what the step at hand, such as {@code "reading ratings.csv"}
   * @param done units done so far
   * @param total units in all; 0 while it is not known
   */
  void at(String what, long done, long total);

  /** A listener that does nothing. */
  static Progress silent() {
    return (what, done, total) -> {};
  }
}
