package seminar.data;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import seminar.math.Checks;

/**
 * The lives of all users: for user u the aligned pairs of query and item at the events {@code
 * start(u) .. start(u) + length(u) - 1}, in time order, ties in input order (paper §3.1).
 *
 * <p>Shapes: offsets[users + 1], items[events], queries[events], times[events] (optional),
 * actions[events] (optional). Users count from 0. An event is a number of type {@code long} that
 * counts through all lives; a position counts from 0 within one life. Immutable; safe for any
 * number of threads.
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
    long events = Columns.count("event-item.i32", items, Integer.BYTES);
    this.userIds = userIds;
    this.items = items;
    this.offsets = Columns.offsets("user.offsets.i64", offsets, events);
    Columns.sized("user.offsets.i64", offsets, Long.BYTES, userIds.size() + 1L);
    this.queries = Columns.sized("event-query.i32", queries, Integer.BYTES, events);
    this.times = times.map(c -> Columns.sized("event-time.i64", c, Long.BYTES, events));
    this.actions = actions.map(c -> Columns.sized("event-action.i8", c, Byte.BYTES, events));
    for (int user = 0; user < users(); user++) {
      if (start(user + 1) - start(user) > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "the life of user %s is longer than an array can be".formatted(userId(user)));
      }
    }
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

  /** Checks that every event names an item and a query that exist. */
  void check(int itemCount, int queryCount) {
    Columns.within("event-item.i32", items, 1, itemCount);
    Columns.within("event-query.i32", queries, 0, queryCount);
  }

  /** How many users there are; they are numbered from 0. */
  public int users() {
    return userIds.size();
  }

  /** How many events all lives have together. */
  public long events() {
    return items.byteSize() / Integer.BYTES;
  }

  /** The user's id in the log it came from. */
  public String userId(int user) {
    return userIds.get(user);
  }

  /** The first event of the user; {@code start(users())} is the end of the last life. */
  public long start(int user) {
    return offsets.getAtIndex(Columns.LONG, user);
  }

  /** How many events the user's life has. */
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
   * Copies the pairs at the positions {@code [from, to)} of a life.
   *
   * @param items receives the items from index {@code at} on
   * @param queries receives the queries from index {@code at} on
   * @throws IndexOutOfBoundsException if the range leaves the life or an array
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

  /** Collects lives user by user; each life is put in time order, ties in input order. */
  public static final class Builder {
    private final boolean withTimes;
    private final boolean withActions;
    private final List<String> userIds = new ArrayList<>();
    private long[] offsets = new long[16];
    private int[] items = new int[1024];
    private int[] queries = new int[1024];
    private long[] times = new long[1024];
    private byte[] actions = new byte[1024];
    private int events;

    /**
     * An empty collection.
     *
     * @param withTimes whether events have times; without, lives stay in input order
     * @param withActions whether the log says which events came from a search
     */
    public Builder(boolean withTimes, boolean withActions) {
      this.withTimes = withTimes;
      this.withActions = withActions;
    }

    /** Begins the life of the next user, to whom the following events belong. */
    public Builder user(String userId) {
      finishUser();
      userIds.add(userId);
      return this;
    }

    /**
     * Adds an event to the life that was begun last.
     *
     * @param item 1 or more
     * @param query 0 for the empty query
     * @param time milliseconds since 1970; not kept by a builder without times
     * @param action {@link #SEARCH} or {@link #BROWSE}; not kept by a builder without actions
     */
    public Builder add(int item, int query, long time, byte action) {
      if (userIds.isEmpty()) {
        throw new IllegalArgumentException("an event before the first user");
      }
      if (events == items.length) {
        int grown = Math.toIntExact(events * 3L / 2);
        items = Arrays.copyOf(items, grown);
        queries = Arrays.copyOf(queries, grown);
        times = Arrays.copyOf(times, grown);
        actions = Arrays.copyOf(actions, grown);
      }
      items[events] = Checks.atLeast(1, "item", item);
      queries[events] = Checks.atLeast(0, "query", query);
      times[events] = time;
      actions[events] = action;
      events++;
      return this;
    }

    /** As {@link #add(int, int, long, byte)} for logs without times and actions. */
    public Builder add(int item, int query) {
      return add(item, query, 0, query == Queries.EMPTY ? BROWSE : SEARCH);
    }

    /** The histories collected so far. */
    public Histories build() {
      finishUser();
      return new Histories(
          Strings.of("user-id", userIds),
          Columns.of(offsets, userIds.size() + 1),
          Columns.of(items, events),
          Columns.of(queries, events),
          withTimes ? Optional.of(Columns.of(times, events)) : Optional.empty(),
          withActions ? Optional.of(Columns.of(actions, events)) : Optional.empty());
    }

    private void finishUser() {
      int user = userIds.size();
      if (user + 1 >= offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * offsets.length);
      }
      offsets[user] = events;
      if (user > 0 && withTimes) {
        sort((int) offsets[user - 1]);
      }
    }

    /** A stable sort by time of the events from {@code from} on. */
    private void sort(int from) {
      boolean sorted = IntStream.range(from + 1, events).allMatch(i -> times[i - 1] <= times[i]);
      if (sorted) {
        return;
      }
      int[] order =
          IntStream.range(from, events)
              .boxed()
              .sorted(Comparator.comparingLong(i -> times[i]))
              .mapToInt(i -> i)
              .toArray();
      int[] oldItems = Arrays.copyOfRange(items, from, events);
      int[] oldQueries = Arrays.copyOfRange(queries, from, events);
      long[] oldTimes = Arrays.copyOfRange(times, from, events);
      byte[] oldActions = Arrays.copyOfRange(actions, from, events);
      for (int i = 0; i < order.length; i++) {
        items[from + i] = oldItems[order[i] - from];
        queries[from + i] = oldQueries[order[i] - from];
        times[from + i] = oldTimes[order[i] - from];
        actions[from + i] = oldActions[order[i] - from];
      }
    }
  }
}
