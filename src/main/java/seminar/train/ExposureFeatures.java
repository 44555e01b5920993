package seminar.train;

import java.util.stream.LongStream;
import seminar.data.ClickSplit;
import seminar.data.ClickSplit.Stage;
import seminar.data.Exposures;
import seminar.data.Histories;
import seminar.data.Queries;

/**
 * Features of user, item, user and item, and context of an exposure (paper §3.3.2: x_u, x_i, x_u2i,
 * x_context), from what was known before it.
 *
 * <pre>
 *   x_u        click rate so far;  exposures so far;  events so far
 *   x_i        click rate so far;  exposures so far
 *   x_u2i      how often the user had the item among the latest L events
 *   x_context  whether there is a query;  hour of the day as a point on a circle
 * </pre>
 *
 * <p>"So far" means training exposures shown at an earlier time, so no exposure sees its own answer
 * or a later one; validation and test see all of training and nothing of each other. Rates are log
 * odds against the overall rate, held back by {@value #PRIOR} imagined exposures.
 */
public final class ExposureFeatures {
  /** How many numbers an exposure has. */
  public static final int COUNT = 9;

  private static final double PRIOR = 10;
  private static final double DAY = 24 * 3_600_000.0;

  private final float[] values;

  /**
   * Counts through all exposures once.
   *
   * @param items how many items there are
   * @param sequenceLength L
   */
  public ExposureFeatures(
      Histories histories, Exposures exposures, ClickSplit split, int items, int sequenceLength) {
    values = new float[Math.toIntExact(Math.multiplyExact(exposures.size(), (long) COUNT))];
    int[] users = users(exposures);
    Rates ofUsers = new Rates(exposures.users());
    Rates ofItems = new Rates(items + 1);
    Rates overall = new Rates(1);
    long[] inTime =
        LongStream.range(0, exposures.size())
            .boxed()
            .sorted(java.util.Comparator.comparingLong(exposures::time))
            .mapToLong(exposure -> exposure)
            .toArray();
    for (int from = 0, to; from < inTime.length; from = to) {
      to = from;
      while (to < inTime.length && exposures.time(inTime[to]) == exposures.time(inTime[from])) {
        long exposure = inTime[to++];
        int user = users[(int) exposure];
        int at = Math.toIntExact(exposure) * COUNT;
        values[at] = ofUsers.logOdds(user, overall);
        values[at + 1] = ofUsers.shown(user);
        values[at + 2] = (float) Math.log1p(exposures.position(exposure)) / 8;
        values[at + 3] = ofItems.logOdds(exposures.item(exposure), overall);
        values[at + 4] = ofItems.shown(exposures.item(exposure));
        values[at + 5] = times(histories, exposures, exposure, user, sequenceLength);
        values[at + 6] = exposures.query(exposure) == Queries.EMPTY ? 0 : 1;
        double angle = 2 * Math.PI * Math.floorMod(exposures.time(exposure), (long) DAY) / DAY;
        values[at + 7] = (float) Math.sin(angle);
        values[at + 8] = (float) Math.cos(angle);
      }
      for (int i = from; i < to; i++) {
        int user = users[(int) inTime[i]];
        if (inTime[i] < split.end(Stage.TRAINING, user)) {
          boolean clicked = exposures.clicked(inTime[i]);
          ofUsers.add(user, clicked);
          ofItems.add(exposures.item(inTime[i]), clicked);
          overall.add(0, clicked);
        }
      }
    }
  }

  private static int[] users(Exposures exposures) {
    int[] users = new int[Math.toIntExact(exposures.size())];
    for (int user = 0; user < exposures.users(); user++) {
      for (long shown = exposures.start(user); shown < exposures.start(user + 1); shown++) {
        users[(int) shown] = user;
      }
    }
    return users;
  }

  private static float times(
      Histories histories, Exposures exposures, long exposure, int user, int sequenceLength) {
    int position = exposures.position(exposure);
    int times = 0;
    for (int p = Math.max(0, position - sequenceLength); p < position; p++) {
      times += histories.item(histories.start(user) + p) == exposures.item(exposure) ? 1 : 0;
    }
    return (float) Math.log1p(times) / 2;
  }

  /** Copies the features of an exposure to {@code into} from index {@code at} on. */
  public void copy(long exposure, float[] into, int at) {
    System.arraycopy(values, Math.toIntExact(exposure) * COUNT, into, at, COUNT);
  }

  /** The log odds of user's and item's click rate against the overall one, added up. */
  public double rates(long exposure) {
    int at = Math.toIntExact(exposure) * COUNT;
    return values[at] + values[at + 3];
  }

  /** Clicks and exposures of numbered things. */
  private static final class Rates {
    private final int[] clicks;
    private final int[] exposures;

    Rates(int size) {
      clicks = new int[size];
      exposures = new int[size];
    }

    void add(int i, boolean clicked) {
      clicks[i] += clicked ? 1 : 0;
      exposures[i]++;
    }

    float logOdds(int i, Rates overall) {
      double base = (overall.clicks[0] + 1.0) / (overall.exposures[0] + 2.0);
      double rate = (clicks[i] + PRIOR * base) / (exposures[i] + PRIOR);
      return (float) (logit(rate) - logit(base));
    }

    private static double logit(double p) {
      return Math.log(p / (1 - p));
    }

    float shown(int i) {
      return (float) Math.log1p(exposures[i]) / 8;
    }
  }
}
