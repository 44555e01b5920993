package seminar.train;

import java.util.Arrays;
import java.util.Optional;
import seminar.data.Corpus;
import seminar.data.Histories;
import seminar.data.Queries;
import seminar.data.Split;
import seminar.data.TrainingClicks;
import seminar.model.ModelOptions;

/**
 * Features of user, item, user and item, and context of a candidate (paper §3.3.2: x_u, x_i, x_u2i,
 * x_context). The paper does not say which it has; these are the plain counts that every log
 * allows. Of the user's own history only what lies before the request is read; clicks on an item
 * are those in the training part of all histories.
 *
 * <pre>
 *   x_u        events so far;  share of searches among the last 50
 *   x_i        clicks on the item in training, but for the one that is asked about
 *   x_u2i      how often the user had the item among the last L events;  how lately
 *   x_context  time since the last event;  hour of the day as a point on a circle
 * </pre>
 *
 * <p>Counts and times are logarithmic, all numbers about 0 to 1. Without times x_context is zero. A
 * training target does not count its own click: what is asked about in the end was never counted,
 * and a count that gives the answer away in training would be learned and be wrong there.
 */
public final class SideFeatures {
  /** How many numbers a candidate has. */
  public static final int COUNT = 8;

  private static final int LATEST = 50;
  private static final double HOUR = 3_600_000;
  private static final double DAY = 24 * HOUR;

  private final Histories histories;
  private final int sequenceLength;
  private final TrainingClicks clicks;

  /**
   * Features of candidates of these histories.
   *
   * @param split says which clicks are known in training
   * @param sequenceLength L
   */
  public SideFeatures(Corpus corpus, Split split, int sequenceLength) {
    histories = corpus.histories();
    this.sequenceLength = sequenceLength;
    clicks = TrainingClicks.of(histories, split, corpus.catalog().eos());
  }

  /** Those that the click head of a model reads; empty if it reads none. */
  public static Optional<SideFeatures> of(Corpus corpus, Split split, ModelOptions model) {
    return model.head().sideFeatures() == 0
        ? Optional.empty()
        : Optional.of(new SideFeatures(corpus, split, model.sequenceLength()));
  }

  private static float logarithm(double count, double scale) {
    return (float) (Math.log1p(count) / scale);
  }

  /**
   * Writes the features of one candidate.
   *
   * @param position the request; only events before it are read, and its own time. After the whole
   *     history that time is not known, and the last event's stands for it
   * @param into receives {@link #COUNT} numbers from index {@code at} on
   */
  public void write(int user, int position, int item, float[] into, int at) {
    long start = histories.start(user);
    into[at] = logarithm(position, 8);
    into[at + 1] = searches(start, position);
    into[at + 2] = logarithm(clicks.others(user, position, item), 8);
    int times = 0;
    int distance = 0;
    for (int p = position - 1; p >= Math.max(0, position - sequenceLength); p--) {
      if (histories.item(start + p) == item) {
        times++;
        distance = distance == 0 ? position - p : distance;
      }
    }
    into[at + 3] = logarithm(times, 2);
    into[at + 4] = times == 0 ? 0 : 1 / (1 + logarithm(distance - 1.0, 1));
    Arrays.fill(into, at + 5, at + COUNT, 0);
    if (histories.hasTimes() && histories.length(user) > 0) {
      long now = histories.time(start + Math.min(position, histories.length(user) - 1));
      long last = position == 0 ? now : histories.time(start + position - 1);
      double angle = 2 * Math.PI * Math.floorMod(now, (long) DAY) / DAY;
      into[at + 5] = logarithm((now - last) / HOUR, 8);
      into[at + 6] = (float) Math.sin(angle);
      into[at + 7] = (float) Math.cos(angle);
    }
  }

  private float searches(long start, int position) {
    int from = Math.max(0, position - LATEST);
    int searches = 0;
    for (int p = from; p < position; p++) {
      searches += histories.query(start + p) == Queries.EMPTY ? 0 : 1;
    }
    return position == from ? 0 : (float) searches / (position - from);
  }
}
