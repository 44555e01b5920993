package seminar.source;

/** What a line of a log says of an item and a user. */
enum Role {
  /** The user took it; nothing is said of what was shown. */
  LIVED(true, false, true),
  /** It was shown and the user took it: an event of the life and an exposure. */
  TAKEN(true, true, true),
  /** It was shown and the user took it, but it is no event of the life that is kept. */
  CLICKED(false, true, true),
  /** It was shown and the user did not take it. */
  PASSED(false, true, false);

  final boolean lived;
  final boolean shown;
  final boolean clicked;

  Role(boolean lived, boolean shown, boolean clicked) {
    this.lived = lived;
    this.shown = shown;
    this.clicked = clicked;
  }
}
