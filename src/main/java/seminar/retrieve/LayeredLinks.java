package seminar.retrieve;

import java.util.Arrays;
import seminar.math.Checks;

/**
 * Links of a graph of several levels: every node has a list of others on each level from 0 up to
 * its own, with room for M of them and on level 0 for 2·M.
 *
 * <p>Layout: a list is its length and then its nodes; behind them are zeros. Level 0 is [L, 1 +
 * 2·M], the others lie one after the other, by node and level, each [1 + M].
 */
final class LayeredLinks {
  private final int links; // M
  private final byte[] levels; // [L at most]
  private final int[] starts; // [L at most], where a node's lists above level 0 begin in upper
  private final int[] lowest;
  private int[] upper;
  private int count;
  private int upperSize;
  private int entry = -1;

  /**
   * Without nodes.
   *
   * @param links M
   * @param most how many nodes there will be
   */
  LayeredLinks(int links, int most) {
    this.links = links;
    this.levels = new byte[most];
    this.starts = new int[most];
    this.lowest = new int[room(links, most)];
    this.upper = new int[16 * (1 + links)];
  }

  private static int room(int links, int nodes) {
    long room = (1L + 2 * links) * nodes;
    if (room > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d events with M=%d links take %d numbers: an array holds %d; take fewer links"
              .formatted(nodes, links, room, Integer.MAX_VALUE - 8));
    }
    return (int) room;
  }

  /** The same links with room for more nodes. */
  LayeredLinks withRoomFor(int most) {
    LayeredLinks more = new LayeredLinks(links, most);
    System.arraycopy(levels, 0, more.levels, 0, count);
    System.arraycopy(starts, 0, more.starts, 0, count);
    System.arraycopy(lowest, 0, more.lowest, 0, room(links, count));
    more.upper = Arrays.copyOf(upper, Math.max(upperSize, more.upper.length));
    more.count = count;
    more.upperSize = upperSize;
    more.entry = entry;
    return more;
  }

  /**
   * From arrays, which become its own.
   *
   * @throws IllegalArgumentException if they are no such lists, with the reason
   */
  static LayeredLinks of(int links, byte[] levels, int[] lowest, int[] upper, int entry) {
    int count = levels.length;
    Checks.sameLength("level 0", lowest.length, "its nodes' lists", room(links, count));
    LayeredLinks read = new LayeredLinks(links, levels, lowest, upper);
    long size = 0;
    int top = -1;
    for (int node = 0; node < count; node++) {
      Checks.within(0, Byte.MAX_VALUE, "level of node " + node, levels[node]);
      read.starts[node] = (int) size;
      size += levels[node] * (1L + links);
      top = Math.max(top, levels[node]);
      if (size > upper.length) {
        throw new IllegalArgumentException(
            "lists above level 0 of %d nodes take %d numbers: there are %d"
                .formatted(node + 1, size, upper.length));
      }
    }
    Checks.sameLength("lists above level 0", (int) size, "room for them", upper.length);
    Checks.within(Math.min(0, count - 1), count - 1, "entry", entry);
    if (count > 0) {
      Checks.within(top, top, "level of the entry", levels[entry]);
    }
    read.entry = entry;
    read.checkLists();
    return read;
  }

  private LayeredLinks(int links, byte[] levels, int[] lowest, int[] upper) {
    this.links = links;
    this.levels = levels;
    this.starts = new int[levels.length];
    this.lowest = lowest;
    this.upper = upper;
    this.count = levels.length;
    this.upperSize = upper.length;
  }

  private void checkLists() {
    for (int node = 0; node < count; node++) {
      for (int level = 0; level <= levels[node]; level++) {
        int[] lists = lists(level);
        int list = list(node, level);
        String name = "of node %d on level %d".formatted(node, level);
        Checks.within(0, most(level), "number of links " + name, lists[list]);
        for (int i = list + 1; i <= list + lists[list]; i++) {
          Checks.within(0, count - 1, "link " + name, lists[i]);
          Checks.within(level, Byte.MAX_VALUE, "level of a link " + name, levels[lists[i]]);
        }
      }
    }
  }

  /** L. */
  int count() {
    return count;
  }

  /** The node of the highest level that came first; -1 without nodes. */
  int entry() {
    return entry;
  }

  int level(int node) {
    return levels[node];
  }

  /** How many links a node may have on a level. */
  int most(int level) {
    return level == 0 ? 2 * links : links;
  }

  /** The array in which the lists of a level are; to be read only. */
  int[] lists(int level) {
    return level == 0 ? lowest : upper;
  }

  /** Where the list of a node begins in {@link #lists}. */
  int list(int node, int level) {
    return level == 0 ? node * (1 + 2 * links) : starts[node] + (level - 1) * (1 + links);
  }

  /** Adds the next node, without links. */
  void add(int level) {
    int end = Math.addExact(upperSize, level * (1 + links));
    if (end > upper.length) {
      upper = Arrays.copyOf(upper, (int) Math.min(Integer.MAX_VALUE - 8, 2L * end));
    }
    levels[count] = (byte) level;
    starts[count] = upperSize;
    upperSize = end;
    if (entry < 0 || level > levels[entry]) {
      entry = count;
    }
    count++;
  }

  /** Appends to a list in which there is room: whether there was. */
  boolean append(int node, int level, int other) {
    int[] lists = lists(level);
    int list = list(node, level);
    if (lists[list] == most(level)) {
      return false;
    }
    lists[list + ++lists[list]] = other;
    return true;
  }

  /** Replaces a list by the events of keys ({@link EventHeap}). */
  void set(int node, int level, long[] keys, int size) {
    int[] lists = lists(level);
    int list = list(node, level);
    for (int i = 0; i < most(level); i++) {
      lists[list + 1 + i] = i < size ? EventHeap.event(keys[i]) : 0;
    }
    lists[list] = size;
  }

  /** The level of each node [L]. */
  byte[] levels() {
    return Arrays.copyOf(levels, count);
  }

  /** A copy of the lists of level 0. */
  int[] lowest() {
    return Arrays.copyOf(lowest, room(links, count));
  }

  /** A copy of the lists above level 0. */
  int[] upper() {
    return Arrays.copyOf(upper, upperSize);
  }

  /** Memory that links take. */
  long bytes() {
    return 4L * (room(links, count) + upperSize + count) + count;
  }
}
