package seminar.source;

/** What a line of a log says of an item and a user. */
public enum Role {
  /** The user took it; nothing is said of what was shown. */
  EVENT(true, false, true),
  /** It was shown and the user took it: an event of the history and an exposure. */
  TAKEN(true, true, true),
  /** It was shown and the user took it, but it is no event of the history that is kept. */
  CLICKED(false, true, true),
  /** It was shown and the user did not take it. */
  PASSED(false, true, false);

  final boolean inHistory;
  final boolean shown;
  final boolean clicked;

  Role(boolean inHistory, boolean shown, boolean clicked) {
    this.inHistory = inHistory;
    this.shown = shown;
    this.clicked = clicked;
  }
}
