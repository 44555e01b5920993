package seminar.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import seminar.data.Histories;
import seminar.data.Queries;

/** Events as they are read, in any order of users; turned into lives at the end. */
final class MovieEvents {
  private final boolean timed;
  private final List<String> texts = new ArrayList<>(List.of(""));
  private int[] users = new int[1024];
  private int[] movies = new int[1024];
  private int[] queries = new int[1024];
  private long[] times = new long[1024];
  private int size;

  MovieEvents(boolean timed) {
    this.timed = timed;
  }

  /**
   * Lives and queries.
   *
   * @param movies the films that occur, rising; item k is the film at k − 1
   * @param shortLives users who were left out
   */
  record Lives(Histories histories, Queries queries, int[] movies, long shortLives) {}

  /** Adds an event; an empty query is browsing. */
  void add(int user, int movie, String query, long time) {
    if (size == users.length) {
      int grown = Math.toIntExact(size * 3L / 2);
      users = Arrays.copyOf(users, grown);
      movies = Arrays.copyOf(movies, grown);
      queries = Arrays.copyOf(queries, grown);
      times = Arrays.copyOf(times, grown);
    }
    users[size] = user;
    movies[size] = movie;
    times[size] = time;
    queries[size] = 0;
    if (!query.isEmpty()) {
      queries[size] = texts.size();
      texts.add(query);
    }
    size++;
  }

  /** The lives of at least {@code minLength} events, users in rising order. */
  Lives lives(int minLength) {
    int[] ids = Arrays.stream(users, 0, size).distinct().sorted().toArray();
    int[][] events = byUser(ids);
    int[] kept =
        Arrays.stream(events)
            .filter(life -> life.length >= minLength)
            .flatMapToInt(Arrays::stream)
            .map(event -> movies[event])
            .distinct()
            .sorted()
            .toArray();
    Histories.Builder histories = new Histories.Builder(timed, true);
    Queries.Builder interned = new Queries.Builder();
    long shortLives = 0;
    for (int user = 0; user < ids.length; user++) {
      if (events[user].length < minLength) {
        shortLives++;
        continue;
      }
      histories.user(Integer.toString(ids[user]));
      for (int event : events[user]) {
        int query = interned.add(texts.get(queries[event]));
        int item = Arrays.binarySearch(kept, movies[event]) + 1;
        byte action = queries[event] == 0 ? Histories.BROWSE : Histories.SEARCH;
        histories.add(item, query, times[event], action);
      }
    }
    return new Lives(histories.build(), interned.build(), kept, shortLives);
  }

  /** The events of each user, in input order. */
  private int[][] byUser(int[] ids) {
    Map<Integer, Integer> index = new HashMap<>();
    IntStream.range(0, ids.length).forEach(i -> index.put(ids[i], i));
    int[] lengths = new int[ids.length];
    int[] owner = new int[size];
    for (int event = 0; event < size; event++) {
      owner[event] = index.get(users[event]);
      lengths[owner[event]]++;
    }
    int[][] events = new int[ids.length][];
    Arrays.setAll(events, i -> new int[lengths[i]]);
    int[] filled = new int[ids.length];
    for (int event = 0; event < size; event++) {
      events[owner[event]][filled[owner[event]]++] = event;
    }
    return events;
  }
}
