package seminar.notebook;

import seminar.file.Markup;

/**
 * What an exercise says to an answer; shown below the cell.
 *
 * <p>The text is plain: its formulas are written in letters and signs.
 */
public final class Feedback {
  private final State state;
  private final String title;
  private final String text;

  /** How an answer stands. */
  public enum State {
    /** Nobody has answered yet. */
    OPEN("#767676"),
    /** The answer is right. */
    RIGHT("#009E73"),
    /** The answer is wrong. */
    WRONG("#D55E00"),
    /** The solution is shown. */
    SOLUTION("#0072B2");

    private final String colour;

    State(String colour) {
      this.colour = colour;
    }
  }

  Feedback(State state, String title, String text) {
    this.state = state;
    this.title = title;
    this.text = text;
  }

  /** How the answer stands. */
  public State state() {
    return state;
  }

  /** What is said about it. */
  public String text() {
    return text;
  }

  String html() {
    return "<div style=\"border-left: 4px solid %s; padding: 0.2em 0.8em\"><b>%s</b> %s</div>"
        .formatted(state.colour, Markup.escape(title), Markup.escape(text));
  }

  @Override
  public String toString() {
    return title + " " + text;
  }
}
