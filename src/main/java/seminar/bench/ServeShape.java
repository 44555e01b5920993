package seminar.bench;

import java.util.List;
import seminar.math.Checks;

/**
 * Which requests are measured.
 *
 * @param lengths L, events of each history
 * @param candidates C of a request
 * @param threads numbers of threads that ask at the same time
 * @param topK K, events that a head keeps
 * @param users histories of each length
 * @param opened histories of {@link #SHORT} events in the folder whose opening is timed
 * @param items items of the catalogue
 * @param seconds how long each thing is measured
 */
public record ServeShape(
    List<Integer> lengths,
    List<Integer> candidates,
    List<Integer> threads,
    int topK,
    int users,
    int opened,
    int items,
    double seconds) {
  /** Events of each history of the folder whose opening is timed. */
  static final int SHORT = 50;

  /**
   * Checks every number.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public ServeShape {
    lengths = List.copyOf(lengths);
    candidates = List.copyOf(candidates);
    threads = List.copyOf(threads);
    Checks.atLeast(1, "number of --serve-lengths", lengths.size());
    Checks.atLeast(1, "number of --serve-candidates", candidates.size());
    Checks.atLeast(1, "number of --serve-threads", threads.size());
    lengths.forEach(length -> Checks.atLeast(1, "--serve-lengths", length));
    candidates.forEach(count -> Checks.within(1, items, "--serve-candidates", count));
    threads.forEach(count -> Checks.atLeast(1, "--serve-threads", count));
    Checks.atLeast(1, "--serve-top-k", topK);
    Checks.atLeast(1, "--serve-users", users);
    Checks.atLeast(0, "--serve-opened", opened);
    Checks.within(0.001, 3600, "--serve-seconds", seconds);
  }

  /** What is measured where nothing else is asked for. */
  public static ServeShape usual() {
    return new ServeShape(
        List.of(2000, 10_000), List.of(1, 100, 500), List.of(1, 2), 200, 8, 100_000, 20_000, 2);
  }
}
