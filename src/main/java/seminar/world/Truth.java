package seminar.world;

import seminar.math.Checks;

/**
 * What is true in a planted world and what no model is told.
 *
 * <p>Intents count from 0. {@link #WANDERING} is the intent of an event that followed none.
 */
public final class Truth {
  /** The intent of an event whose item was picked from the whole catalogue. */
  public static final int WANDERING = -1;

  private final int intents;
  private final int[] itemIntents; // [items + 1], entry 0 unused
  private final int[] textIntents;
  private final int[] imageIntents;
  private final boolean[] cold;
  private final double[] weights;
  private final int[] eventIntents;

  Truth(int intents, ItemTable items, int[] eventIntents) {
    this.intents = intents;
    this.itemIntents = items.intents();
    this.textIntents = items.textIntents();
    this.imageIntents = items.imageIntents();
    this.cold = items.cold();
    this.weights = items.weights();
    this.eventIntents = eventIntents;
  }

  /** How many intents there are. */
  public int intents() {
    return intents;
  }

  /** A readable name, such as {@code coffee}. */
  public String name(int intent) {
    Checks.within(0, intents - 1, "intent", intent);
    return Topics.name(intent);
  }

  /** The intent an item belongs to. */
  public int intent(int item) {
    return itemIntents[item];
  }

  /** The intent that the item's title tells of; another than the item's where misaligned. */
  public int textIntent(int item) {
    return textIntents[item];
  }

  /** The intent that the item's picture shows; another than the item's where misaligned. */
  public int imageIntent(int item) {
    return imageIntents[item];
  }

  /** Whether the item is met only in the older half of lives. */
  public boolean cold(int item) {
    return cold[item];
  }

  /** The item's share of the popularity of its intent, by the Zipf law the world was made with. */
  public double popularity(int item) {
    return weights[item];
  }

  /** The intent that an event followed, or {@link #WANDERING}. */
  public int eventIntent(long event) {
    return eventIntents[Math.toIntExact(event)];
  }
}
