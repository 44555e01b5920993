package seminar.data;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import seminar.math.Checks;

/**
 * What users were shown and whether they took it: for user u the exposures {@code start(u) ..
 * start(u + 1) - 1}, in time order. Click logs are ranked and measured by these (paper §4.1, the
 * Alipay log: exposed and clicked against exposed and not clicked).
 *
 * <p>Shapes: offsets[users + 1], items, queries, clicks and positions[exposures], times[exposures]
 * (optional). A position p says that the user had had the events {@code [0, p)} when the item was
 * shown, so a model that scores the exposure may see these and nothing later. Immutable; safe for
 * any number of threads.
 */
public final class Exposures {
  private final MemorySegment offsets;
  private final MemorySegment items;
  private final MemorySegment queries;
  private final MemorySegment clicks;
  private final MemorySegment positions;
  private final Optional<MemorySegment> times;

  private Exposures(
      MemorySegment offsets,
      MemorySegment items,
      MemorySegment queries,
      MemorySegment clicks,
      MemorySegment positions,
      Optional<MemorySegment> times) {
    this.offsets = offsets;
    this.items = items;
    this.queries = queries;
    this.clicks = clicks;
    this.positions = positions;
    this.times = times;
  }

  static Exposures read(Columns.Source source, boolean times) {
    return new Exposures(
        source.column("exposure.offsets.i64"),
        source.column("exposure-item.i32"),
        source.column("exposure-query.i32"),
        source.column("exposure-click.i8"),
        source.column("exposure-position.i32"),
        times ? Optional.of(source.column("exposure-time.i64")) : Optional.empty());
  }

  void write(Columns.Sink sink) {
    sink.column("exposure.offsets.i64", offsets);
    sink.column("exposure-item.i32", items);
    sink.column("exposure-query.i32", queries);
    sink.column("exposure-click.i8", clicks);
    sink.column("exposure-position.i32", positions);
    times.ifPresent(column -> sink.column("exposure-time.i64", column));
  }

  /** Checks every value: each exposure names a user, a position, an item and a query that exist. */
  void check(Histories histories, int itemCount, int queryCount) {
    long count = Columns.count("exposure-item.i32", items, Integer.BYTES);
    Columns.offsets("exposure.offsets.i64", offsets, count);
    Columns.sized("exposure-query.i32", queries, Integer.BYTES, count);
    Columns.sized("exposure-click.i8", clicks, Byte.BYTES, count);
    Columns.sized("exposure-position.i32", positions, Integer.BYTES, count);
    times.ifPresent(c -> Columns.sized("exposure-time.i64", c, Long.BYTES, count));
    Checks.sameLength("users of histories", histories.users(), "users of exposures", users());
    Columns.within("exposure-item.i32", items, 1, itemCount);
    Columns.within("exposure-query.i32", queries, 0, queryCount);
    for (int user = 0; user < users(); user++) {
      for (long exposure = start(user); exposure < start(user + 1); exposure++) {
        int position = position(exposure);
        byte click = clicks.get(Columns.BYTE, exposure);
        if (position < 0 || position > histories.length(user) || click < 0 || click > 1) {
          throw new IllegalArgumentException(
              "exposure %d of user %s: position %d of a history of %d, click %d"
                  .formatted(
                      exposure, histories.userId(user), position, histories.length(user), click));
        }
      }
    }
  }

  /** How many users there are; the same as in the histories. */
  public int users() {
    return (int) (offsets.byteSize() / Long.BYTES) - 1;
  }

  /** How many exposures all users have together. */
  public long size() {
    return items.byteSize() / Integer.BYTES;
  }

  /** The first exposure of the user; {@code start(users())} is the end of the last user's. */
  public long start(int user) {
    return offsets.getAtIndex(Columns.LONG, user);
  }

  /** The item that was shown. */
  public int item(long exposure) {
    return items.getAtIndex(Columns.INT, exposure);
  }

  /** The query that it answered; 0 when the user typed none. */
  public int query(long exposure) {
    return queries.getAtIndex(Columns.INT, exposure);
  }

  /** Whether the user took it. */
  public boolean clicked(long exposure) {
    return clicks.getAtIndex(Columns.BYTE, exposure) == 1;
  }

  /** How many events of the history lie before it: the history that a model may see. */
  public int position(long exposure) {
    return positions.getAtIndex(Columns.INT, exposure);
  }

  /** Whether the exposures have times. */
  public boolean hasTimes() {
    return times.isPresent();
  }

  /**
   * When it was shown, in milliseconds since 1970 (UTC).
   *
   * @throws IllegalArgumentException if the exposures have no times
   */
  public long time(long exposure) {
    return times
        .orElseThrow(() -> new IllegalArgumentException("these exposures have no times"))
        .getAtIndex(Columns.LONG, exposure);
  }

  @Override
  public String toString() {
    return "Exposures: %d to %d users".formatted(size(), users());
  }

  /** Collects exposures user by user, in the order of the histories; each user's in time order. */
  public static final class Builder {
    private final boolean withTimes;
    private final Growing offsets = new Growing();
    private final Growing items = new Growing();
    private final Growing queries = new Growing();
    private final Growing clicks = new Growing();
    private final Growing positions = new Growing();
    private final Growing times = new Growing();
    private long latest;

    /**
     * An empty collection.
     *
     * @param withTimes whether exposures have times
     */
    public Builder(boolean withTimes) {
      this.withTimes = withTimes;
    }

    /** Begins the exposures of the next user. */
    public Builder user() {
      offsets.add(items.ints());
      latest = Long.MIN_VALUE;
      return this;
    }

    /**
     * Adds an exposure of the user who was begun last.
     *
     * @param item 1 or more
     * @param query 0 for none
     * @param clicked whether the user took it
     * @param position how many events of the history lie before it
     * @param time milliseconds since 1970; not kept by a builder without times
     * @throws IllegalArgumentException if it was shown before the one that was added last
     */
    public Builder add(int item, int query, boolean clicked, int position, long time) {
      if (offsets.bytes() == 0) {
        throw new IllegalArgumentException("an exposure before the first user");
      }
      if (withTimes && time < latest) {
        throw new IllegalArgumentException(
            "time %d of an exposure after time %d".formatted(time, latest));
      }
      latest = time;
      items.add(Checks.atLeast(1, "item", item));
      queries.add(Checks.atLeast(0, "query", query));
      clicks.add((byte) (clicked ? 1 : 0));
      positions.add(Checks.atLeast(0, "position", position));
      if (withTimes) {
        times.add(time);
      }
      return this;
    }

    /** The exposures collected so far; nothing can be added afterwards. */
    public Exposures build() {
      offsets.add(items.ints());
      return new Exposures(
          offsets.column(),
          items.column(),
          queries.column(),
          clicks.column(),
          positions.column(),
          withTimes ? Optional.of(times.column()) : Optional.empty());
    }
  }
}
