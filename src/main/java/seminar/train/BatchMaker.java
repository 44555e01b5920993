package seminar.train;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import seminar.compute.Groups;
import seminar.data.Histories;
import seminar.math.Checks;
import seminar.model.Batch;

/**
 * Puts requests together to a {@link Batch}: one gathered history, many candidates.
 *
 * <p>A request is a position p of a user's history; its candidates see the latest {@code min(p, L)}
 * events before p. All requests of one user share the gathered events from the first one needed to
 * the last.
 */
public final class BatchMaker {
  private final Histories histories;
  private final int sequenceLength;
  private final Optional<SideFeatures> side;
  private int[] items = new int[1024];
  private int[] queries = new int[1024];
  private int events;
  private int[] keyFrom = new int[64];
  private int[] keyTo = new int[64];
  private int[] candidates = new int[65];
  private int groups;
  private int[] starts = new int[65];
  private int users;
  private int[] candidateItems = new int[256];
  private int[] candidateQueries = new int[256];
  private float[] sideFeatures = new float[256];
  private int sideCount;

  /** For requests that see at most {@code sequenceLength} events of these histories. */
  public BatchMaker(Histories histories, int sequenceLength) {
    this(histories, sequenceLength, Optional.empty());
  }

  /** The same with features of user, item, user and item, and context for each candidate. */
  public BatchMaker(Histories histories, int sequenceLength, Optional<SideFeatures> side) {
    this.histories = histories;
    this.sequenceLength = sequenceLength;
    this.side = side;
  }

  /**
   * Adds requests of one user whose candidates have the empty query, as in the paper's
   * recommendation mode: a target's own query would nearly name the item.
   *
   * @param user the user
   * @param positions rising positions
   * @param candidatesOf the candidates of each position, any number
   */
  public void add(int user, int[] positions, int[][] candidatesOf) {
    int[][] empty = new int[candidatesOf.length][];
    Arrays.setAll(empty, i -> new int[candidatesOf[i].length]); // Queries.EMPTY
    add(user, positions, candidatesOf, empty);
  }

  /**
   * Adds requests of one user.
   *
   * @param user the user
   * @param positions rising positions, at least one
   * @param candidatesOf the candidates of each position, any number
   * @param queriesOf the query of each candidate
   * @throws IllegalArgumentException if there is no position, they fall, or one is beyond the
   *     history
   */
  public void add(int user, int[] positions, int[][] candidatesOf, int[][] queriesOf) {
    checkRising(user, positions);
    for (int i = 0; i < positions.length && side.isPresent(); i++) {
      int at = (candidateCount() + count(candidatesOf, i)) * SideFeatures.COUNT;
      sideFeatures = grow(sideFeatures, at + candidatesOf[i].length * SideFeatures.COUNT);
      for (int c = 0; c < candidatesOf[i].length; c++) {
        int from = at + c * SideFeatures.COUNT;
        side.get().write(user, positions[i], candidatesOf[i][c], sideFeatures, from);
      }
    }
    addRequests(user, positions, candidatesOf, queriesOf);
    sideCount = side.isPresent() ? candidateCount() * SideFeatures.COUNT : 0;
  }

  /**
   * Adds requests of one user whose candidates bring their own side features.
   *
   * @param user the user
   * @param positions rising positions, at least one
   * @param candidatesOf the candidates of each position, any number
   * @param queriesOf the query of each candidate
   * @param features of all these candidates, as many for each
   * @throws IllegalArgumentException if there is no position, they fall, or one is beyond the
   *     history
   */
  public void add(
      int user, int[] positions, int[][] candidatesOf, int[][] queriesOf, float[] features) {
    checkRising(user, positions);
    addRequests(user, positions, candidatesOf, queriesOf);
    sideFeatures = grow(sideFeatures, sideCount + features.length);
    System.arraycopy(features, 0, sideFeatures, sideCount, features.length);
    sideCount += features.length;
  }

  private void checkRising(int user, int[] positions) {
    Checks.atLeast(1, "positions", positions.length);
    for (int i = 0; i < positions.length; i++) {
      int low = i == 0 ? 0 : positions[i - 1];
      Checks.within(low, histories.length(user), "position", positions[i]);
    }
  }

  private int candidateCount() {
    return candidates[groups];
  }

  /** How many candidates the requests before the i-th have. */
  private static int count(int[][] candidatesOf, int i) {
    return Arrays.stream(candidatesOf).limit(i).mapToInt(row -> row.length).sum();
  }

  private void addRequests(int user, int[] positions, int[][] candidatesOf, int[][] queriesOf) {
    int last = positions[positions.length - 1];
    int first = Math.max(0, positions[0] - sequenceLength);
    items = grow(items, events + last - first);
    queries = grow(queries, events + last - first);
    histories.copy(user, first, last, items, queries, events);
    for (int i = 0; i < positions.length; i++) {
      addRequest(
          events + positions[i] - first,
          Math.min(positions[i], sequenceLength),
          candidatesOf[i],
          queriesOf[i]);
    }
    events += last - first;
    users++;
    starts = grow(starts, users + 1);
    starts[users] = groups;
  }

  private void addRequest(int key, int seen, int[] chosen, int[] asked) {
    keyFrom = grow(keyFrom, groups + 1);
    keyTo = grow(keyTo, groups + 1);
    candidates = grow(candidates, groups + 2);
    keyFrom[groups] = key - seen;
    keyTo[groups] = key;
    int at = candidates[groups];
    candidateItems = grow(candidateItems, at + chosen.length);
    candidateQueries = grow(candidateQueries, at + chosen.length);
    System.arraycopy(chosen, 0, candidateItems, at, chosen.length);
    System.arraycopy(asked, 0, candidateQueries, at, chosen.length);
    groups++;
    candidates[groups] = at + chosen.length;
  }

  private static int[] grow(int[] array, int size) {
    return size <= array.length ? array : Arrays.copyOf(array, Math.max(size, 2 * array.length));
  }

  private static float[] grow(float[] array, int size) {
    return size <= array.length ? array : Arrays.copyOf(array, Math.max(size, 2 * array.length));
  }

  /** What was added since the last call. */
  public Batch take() {
    Groups shape =
        new Groups(
            Arrays.copyOf(keyFrom, groups),
            Arrays.copyOf(keyTo, groups),
            Arrays.copyOf(candidates, groups + 1),
            Arrays.copyOf(starts, users + 1));
    int count = candidates[groups];
    Batch batch =
        new Batch(
            Arrays.copyOf(items, events),
            Arrays.copyOf(queries, events),
            shape,
            Arrays.copyOf(candidateItems, count),
            Arrays.copyOf(candidateQueries, count),
            Arrays.copyOf(sideFeatures, sideCount));
    sideCount = 0;
    events = 0;
    groups = 0;
    users = 0;
    return batch;
  }

  /**
   * {@code count} distinct numbers of {@code [from, to)}, rising; all of them if there are no more.
   */
  static int[] sample(SplittableRandom rng, int from, int to, int count) {
    int n = to - from;
    if (n <= count) {
      int[] all = new int[Math.max(0, n)];
      Arrays.setAll(all, i -> from + i);
      return all;
    }
    // Floyd: each new number is taken or, if it is there already, the upper end.
    int[] chosen = new int[count];
    java.util.BitSet taken = new java.util.BitSet(n);
    for (int i = 0; i < count; i++) {
      int upper = n - count + i;
      int pick = rng.nextInt(upper + 1);
      pick = taken.get(pick) ? upper : pick;
      taken.set(pick);
      chosen[i] = from + pick;
    }
    Arrays.sort(chosen);
    return chosen;
  }
}
