package seminar.rank;

import seminar.data.Histories;
import seminar.data.Split;
import seminar.data.TrainingClicks;

/**
 * Ranks by how often an item was clicked in the training part of all histories: the control that
 * every table must have, since it is strong against uniform negatives.
 */
public final class Popularity implements Ranker {
  private final float[] clicks;
  private final float all;

  private Popularity(float[] clicks) {
    this.clicks = clicks;
    double sum = 1;
    for (float count : clicks) {
      sum += count;
    }
    all = (float) sum;
  }

  /** Counts the events before each user's validation target. */
  public static Popularity fit(Histories histories, Split split, int items) {
    TrainingClicks counted = TrainingClicks.of(histories, split, items);
    float[] clicks = new float[items + 1];
    for (int item = 1; item <= items; item++) {
      clicks[item] = counted.of(item);
    }
    return new Popularity(clicks);
  }

  /** How many items there are. */
  int items() {
    return clicks.length - 1;
  }

  /** How often the item was clicked in training. */
  float clicks(int item) {
    return clicks[item];
  }

  /** The item's share of all clicks and one more, so that it is below 1. */
  float share(int item) {
    return clicks[item] / all;
  }

  @Override
  public float[][] score(Requests requests) {
    return EachRequest.score(
        requests,
        () ->
            (user, position, candidates, scores) -> {
              for (int c = 0; c < scores.length; c++) {
                scores[c] = clicks[candidates[c]];
              }
            });
  }
}
