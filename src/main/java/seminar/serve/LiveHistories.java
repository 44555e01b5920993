package seminar.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import seminar.data.Corpus;
import seminar.math.Workers;
import seminar.quantize.Quantizer;
import seminar.retrieve.RetrievalIndex;
import seminar.search.PairTable;

/**
 * The histories of all users as they are now: read or computed where they are first asked for, and
 * grown by events. Those that did not change may be dropped from memory where it gets short.
 *
 * <p>Thread-safe: a history is one state at any time; events of one user wait for each other.
 */
final class LiveHistories {
  private static final Workers ALONE = Workers.of(1);
  private static final int LOCKS = 256;

  private final Corpus corpus;
  private final Optional<IndexedHistories> index;
  private final Quantizer quantizer;
  private final Pairs pairs;
  private final Newcomers newcomers;
  private final Map<Integer, SoftReference<ServedHistory>> read = new ConcurrentHashMap<>();
  private final Map<Integer, ServedHistory> changed = new ConcurrentHashMap<>();
  private final Map<Integer, List<Event>> waiting = new ConcurrentHashMap<>();
  private final Object[] locks = IntStream.range(0, LOCKS).mapToObj(i -> new Object()).toArray();

  /** Makes fused pairs [n, d] of items and queries. */
  interface Pairs {
    float[] of(int[] items, int[] queries);
  }

  /**
   * Of a corpus.
   *
   * @param index where histories are; those that are not there are computed
   * @param quantizer of the codes of all
   */
  LiveHistories(
      Corpus corpus,
      Optional<IndexedHistories> index,
      Quantizer quantizer,
      Pairs pairs,
      Newcomers newcomers) {
    this.corpus = corpus;
    this.index = index;
    this.quantizer = quantizer;
    this.pairs = pairs;
    this.newcomers = newcomers;
  }

  /** An event that is kept already and counts once its history is asked for. */
  void add(int user, Event event) {
    waiting.computeIfAbsent(user, u -> new ArrayList<>()).add(event);
  }

  /**
   * Adds an event behind those of a user.
   *
   * @param keeping keeps it elsewhere before it counts
   * @throws IllegalArgumentException if it is older than the last one
   */
  void append(int user, Event event, PairTable.Keeping keeping) throws IOException {
    synchronized (lock(user)) {
      ServedHistory before = of(user);
      int n = before.length();
      if (n > 0 && event.time() < before.time(n - 1)) {
        throw new IllegalArgumentException(
            "an event at %d is older than the last one of user %s, at %d: histories are in the order of time"
                .formatted(event.time(), newcomers.userId(user), before.time(n - 1)));
      }
      ServedHistory after = before.plus(new Event[] {event}, keys(List.of(event)));
      keeping.keep();
      changed.put(user, after);
      read.remove(user);
    }
  }

  /** Events of a user wait for each other; of two users hardly ever. */
  private Object lock(int user) {
    return locks[Math.floorMod(user, locks.length)];
  }

  /** The history of a user as it is now. */
  ServedHistory of(int user) {
    ServedHistory held = held(user);
    if (held != null) {
      return held;
    }
    newcomers.checkUser(user);
    synchronized (lock(user)) {
      held = held(user);
      if (held != null) {
        return held;
      }
      ServedHistory found = load(user);
      List<Event> later = waiting.get(user);
      if (later == null) {
        read.put(user, new SoftReference<>(found));
        return found;
      }
      ServedHistory grown = found.plus(later.toArray(Event[]::new), keys(later));
      changed.put(user, grown);
      waiting.remove(user);
      return grown;
    }
  }

  private ServedHistory held(int user) {
    ServedHistory held = changed.get(user);
    if (held != null) {
      return held;
    }
    SoftReference<ServedHistory> soft = read.get(user);
    return soft == null ? null : soft.get();
  }

  private ServedHistory load(int user) {
    if (user >= corpus.histories().users()) {
      return ServedHistory.of(corpus.histories(), -1, none());
    }
    Optional<RetrievalIndex> there = indexed(user);
    if (there.isPresent()) {
      return ServedHistory.of(corpus.histories(), user, there.get());
    }
    int count = corpus.histories().length(user);
    int[] items = new int[count];
    int[] queries = new int[count];
    corpus.histories().copy(user, 0, count, items, queries, 0);
    float[] keys = pairs.of(items, queries);
    return ServedHistory.of(corpus.histories(), user, RetrievalIndex.of(quantizer, keys, ALONE));
  }

  private Optional<RetrievalIndex> indexed(int user) {
    try {
      return index.isPresent() ? index.get().find(user) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RetrievalIndex none() {
    return RetrievalIndex.of(quantizer, new float[0], ALONE);
  }

  /**
   * The history of somebody who is known by these events alone.
   *
   * @throws IllegalArgumentException if there is no such item, or one is older than that before
   */
  ServedHistory of(List<Event> events) {
    for (int i = 0; i < events.size(); i++) {
      newcomers.checkItem(events.get(i).item());
      if (i > 0 && events.get(i).time() < events.get(i - 1).time()) {
        throw new IllegalArgumentException(
            "event %d, at %d, is older than the one before, at %d: give the oldest first"
                .formatted(i, events.get(i).time(), events.get(i - 1).time()));
      }
    }
    ServedHistory nobody = ServedHistory.of(corpus.histories(), -1, none());
    return events.isEmpty() ? nobody : nobody.plus(events.toArray(Event[]::new), keys(events));
  }

  private float[] keys(List<Event> events) {
    return pairs.of(
        events.stream().mapToInt(Event::item).toArray(),
        events.stream().mapToInt(Event::query).toArray());
  }
}
