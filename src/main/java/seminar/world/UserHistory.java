package seminar.world;

/**
 * One history as it was drawn.
 *
 * @param items the item of each event
 * @param phrases what was typed, or {@link Phrases#NONE}
 * @param times milliseconds since 1970, whole seconds, rising
 * @param intents the intent each event followed, or {@link Truth#WANDERING}
 * @param shown the slates [events × slate], the item of the event among them; none if slates are
 *     not recorded
 * @param odds the log-odds of a click on each item that was shown
 */
record UserHistory(
    int[] items, int[] phrases, long[] times, byte[] intents, int[] shown, float[] odds) {
  UserHistory(int length, int slate) {
    this(
        new int[length],
        new int[length],
        new long[length],
        new byte[length],
        new int[length * slate],
        new float[length * slate]);
  }
}
