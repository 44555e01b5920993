package seminar.data;

import java.lang.foreign.MemorySegment;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import seminar.math.Checks;

/**
 * The histories of all users: for user u the aligned pairs of query and item at the events {@code
 * start(u) .. start(u) + length(u) - 1}, in time order, ties in input order (paper §3.1).
 *
 * <p>Shapes: offsets[users + 1], items[events], queries[events], times[events] (optional),
 * actions[events] (optional). Users count from 0. An event is a number of type {@code long} that
 * counts through all histories; a position counts from 0 within one history. Immutable; safe for
 * any number of threads.
 */
public final class Histories {
  /** The event came from browsing. */
  public static final byte BROWSE = 0;

  /** The event came from a search. */
  public static final byte SEARCH = 1;

  private final Strings userIds;
  private final MemorySegment offsets;
  private final MemorySegment items;
  private final MemorySegment queries;
  private final Optional<MemorySegment> times;
  private final Optional<MemorySegment> actions;

  private Histories(
      Strings userIds,
      MemorySegment offsets,
      MemorySegment items,
      MemorySegment queries,
      Optional<MemorySegment> times,
      Optional<MemorySegment> actions) {
    this.userIds = userIds;
    this.offsets = offsets;
    this.items = items;
    this.queries = queries;
    this.times = times;
    this.actions = actions;
  }

  static Histories read(Columns.Source source, boolean times, boolean actions) {
    return new Histories(
        Strings.read("user-id", source),
        source.column("user.offsets.i64"),
        source.column("event-item.i32"),
        source.column("event-query.i32"),
        times ? Optional.of(source.column("event-time.i64")) : Optional.empty(),
        actions ? Optional.of(source.column("event-action.i8")) : Optional.empty());
  }

  void write(Columns.Sink sink) {
    userIds.write(sink);
    sink.column("user.offsets.i64", offsets);
    sink.column("event-item.i32", items);
    sink.column("event-query.i32", queries);
    times.ifPresent(column -> sink.column("event-time.i64", column));
    actions.ifPresent(column -> sink.column("event-action.i8", column));
  }

  /** Checks every value of every column, and that every item and query exists. */
  void check(int itemCount, int queryCount) {
    long events = Columns.count("event-item.i32", items, Integer.BYTES);
    userIds.check();
    Columns.offsets("user.offsets.i64", offsets, events);
    Columns.sized("user.offsets.i64", offsets, Long.BYTES, userIds.size() + 1L);
    Columns.sized("event-query.i32", queries, Integer.BYTES, events);
    times.ifPresent(c -> Columns.sized("event-time.i64", c, Long.BYTES, events));
    actions.ifPresent(c -> Columns.sized("event-action.i8", c, Byte.BYTES, events));
    for (int user = 0; user < users(); user++) {
      if (start(user + 1) - start(user) > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "the history of user %s is longer than an array can be".formatted(userId(user)));
      }
    }
    Columns.within("event-item.i32", items, 1, itemCount);
    Columns.within("event-query.i32", queries, 0, queryCount);
  }

  /** How many users there are; they are numbered from 0. */
  public int users() {
    return userIds.size();
  }

  /** How many events all histories have together. */
  public long events() {
    return items.byteSize() / Integer.BYTES;
  }

  /** The user's id in the log it came from. */
  public String userId(int user) {
    return userIds.get(user);
  }

  /** The first event of the user; {@code start(users())} is the end of the last history. */
  public long start(int user) {
    return offsets.getAtIndex(Columns.LONG, user);
  }

  /** How many events the user's history has. */
  public int length(int user) {
    return (int) (start(user + 1) - start(user));
  }

  /** The item of an event. */
  public int item(long event) {
    return items.getAtIndex(Columns.INT, event);
  }

  /** The query of an event; 0 is the empty query. */
  public int query(long event) {
    return queries.getAtIndex(Columns.INT, event);
  }

  /** Whether the events have times. */
  public boolean hasTimes() {
    return times.isPresent();
  }

  /**
   * The time of an event, in milliseconds since 1970 (UTC).
   *
   * @throws IllegalArgumentException if the histories have no times
   */
  public long time(long event) {
    return times
        .orElseThrow(() -> new IllegalArgumentException("these histories have no times"))
        .getAtIndex(Columns.LONG, event);
  }

  /** Whether the log said which events came from a search. */
  public boolean hasActions() {
    return actions.isPresent();
  }

  /**
   * {@link #SEARCH} or {@link #BROWSE}; where the log did not say, an event with a query is a
   * search.
   */
  public byte action(long event) {
    return actions.isPresent()
        ? actions.get().getAtIndex(Columns.BYTE, event)
        : query(event) == Queries.EMPTY ? BROWSE : SEARCH;
  }

  /**
   * Copies the pairs at the positions {@code [from, to)} of a history.
   *
   * @param items receives the items from index {@code at} on
   * @param queries receives the queries from index {@code at} on
   * @throws IndexOutOfBoundsException if the range leaves the history or an array
   */
  public void copy(int user, int from, int to, int[] items, int[] queries, int at) {
    Objects.checkFromToIndex(from, to, length(user));
    long bytes = (start(user) + from) * Integer.BYTES;
    MemorySegment.copy(this.items, Columns.INT, bytes, items, at, to - from);
    MemorySegment.copy(this.queries, Columns.INT, bytes, queries, at, to - from);
  }

  @Override
  public String toString() {
    return "Histories of %d users, %d events".formatted(users(), events());
  }

  /** Collects histories user by user; each history is put in time order, ties in input order. */
  public static final class Builder {
    private final boolean withTimes;
    private final boolean withActions;
    private final Strings.Builder userIds = new Strings.Builder();
    private final Growing offsets = new Growing();
    private final Growing items = new Growing();
    private final Growing queries = new Growing();
    private final Growing times = new Growing();
    private final Growing actions = new Growing();
    private long start;
    private boolean built;

    /**
     * An empty collection.
     *
     * @param withTimes whether events have times; without, histories stay in input order
     * @param withActions whether the log says which events came from a search
     */
    public Builder(boolean withTimes, boolean withActions) {
      this.withTimes = withTimes;
      this.withActions = withActions;
    }

    /** Begins the history of the next user, to whom the following events belong. */
    public Builder user(String userId) {
      finishUser();
      offsets.add(items.ints());
      userIds.add(userId);
      return this;
    }

    /**
     * Adds an event to the history that was begun last.
     *
     * @param item 1 or more
     * @param query 0 for the empty query
     * @param time milliseconds since 1970; not kept by a builder without times
     * @param action {@link #SEARCH} or {@link #BROWSE}; not kept by a builder without actions
     */
    public Builder add(int item, int query, long time, byte action) {
      if (userIds.size() == 0) {
        throw new IllegalArgumentException("an event before the first user");
      }
      items.add(Checks.atLeast(1, "item", item));
      queries.add(Checks.atLeast(0, "query", query));
      if (withTimes) {
        times.add(time);
      }
      if (withActions) {
        actions.add(action);
      }
      return this;
    }

    /** As {@link #add(int, int, long, byte)} for logs without times and actions. */
    public Builder add(int item, int query) {
      return add(item, query, 0, query == Queries.EMPTY ? BROWSE : SEARCH);
    }

    /** How many users were begun. */
    public int users() {
      return userIds.size();
    }

    /** The histories collected so far; nothing can be added afterwards. */
    public Histories build() {
      if (built) {
        throw new IllegalStateException("these histories were built before");
      }
      built = true;
      finishUser();
      offsets.add(items.ints());
      return new Histories(
          userIds.build("user-id"),
          offsets.column(),
          items.column(),
          queries.column(),
          withTimes ? Optional.of(times.column()) : Optional.empty(),
          withActions ? Optional.of(actions.column()) : Optional.empty());
    }

    private void finishUser() {
      if (withTimes) {
        long[] when = times.memory().asSlice(start * Long.BYTES).toArray(Columns.LONG);
        if (IntStream.range(1, when.length).anyMatch(i -> when[i - 1] > when[i])) {
          int[] order =
              IntStream.range(0, when.length)
                  .boxed()
                  .sorted(Comparator.comparingLong(i -> when[i]))
                  .mapToInt(i -> i)
                  .toArray();
          arrange(times, Long.BYTES, order);
          arrange(items, Integer.BYTES, order);
          arrange(queries, Integer.BYTES, order);
          if (withActions) {
            arrange(actions, Byte.BYTES, order);
          }
        }
      }
      start = items.ints();
    }

    /** Brings the events of the last user, {@code width} bytes each, into this order. */
    private void arrange(Growing column, int width, int[] order) {
      MemorySegment events = column.memory().asSlice(start * width);
      MemorySegment old = MemorySegment.ofArray(events.toArray(Columns.BYTE));
      for (int i = 0; i < order.length; i++) {
        MemorySegment.copy(old, (long) order[i] * width, events, (long) i * width, width);
      }
    }
  }
}
