package seminar.profile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import seminar.data.Corpus;
import seminar.data.Histories;

/**
 * How unequal items are: events against rank, the most frequent item first, with the exponent of a
 * power law f(r) ∝ r^−s (Zipf) fitted to its head.
 *
 * @param corpus name of the corpus
 * @param items items in the catalogue
 * @param occurring items with at least one event
 * @param events events in all histories
 * @param points the curve at ranks about evenly spaced in the logarithm, from 1 to {@code
 *     occurring}
 * @param fit the power law; empty where fewer than two points lie in the range
 * @param topPercent share of the events that go to the most frequent 1 % of the items that occur,
 *     one item at least
 * @param topTenth the same of 10 %
 */
public record ItemPopularity(
    String corpus,
    int items,
    int occurring,
    long events,
    List<Point> points,
    Optional<Zipf> fit,
    double topPercent,
    double topTenth) {
  /** The fit begins at this rank, or at 1 where it would end before it. */
  public static final int FIRST_RANK = 10;

  /** The fit ends at this share of the items that occur. */
  public static final double LAST_SHARE = 0.1;

  private static final double STEP = Math.pow(10, 1 / 40.0);

  /**
   * A point of the curve.
   *
   * @param rank 1 is the most frequent item
   * @param events how often it occurs
   */
  public record Point(int rank, int events) {}

  /**
   * A power law: {@code events ≈ scale · rank^−exponent}, by least squares in logarithms over the
   * points in the range.
   *
   * @param exponent s
   * @param scale events that the law gives to rank 1
   * @param fromRank first rank of the range
   * @param toRank last rank of the range
   */
  public record Zipf(double exponent, double scale, int fromRank, int toRank) {
    /** What the law says at a rank. */
    public double at(int rank) {
      return scale * Math.pow(rank, -exponent);
    }
  }

  /** Counts every event of a corpus. */
  public static ItemPopularity of(Corpus corpus) {
    int items = corpus.catalog().size();
    int[] counts = falling(corpus.histories(), items);
    int occurring = (int) Arrays.stream(counts).filter(count -> count > 0).count();
    List<Point> points = points(counts, occurring);
    int last = (int) Math.round(LAST_SHARE * occurring);
    boolean small = last <= FIRST_RANK;
    return new ItemPopularity(
        corpus.manifest().name(),
        items,
        occurring,
        corpus.histories().events(),
        points,
        fit(points, small ? 1 : FIRST_RANK, small ? occurring : last),
        share(counts, occurring, 0.01),
        share(counts, occurring, 0.1));
  }

  /** How often items occur, the most frequent first. */
  private static int[] falling(Histories histories, int items) {
    int[] counts = new int[items];
    for (long event = 0; event < histories.events(); event++) {
      counts[histories.item(event) - 1]++;
    }
    Arrays.sort(counts);
    for (int i = 0; i < items / 2; i++) {
      int count = counts[i];
      counts[i] = counts[items - 1 - i];
      counts[items - 1 - i] = count;
    }
    return counts;
  }

  private static List<Point> points(int[] counts, int occurring) {
    List<Point> points = new ArrayList<>();
    for (int rank = 1; rank <= occurring; ) {
      points.add(new Point(rank, counts[rank - 1]));
      rank =
          rank == occurring
              ? rank + 1
              : Math.min(occurring, Math.max(rank + 1, (int) (rank * STEP)));
    }
    return points;
  }

  static Optional<Zipf> fit(List<Point> points, int from, int to) {
    List<Point> used = points.stream().filter(p -> p.rank >= from && p.rank <= to).toList();
    if (used.size() < 2) {
      return Optional.empty();
    }
    double meanX = used.stream().mapToDouble(p -> Math.log(p.rank)).average().orElseThrow();
    double meanY = used.stream().mapToDouble(p -> Math.log(p.events)).average().orElseThrow();
    double xy = 0;
    double xx = 0;
    for (Point point : used) {
      double x = Math.log(point.rank) - meanX;
      xy += x * (Math.log(point.events) - meanY);
      xx += x * x;
    }
    double exponent = -xy / xx;
    double scale = Math.exp(meanY + exponent * meanX);
    return Optional.of(new Zipf(exponent, scale, used.getFirst().rank, used.getLast().rank));
  }

  private static double share(int[] counts, int occurring, double part) {
    int first = Math.max(1, (int) Math.round(part * occurring));
    long events = Arrays.stream(counts).asLongStream().sum();
    long top = Arrays.stream(counts).limit(first).asLongStream().sum();
    return (double) top / Math.max(1, events);
  }
}
