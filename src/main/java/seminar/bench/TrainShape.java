package seminar.bench;

import java.util.List;
import seminar.math.Checks;
import seminar.model.AttentionOptions;

/**
 * The sizes at which training and evaluation are measured.
 *
 * @param users histories in a step of training
 * @param events events that every target sees
 * @param targets targets of each history in a step, one number for each measurement
 * @param negatives negatives beside each positive
 * @param topK K, events that a head keeps
 * @param dims d
 * @param heads H
 * @param recency buckets of the recency bias, 0 for none
 * @param recencyStart how steeply that bias falls at first, 0 for a start at 0
 * @param latest how many of the K are the newest events, 0 for none
 * @param shortTerm S, the latest events of a second attention, 0 for none
 * @param items items, drawn uniformly
 * @param queries queries, drawn uniformly
 * @param keywords keywords of each query
 * @param features numbers of a text's and of a picture's features
 * @param candidates candidates of a user in evaluation
 * @param seconds how long each thing is measured
 * @param sweepEvents other numbers of events, each measured with every number of targets
 */
public record TrainShape(
    int users,
    int events,
    List<Integer> targets,
    int negatives,
    int topK,
    int dims,
    int heads,
    int recency,
    double recencyStart,
    int latest,
    int shortTerm,
    int items,
    int queries,
    int keywords,
    int features,
    int candidates,
    double seconds,
    List<Integer> sweepEvents) {
  /** Users whose candidates are scored at once in evaluation. */
  static final int RANKED_USERS = 16;

  /** The numbers of events of a sweep for which none are named. */
  public static final List<Integer> SWEEP = List.of(500, 1000, 2000, 5000, 10_000);

  /**
   * Checks every number.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public TrainShape {
    Checks.atLeast(1, "--users", users);
    Checks.atLeast(1, "--events", events);
    if (targets.isEmpty()) {
      throw new IllegalArgumentException("--targets is empty: name at least one number");
    }
    targets = List.copyOf(targets);
    targets.forEach(count -> Checks.atLeast(1, "--targets", count));
    Checks.atLeast(1, "--negatives", negatives);
    Checks.atLeast(1, "--top-k", topK);
    Checks.atLeast(1, "--dims", dims);
    Checks.atLeast(1, "--heads", heads);
    Checks.atLeast(0, "--recency", recency);
    Checks.within(0, AttentionOptions.STEEPEST, "--recency-start", recencyStart);
    if (recencyStart > 0 && recency == 0) {
      throw new IllegalArgumentException(
          "--recency-start is %s, but --recency is 0: there is no recency bias that could start so"
              .formatted(recencyStart));
    }
    Checks.within(0, topK, "--latest, at most --top-k,", latest);
    Checks.atLeast(1, "--queries", queries);
    Checks.atLeast(1, "--keywords", keywords);
    Checks.atLeast(1, "--features", features);
    Checks.atLeast(2, "--candidates", candidates);
    Checks.within(0.001, 3600, "--seconds", seconds);
    // A negative is an item that the history does not hold.
    int most = targets.stream().mapToInt(count -> count).max().orElseThrow();
    sweepEvents = List.copyOf(sweepEvents);
    sweepEvents.forEach(length -> Checks.atLeast(1, "--sweep-events", length));
    int shortestSeen = sweepEvents.stream().reduce(events, Math::min);
    Checks.within(
        0, shortestSeen, "--short-term S, at most the events that a target sees,", shortTerm);
    int longestSeen = sweepEvents.stream().reduce(events, Math::max);
    long longest = longestSeen + (long) most;
    if (items <= longest) {
      throw new IllegalArgumentException(
          "--items is %d: it must be more than the %d events of the longest history"
              .formatted(items, longest));
    }
  }

  /** What is measured where nothing else is asked for. */
  public static TrainShape usual() {
    return new TrainShape(
        64,
        256,
        List.of(1, 16),
        1,
        64,
        64,
        4,
        0,
        0,
        0,
        0,
        20_000,
        20_000,
        5,
        512,
        100,
        10,
        List.of());
  }
}
