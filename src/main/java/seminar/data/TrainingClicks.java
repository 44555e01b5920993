package seminar.data;

/** How often each item occurs in the training part of all histories, by the number of the item. */
public final class TrainingClicks {
  private final Histories histories;
  private final Split split;
  private final int[] counts;

  private TrainingClicks(Histories histories, Split split, int[] counts) {
    this.histories = histories;
    this.split = split;
    this.counts = counts;
  }

  /**
   * Counts the events that training may know: positions {@code [0, trainEnd)} of each history.
   *
   * @param items the largest number of an item
   */
  public static TrainingClicks of(Histories histories, Split split, int items) {
    int[] counts = new int[items + 1];
    for (int user = 0; user < histories.users(); user++) {
      long start = histories.start(user);
      for (long event = start; event < start + split.trainEnd(user); event++) {
        int item = histories.item(event);
        counts[item] = Math.incrementExact(counts[item]);
      }
    }
    return new TrainingClicks(histories, split, counts);
  }

  /** How often the item occurs. */
  public int of(int item) {
    return counts[item];
  }

  /**
   * How often the item occurs, but for the training target that is asked about: what is asked about
   * in the end was never counted, and a count that gives the answer away in training would be
   * learned and be wrong there.
   */
  public int others(int user, int position, int item) {
    boolean own =
        position < split.trainEnd(user) && histories.item(histories.start(user) + position) == item;
    return counts[item] - (own ? 1 : 0);
  }
}
